"""The PDF of a séance: A4 landscape, a cover, one page or more per scene, drawn by reportlab alone, no browser."""

from ccm_data.reports.pdf.document import render_pdf as render_pdf
