"""The meetings as tables: for the screen, and as the sheets of its workbook."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from sqlalchemy.orm import Session

from ccm_data.libelles import say_libelle
from ccm_data.phrases.rencontres import DOSSIERS, ETATS, say_nature, say_presents, say_quorum
from ccm_data.queries.recommandations import get_noms
from ccm_data.queries.rencontres import FicheRencontre
from ccm_data.queries.territoire import say_region
from ccm_data.textes import _
from ccm_data.typographie import say_nombre


def make_table_rencontres(
    session: Session, fiches: Sequence[FicheRencontre], *, classeur: bool = False
) -> pd.DataFrame:
    """The meetings in words; in a workbook the number present is a number, missing where it was not recorded.

    The 18 December has its mark.
    """
    noms = get_noms(session)
    return pd.DataFrame(
        {
            _("Date"): [x.jour for x in fiches],
            _("Heure"): [x.heure or "" for x in fiches],
            _("Repère"): [_("◆ 18 décembre") if x.est_journee else "" for x in fiches],
            _("Instance"): [noms.instances.get(x.instance, x.instance) for x in fiches],
            _("Code"): [x.code for x in fiches],
            _("État"): [_(ETATS[x.etat]) for x in fiches],
            _("Quorum"): [say_quorum(x) for x in fiches],
            _("Présents"): pd.Series([x.nombre_presents for x in fiches], dtype="Int64")
            if classeur
            else [say_presents(x) for x in fiches],
            _("Nature"): [say_nature(x, noms) for x in fiches],
            _("Dossier"): [_(DOSSIERS[x.dossier]) for x in fiches],
            _("Lectures"): [
                _("{n} sur {t}").format(n=say_nombre(x.lus), t=say_nombre(x.convies)) if x.partage_le else "—"
                for x in fiches
            ],
            _("Recommandations"): [x.recommandations for x in fiches],
            _("Région"): [say_region(x.region, noms.regions) for x in fiches],
            _("Lieu"): [x.lieu or _("non renseigné") for x in fiches],
            _("Intitulé"): [x.intitule or "" for x in fiches],
        }
    )


def make_table_points(fiches: Sequence[FicheRencontre]) -> pd.DataFrame:
    """Every item of these agendas, as this person may read it."""
    lignes = [(x, p) for x in fiches for p in x.points]
    return pd.DataFrame(
        {
            _("Rencontre"): [x.code for x, _p in lignes],
            _("Date"): [x.jour for x, _p in lignes],
            _("Numéro du point"): [p.numero for _x, p in lignes],
            _("Intitulé"): [p.intitule for _x, p in lignes],
            _("Points clés"): [_("réservés") if p.reserve else p.points_cles or "" for _x, p in lignes],
        }
    )


def make_table_presences(session: Session, fiches: Sequence[FicheRencontre]) -> pd.DataFrame:
    """Who was there, organisation by organisation, for who may read it."""
    noms = get_noms(session)
    lignes = [(x, code) for x in fiches if x.presence_dite for code in x.presents or ()]
    colleges = {(x.code, m.organisation): m for x in fiches for m in x.membres or ()}
    sieges = [colleges.get((x.code, code)) for x, code in lignes]
    return pd.DataFrame(
        {
            _("Rencontre"): [x.code for x, _c in lignes],
            _("Date"): [x.jour for x, _c in lignes],
            _("Instance"): [noms.instances.get(x.instance, x.instance) for x, _c in lignes],
            _("Organisation"): [noms.acteurs.get(code, code) for _x, code in lignes],
            _("Collège"): [say_libelle(m.college) if m else "" for m in sieges],
            _("Qualité"): [
                _("hors membres") if m is None else _("observateur") if m.observateur else _("membre") for m in sieges
            ],
        }
    )
