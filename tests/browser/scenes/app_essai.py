"""Serves one test screen with the product's own routes and middleware: `streamlit run` it with SCENE=<file>."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import streamlit as st

ICI = Path(__file__).resolve().parent
sys.path.insert(0, str(ICI.parent.parent.parent))

from ccm_data.config import read_config  # noqa: E402
from pages.ui import service  # noqa: E402

app = st.App(
    ICI / os.environ.get("SCENE", "carte_essai.py"),
    routes=service.build_routes(read_config()),
    middleware=service.build_middleware(),
)
