"""What a cell may be picked from: codes and labels, other spellings, and what was perhaps meant.

Loaded once for a whole file. A cell may hold the code (« 3.1.1 »), the label of the drop-down list (« 3.1.1 · Comités
de veille… »), a name, an acronym or an alias, whatever its accents and capitals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from rapidfuzz import fuzz, process
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccm_data.db import compute_cle_tri
from ccm_data.domain import repartition, vocabulaire
from ccm_data.domain.calendrier import ANNEES, list_trimestres
from ccm_data.domain.vocabulaire import EtatSuivi, ListeTermes
from ccm_data.libelles import say_libelle
from ccm_data.models.acteurs import Acteur, AliasActeur
from ccm_data.models.coordination import Intervention, Terme
from ccm_data.models.instances import Instance, Rencontre
from ccm_data.models.plan import Activite, Indicateur, Objectif, ObjectifPmm
from ccm_data.models.territoire import AliasRegion, Departement, Region
from ccm_data.textes import N_, _

NATIONAL: Final = "National"
OUI, NON = N_("oui"), N_("non")
SEPARATEUR: Final = " · "
NOM_LONG: Final = 10  # below, shared words are numbers of a code or a sigle
RESSEMBLANCE: Final = 72  # below, a suggestion would be a guess
DEVISES: Final = ("XOF", "EUR", "USD", "CHF", "GBP", "CAD", "DKK", "NOK", "SEK", "JPY")
ENUMS: Final = (
    "StatutActivite", "Phase", "TypeFinancement", "NiveauDeclarant", "NiveauComite", "StatutComite", "StatutPoint",
    "College", "NatureRencontre", "StatutRecommandation", "NatureSensibilisation", "CadreAppui", "NatureAppui",
    "TypeProduit", "NaturePratique", "NatureHypothese", "EtatHypothese", "TypePartenariat", "NiveauPartenariat", "Payeur",
    "NatureEtape",
)  # fmt: skip


@dataclass
class Liste:
    """`dites`: code → what the drop-down shows, in order. `autres`: any other spelling → code ("" for National).

    `regions`: code → region (None: national) of what is of one; a form then offers what its person may write of.
    """

    dites: dict[str, str]
    autres: dict[str, str] = field(default_factory=dict)
    regions: dict[str, str | None] = field(default_factory=dict)
    _cles: dict[str, str] = field(default_factory=dict)
    _lus: dict[str, str | None] = field(default_factory=dict)  # a file says the same few words thousands of times

    def __post_init__(self) -> None:
        # The drop-down's own words come last: they win over an alias that reads the same.
        for texte, code in [
            *self.autres.items(),
            *((c, c) for c in self.dites),
            *((d, c) for c, d in self.dites.items()),
        ]:
            self._cles[compute_cle_tri(texte)] = code

    def find(self, texte: str) -> str | None:
        """The code meant, or None. « 3.1.1 · Comités… » is read by its beginning."""
        if texte not in self._lus:
            self._lus[texte] = self._find(texte)
        return self._lus[texte]

    def _find(self, texte: str) -> str | None:
        cle = compute_cle_tri(texte)
        if cle in self._cles:
            return self._cles[cle]
        debut = compute_cle_tri(texte.partition(SEPARATEUR.strip())[0])
        return self._cles.get(debut) if SEPARATEUR.strip() in texte and debut in self.codes else None

    @property
    def codes(self) -> set[str]:
        """The codes, as they are compared."""
        return {compute_cle_tri(code) for code in self.dites}

    def suggest(self, texte: str) -> str | None:
        """« Vouliez-vous dire … ? »: the nearest of what the list shows, None when nothing is near."""
        trouve = process.extractOne(
            compute_cle_tri(texte), list(self._cles), scorer=_compare, score_cutoff=RESSEMBLANCE
        )
        if trouve is None:
            return None
        code = self._cles[trouve[0]]
        return self.dites.get(code, NATIONAL)


def _compare(texte: str, cle: str, **_options: Any) -> float:
    """How alike two names are, 0 to 100: by letters, or by the words they share where both have several.

    Part of a name against part of another (a sigle within a ministry's title) is no likeness.
    """
    lettres = fuzz.ratio(texte, cle)
    if min(len(texte), len(cle)) < NOM_LONG or " " not in texte or " " not in cle:
        return lettres
    return max(lettres, 0.95 * fuzz.token_set_ratio(texte, cle))


Listes = Mapping[str, Liste]


def _label(lignes: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {code: f"{code}{SEPARATEUR}{libelle}" for code, libelle in lignes}


def read_listes(session: Session) -> dict[str, Liste]:
    """Every list that the sheets name, in a few small reads."""
    regions = dict(session.execute(select(Region.code, Region.nom).order_by(Region.ordre)).all())
    alias_regions = dict(session.execute(select(AliasRegion.alias, AliasRegion.region_code)).all())
    departements = session.execute(select(Departement.code, Departement.nom).order_by(Departement.code)).all()
    noms = [nom for _code, nom in departements]
    acteurs = session.execute(select(Acteur.code, Acteur.nom, Acteur.sigle).order_by(Acteur.cle_tri, Acteur.code)).all()
    alias_acteurs = dict(session.execute(select(AliasActeur.alias, AliasActeur.acteur_code)).all())
    activites = session.execute(select(Activite.code, Activite.libelle_court).order_by(Activite.ordre))
    indicateurs = session.execute(select(Indicateur.code, Indicateur.libelle_court).order_by(Indicateur.ordre))
    objectifs = session.execute(select(Objectif.code, Objectif.intitule).order_by(Objectif.ordre))
    instances = session.execute(
        select(Instance.code, Instance.nom, Instance.sigle, Instance.region_code)
        .where(Instance.actif)
        .order_by(Instance.ordre)
    ).all()
    recentes = func.max(Rencontre.date_rencontre).desc()
    rencontres = session.execute(
        select(Rencontre.code, func.max(Rencontre.region_code))
        .where(Rencontre.etat != EtatSuivi.REMPLACE)
        .group_by(Rencontre.code)
        .order_by(recentes)
    ).all()
    pmm = session.execute(select(ObjectifPmm.numero, ObjectifPmm.libelle_court).order_by(ObjectifPmm.numero)).all()
    codes_interventions = session.execute(
        select(Intervention.code).where(Intervention.etat != EtatSuivi.REMPLACE).order_by(Intervention.code).distinct()
    )
    termes: dict[ListeTermes, dict[str, str]] = {liste: {} for liste in ListeTermes}
    for terme in session.scalars(select(Terme).where(Terme.actif).order_by(Terme.ordre, Terme.code)):
        termes[terme.liste][terme.code] = terme.libelle
    listes = {
        "trimestres": Liste({t.code: f"T{t.numero} {t.annee}" for t in list_trimestres()}),
        "annees": Liste({str(a): str(a) for a in ANNEES}),
        "activites": Liste(_label((c, n) for c, n in activites)),
        "indicateurs": Liste(_label((c, n) for c, n in indicateurs)),
        "regions": Liste(
            {"": NATIONAL} | regions,
            {**alias_regions, _("Niveau national"): "", "NE": "", _("Ensemble du pays"): "", _("non régionalisé"): ""},
        ),
        # Two departments of one name are told apart by their code.
        "departements": Liste({c: n if noms.count(n) == 1 else f"{n} ({c})" for c, n in departements}),
        "acteurs": Liste({c: sigle or nom for c, nom, sigle in acteurs}, {**alias_acteurs, **{n: c for c, n, _s in acteurs}}),
        "regions_ou_national": Liste(
            {repartition.NATIONAL: NATIONAL} | regions,
            {**alias_regions, _("Niveau national"): repartition.NATIONAL},
        ),
        "objectifs": Liste(_label((c, n[:90]) for c, n in objectifs)),
        "instances": Liste(
            {c: nom for c, nom, _s, _r in instances},
            {s: c for c, _n, s, _r in instances if s},
            {c: region for c, _n, _s, region in instances},
        ),
        "rencontres": Liste({c: c for c, _r in rencontres}, {}, dict(rencontres)),
        "interventions": Liste({code: code for (code,) in codes_interventions}),
        "pmm": Liste({str(n): f"{n}{SEPARATEUR}{court}" for n, court in pmm}),
        "themes": Liste(termes[ListeTermes.THEME]),
        "statuts": Liste(termes[ListeTermes.STATUT]),
        "devises": Liste({d: d for d in DEVISES}, {"FCFA": "XOF", "CFA": "XOF", "F CFA": "XOF", "euro": "EUR", "euros": "EUR"}),
        "oui_non": Liste({"oui": _(OUI), "non": _(NON)}, {"o": "oui", "n": "non", "x": "oui", "vrai": "oui", "faux": "non",
                                                         "true": "oui", "false": "non", "yes": "oui", "no": "non"}),
    }  # fmt: skip
    for nom in ENUMS:
        listes[nom] = Liste({membre.value: say_libelle(membre) for membre in getattr(vocabulaire, nom)})
    return listes
