"""What `streamlit run app.py` starts: Streamlit's frame with our own routes around it.

Routes (sign-in, health, assets) and middleware (compressed scripts, security headers) live in pages/ui; the screens
are named by pages/ui/navigation.
"""

import sys
from pathlib import Path

import streamlit as st

RACINE = Path(__file__).resolve().parent
if str(RACINE) not in sys.path:
    sys.path.insert(0, str(RACINE))

from ccm_data.config import read_config  # noqa: E402
from ccm_data.preparation import prepare_database  # noqa: E402
from pages.ui import connexion, preuves, projection, service  # noqa: E402

config = read_config()
prepare_database(config)

app = st.App(
    "pages/ui/frame.py",
    routes=[
        *service.build_routes(config),
        *connexion.build_routes(config),
        *preuves.build_routes(config),
        *projection.build_routes(config),
    ],
    middleware=service.build_middleware(),
)
