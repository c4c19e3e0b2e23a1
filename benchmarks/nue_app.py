"""The bare page's server: Streamlit's own, with the map's files beside it (a bare map would ask other hosts for them)."""

from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

ICI = Path(__file__).resolve().parent

app = st.App(ICI / "nue.py", routes=[Mount("/assets", StaticFiles(directory=ICI.parent / "assets"))])
