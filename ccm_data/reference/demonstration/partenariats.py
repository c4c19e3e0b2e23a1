"""Invented partnerships abroad, posts of the SP/CCM and steps of the road map that is to make them last."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from ccm_data.domain.calendrier import Trimestre
from ccm_data.domain.vocabulaire import NatureEtape, NiveauPartenariat, Payeur, TypePartenariat
from ccm_data.models.registres import ANNEES_POSTE, EtapePerennisation, Partenariat, PosteSpccm
from ccm_data.reference.demonstration.suivi import Auteurs, make_valide

B, R, I = NiveauPartenariat.BILATERAL, NiveauPartenariat.REGIONAL, NiveauPartenariat.INTERNATIONAL  # noqa: E741
T = TypePartenariat
Rangee = tuple[str, NiveauPartenariat, str, str | None, str]  # day, level, title, country, actors of the directory
HOMOLOGUE = "Structure homologue (démonstration)"
# Twenty-three meetings (4.a), six tools (4.b), five conventions (4.c), nine study trips (4.d).
PARTENARIATS: dict[TypePartenariat, tuple[Rangee, ...]] = {
    T.RENCONTRE: (
        ("2022-05-17", R, "Atelier régional sur la libre circulation", "Bénin", ""),
        ("2022-07-05", B, "Dialogue bilatéral sur la réadmission", "Algérie", ""),
        ("2022-10-11", I, "Forum d’examen du Pacte mondial", None, "oim"),
        ("2022-11-29", R, "Réunion des points focaux migration", "Togo", ""),
        ("2023-02-28", B, "Rencontre transfrontalière", "Nigéria", ""),
        ("2023-04-25", R, "Atelier sur les données migratoires", "Sénégal", "giz"),
        ("2023-06-27", I, "Table ronde sur la réintégration", None, "oim"),
        ("2023-09-26", R, "Dialogue sur la protection des migrants", "Côte d’Ivoire", "unhcr"),
        ("2023-11-14", B, "Rencontre transfrontalière", "Bénin", ""),
        ("2024-02-20", R, "Atelier sur la traite des personnes", "Ghana", "onudc"),
        ("2024-04-23", B, "Dialogue bilatéral sur la protection consulaire", "Libye", ""),
        ("2024-06-25", I, "Conférence sur la gouvernance des migrations", None, "oim;giz"),
        ("2024-09-17", R, "Réunion des points focaux migration", "Sénégal", ""),
        ("2024-11-26", R, "Atelier sur l’enfance en mobilité", "Burkina Faso", "unicef"),
        ("2025-02-25", B, "Rencontre transfrontalière", "Nigéria", ""),
        ("2025-04-29", R, "Atelier sur la migration de travail", "Togo", ""),
        ("2025-06-24", I, "Revue régionale du Pacte mondial", None, "oim"),
        ("2025-09-23", B, "Dialogue bilatéral sur la réadmission", "Algérie", ""),
        ("2025-11-25", R, "Réunion des points focaux migration", "Bénin", ""),
        ("2026-02-24", R, "Atelier sur les données migratoires", "Mali", "giz"),
        ("2026-04-28", B, "Rencontre transfrontalière", "Tchad", ""),
        ("2026-06-16", I, "Forum d’examen du Pacte mondial", None, "oim"),
        ("2026-09-08", R, "Dialogue sur la protection des migrants", "Togo", "unhcr"),
    ),
    T.OUTIL: (
        ("2022-09-06", R, "Guide commun d’accueil aux frontières", "Bénin", ""),
        ("2023-05-30", R, "Lexique régional de la migration", "Sénégal", ""),
        ("2024-03-19", I, "Canevas de suivi du Pacte mondial", None, "oim"),
        ("2024-10-15", B, "Fiche commune d’orientation des mineurs", "Nigéria", "unicef"),
        ("2025-07-15", R, "Base régionale des textes", "Togo", "giz"),
        ("2026-05-26", R, "Manuel des points focaux", "Côte d’Ivoire", ""),
    ),
    T.CONVENTION: (
        ("2022-12-06", B, "Convention de coopération sur les données", "Bénin", ""),
        ("2023-10-17", B, "Protocole sur la protection des mineurs", "Nigéria", ""),
        ("2024-07-09", R, "Convention d’échange d’informations", "Togo", ""),
        ("2025-05-20", B, "Accord de jumelage entre secrétariats", "Sénégal", ""),
        ("2026-03-24", I, "Protocole d’entente sur la réintégration", None, "oim"),
    ),
    T.VOYAGE: (
        ("2022-08-23", R, "Voyage d’études sur les comités de veille", "Burkina Faso", ""),
        ("2022-11-08", B, "Voyage d’études sur l’accueil des migrants", "Maroc", ""),
        ("2023-03-21", R, "Voyage d’études sur les données", "Sénégal", "giz"),
        ("2023-10-03", B, "Voyage d’études sur la diaspora", "Sénégal", ""),
        ("2024-05-14", B, "Voyage d’études sur la coordination", "Maroc", ""),
        ("2024-11-05", R, "Voyage d’études sur les observatoires", "Côte d’Ivoire", ""),
        ("2025-03-25", B, "Voyage d’études sur le suivi-évaluation", "Bénin", "giz"),
        ("2025-10-07", R, "Voyage d’études sur l’information des migrants", "Ghana", ""),
        ("2026-04-14", I, "Voyage d’études sur la pérennisation des postes", "Togo", ""),
    ),
}
ACTIVITES = {T.RENCONTRE: "4.1", T.OUTIL: "4.3", T.CONVENTION: "4.4", T.VOYAGE: "4.2"}
DUREES = {T.RENCONTRE: 2, T.OUTIL: 10, T.CONVENTION: None, T.VOYAGE: 5}

# post (a function), who pays, partner, since, until, share of the State per year (%)
POSTES: tuple[tuple[str, Payeur, str | None, str, str | None, tuple[int | None, ...]], ...] = (
    ("Secrétariat permanent", Payeur.ETAT, None, "2016-06-01", None, (100, 100, 100, 100, 100)),
    ("Assistance du secrétariat permanent", Payeur.ETAT, None, "2016-09-01", None, (100, 100, 100, 100, 100)),
    ("Suivi et évaluation", Payeur.PARTAGE, "oim", "2019-03-01", None, (0, 0, 0, 30, 50)),
    ("Communication", Payeur.PARTENAIRE, "oim", "2019-03-01", None, (0, 0, 0, 0, 0)),
    ("Gestion des données", Payeur.PARTENAIRE, "giz", "2020-01-15", None, (0, 0, 0, 0, 20)),
    ("Administration et comptabilité", Payeur.PARTAGE, "oim", "2018-10-01", None, (0, 0, 25, 50, 75)),
    ("Appui aux régions", Payeur.VACANT, None, "2021-02-01", "2025-12-31", (0, 0, 0, 0, None)),
)
# kind, day, meeting, finding, adjustments
ETAPES: tuple[tuple[NatureEtape, str, str, str, str | None], ...] = (
    (NatureEtape.ADOPTION, "2024-06-13", "CCM-2024-01", "Feuille de route adoptée : l’État prend les postes par étapes.", None),
    (NatureEtape.EVALUATION, "2025-06-12", "CCM-2025-01", "Un poste sur cinq pris en partie, un an après l’adoption.",
     "Commencer par les postes d’administration et de suivi."),
    (NatureEtape.EVALUATION, "2026-06-11", "CCM-2026-01", "Trois postes en partie à la charge de l’État, un poste vacant.",
     "Inscrire deux postes au budget de l’année suivante."),
)  # fmt: skip


def list_partenariats(auteurs: Auteurs) -> list[Partenariat]:
    """All partnerships; numbered titles, since some meetings come back."""
    lignes = []
    for genre, rangees in PARTENARIATS.items():
        for jour, niveau, titre, pays, codes in rangees:
            debut, duree = date.fromisoformat(jour), DUREES[genre]
            lignes.append(
                Partenariat(
                    **make_valide(auteurs, None, Trimestre.from_date(debut)),
                    type=genre, niveau=niveau, intitule=f"{titre} (démonstration)", date_debut=debut,
                    date_fin=debut + timedelta(days=duree) if duree else None, pays=pays,
                    partenaire=HOMOLOGUE if pays else None, partenaires_codes=codes or None, activite_code=ACTIVITES[genre],
                    document=f"Texte signé le {debut:%d/%m/%Y} (démonstration)" if genre is T.CONVENTION else None,
                )
            )  # fmt: skip
    return lignes


def list_postes(auteurs: Auteurs) -> list[PosteSpccm]:
    """The posts: functions, no persons; shares of the State are invented."""
    return [
        PosteSpccm(
            **make_valide(auteurs, None, Trimestre(2026, 2)),
            intitule=f"{titre} (démonstration)", payeur=payeur, partenaire_code=partenaire, depuis=date.fromisoformat(depuis),
            jusqua=date.fromisoformat(jusqua) if jusqua else None,
            **{f"part_{a}": None if p is None else Decimal(p) for a, p in zip(ANNEES_POSTE, parts, strict=True)},
        )
        for titre, payeur, partenaire, depuis, jusqua, parts in POSTES
    ]  # fmt: skip


def list_etapes(auteurs: Auteurs) -> list[EtapePerennisation]:
    """The road map: its adoption in a meeting, then two evaluations."""
    return [
        EtapePerennisation(
            **make_valide(auteurs, None, Trimestre.from_date(date.fromisoformat(jour))),
            nature=nature, date_etape=date.fromisoformat(jour), rencontre_code=rencontre,
            constat=f"{constat} (démonstration)", ajustements=ajustements,
        )
        for nature, jour, rencontre, constat, ajustements in ETAPES
    ]  # fmt: skip
