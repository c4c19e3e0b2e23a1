"""A frozen séance as PowerPoint. Entry points: `render_pptx`, and `check_gabarit` for a template of the user's."""

from ccm_data.reports.pptx.diapositives import render_pptx
from ccm_data.reports.pptx.gabarit import check_gabarit

__all__ = ["check_gabarit", "render_pptx"]
