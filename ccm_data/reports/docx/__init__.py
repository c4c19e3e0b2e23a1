"""A séance as Word: the bilan (trimestriel, annuel) and the minutes, with native styles, tables, fields and contents."""

from ccm_data.reports.docx.bilan import render_bilan as render_bilan
from ccm_data.reports.docx.proces_verbal import Presence as Presence
from ccm_data.reports.docx.proces_verbal import render_proces_verbal as render_proces_verbal
