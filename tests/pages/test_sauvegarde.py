"""The administrator sees how old the last backup is, and is warned when there is none."""

from __future__ import annotations

from ccm_data.config import Config
from ccm_data.sauvegarde.ecriture import write_sauvegarde
from tests.pages.conftest import ADMIN, Ouvrir, add_admin


def test_the_screen_of_accounts_says_the_age_of_the_last_backup(salle: Ouvrir, config_sqlite: Config) -> None:
    add_admin(config_sqlite)
    devant = salle(config_sqlite, ADMIN).open("comptes")
    assert [a.value.startswith("Aucune sauvegarde") for a in devant.at.warning] == [True]
    write_sauvegarde(config_sqlite)
    devant.run()
    assert len(devant.at.warning) == 0
    assert "Dernière sauvegarde : il y a moins d’une heure" in devant.texte
    assert "Sauvegarde" in {str(v) for v in devant.open("journal").at.dataframe[0].value.to_numpy().ravel()}
