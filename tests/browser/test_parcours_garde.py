"""A fresh server asked first for a reserved screen's address refuses it: no screen may run without its frame or guard."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ccm_data.config import NOM_BASE_DEMO, Config
from ccm_data.domain.vocabulaire import Role
from pages.ui.navigation import ECRANS, Ecran
from tests.aides.serveur import serve
from tests.aides.visite import Visite
from tests.conftest import make_config

RESERVES = [e for e in ECRANS if Role.VISITEUR not in e.roles]


@pytest.mark.parametrize("ecran", RESERVES, ids=lambda e: e.cle)
def test_a_fresh_server_refuses_a_reserved_screen_asked_first(
    visiter: Callable[..., Visite], modele_demonstration: Config, tmp_path: Path, ecran: Ecran
) -> None:
    shutil.copy(modele_demonstration.data_dir / NOM_BASE_DEMO, tmp_path / NOM_BASE_DEMO)
    with serve(make_config(tmp_path, demo=True)) as tableau:
        visite = visiter(tableau)
        visite.open_ecran(ecran.adresse)
        assert "Cet écran demande une connexion." in visite.get_texte()
        assert "Données arrêtées au" in visite.get_texte(), "the frame did not run"
        assert visite.page.locator('[data-testid="stDataFrame"], [data-testid="stForm"]').count() == 0
