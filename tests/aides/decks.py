"""A rich deck for the tests of renderings: every kind of block, None, hostile texts, long tables and texts, a picture.

All figures are invented for the tests; the words are made here once, as the composition makes them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from PIL import Image as Photo
from PIL import ImageDraw

from ccm_data.reports.scenes import (
    Barres,
    Bloc,
    Carte,
    Chiffre,
    Chiffres,
    Deck,
    Image,
    Liste,
    RegionValeur,
    Scene,
    Serie,
    Tableau,
    Texte,
    Ton,
)

NR = "non renseigné"
EMPREINTE = "3f2a9c01b7de4455aa00bb11cc22dd33ee44ff5566778899aabbccddeeff0011"
HOSTILES = (
    "=1+1",
    '=HYPERLINK("http://x")',
    "+33",
    "-2+3",
    "@SUM(A1)",
    "<b>&amp;</b>",
    "ɓ ɗ ƙ ŋ \u0007 fin",
    "Œ" * 120,
)
PHRASE = (
    "Le comité régional de Tahoua signale que les points d’information ont accueilli moins de personnes que prévu, "
    "faute de relais communautaires formés ; il demande l’appui des partenaires pour le trimestre prochain. "
)
LONG = (PHRASE * 25)[:5000]
REGIONS = ("Agadez", "Diffa", "Dosso", "Maradi", "Tahoua", "Tillabéri", "Zinder", "Niamey")
SOURCE = "Sources : rapports T3 2026 validés, 18 déclarants sur 24. Avancement pondéré par le coût des activités."


def make_png(largeur: int = 640, hauteur: int = 400) -> bytes:
    """A flat picture with a frame, so that a deformation would be seen."""
    photo = Photo.new("RGB", (largeur, hauteur), "#F6F2EA")
    dessin = ImageDraw.Draw(photo)
    dessin.ellipse((largeur / 2 - 120, hauteur / 2 - 120, largeur / 2 + 120, hauteur / 2 + 120), fill="#0F4C3F")
    dessin.rectangle((0, 0, largeur - 1, hauteur - 1), outline="#1F2328", width=6)
    sortie = io.BytesIO()
    photo.save(sortie, "PNG")
    return sortie.getvalue()


def make_axes() -> Barres:
    """Progress per axis, expected ticks, statuses, one axis not reported."""
    return Barres(
        "",
        (
            "Axe 3 · Information fiable et partagée",
            "Axe 5 · Planification, suivi et évaluation",
            "Axe 2 · Harmonisation des interventions",
            "Axe 4 · Dialogue et coopération",
            "Axe 1 · Sensibilisation et plaidoyer",
        ),
        (Serie("Réalisé", (47.0, 55.0, None, 88.0, 107.0), ("47 %", "55 %", NR, "88 %", "107 %"), "avancement"),),
        "",
        maximum=100,
        attendus=(96.0, 100.0, 95.0, 95.0, 100.0),
        statuts=("En retard", "En retard", "Non renseigné", "En bonne voie", "Atteint"),
        tons=("en_retard", "en_retard", "non_renseigne", "en_bonne_voie", "atteint"),
    )


def make_budget(n: int = 5) -> Barres:
    """Money per axis, nested, with a missing amount and a true zero."""
    prevus = tuple(float(900 - 60 * k) for k in range(n))
    engages = tuple(round(p * 0.6, 1) for p in prevus)
    decaisses = tuple(None if k == 2 else 0.0 if k == 3 else round(p * 0.4, 1) for k, p in enumerate(prevus))

    def say(valeurs: tuple[float | None, ...]) -> tuple[str, ...]:
        return tuple(NR if v is None else f"{v:g} M".replace(".", ",") for v in valeurs)

    return Barres(
        "Prévu, engagé, décaissé par axe",
        tuple(f"Axe {k + 1}" for k in range(n)),
        (
            Serie("Prévu", prevus, say(prevus), "prevu"),
            Serie("Engagé", engages, say(engages), "engage"),
            Serie("Décaissé", decaisses, say(decaisses), "decaisse"),
        ),
        "millions FCFA",
        forme="emboitees",
    )


def make_statuts() -> Barres:
    """Counts of indicators by status, stacked."""
    tons: tuple[tuple[str, Ton], ...] = (
        ("Atteint", "atteint"),
        ("En bonne voie", "en_bonne_voie"),
        ("À surveiller", "a_surveiller"),
        ("En retard", "en_retard"),
        ("Cible non définie", "cible_non_definie"),
        ("Non renseigné", "non_renseigne"),
    )
    comptes = ((2.0, 4.0), (5.0, 6.0), (1.0, 3.0), (9.0, 1.0), (2.0, 2.0), (3.0, None))
    return Barres(
        "Indicateurs par statut",
        ("Résultats", "Produits"),
        tuple(
            Serie(nom, valeurs, tuple(NR if v is None else f"{v:g}" for v in valeurs), ton)
            for (nom, ton), valeurs in zip(tons, comptes, strict=True)
        ),
        "indicateurs",
        forme="empilees",
    )


def make_annees() -> Barres:
    """Per year, as columns, one year missing."""
    valeurs = (120.0, 340.5, 410.0, None, 531.5)
    return Barres(
        "Décaissé par année",
        ("2022", "2023", "2024", "2025", "2026"),
        (Serie("Décaissé", valeurs, ("120 M", "340,5 M", "410 M", NR, "531,5 M"), "decaisse"),),
        "millions FCFA",
        horizontal=False,
        attendus=(150.0, 300.0, 450.0, 500.0, 600.0),
    )


def make_tableau(n: int = 40) -> Tableau:
    """A follow-up matrix of n rows."""
    tons: tuple[Ton, ...] = (
        "en_retard",
        "a_surveiller",
        "en_bonne_voie",
        "atteint",
        "cible_non_definie",
        "non_renseigne",
    )
    lignes, bruts = [], []
    for k in range(n):
        cible, realise = 60 + k, None if k % 7 == 3 else 10 * k
        lignes.append(
            (
                f"{1 + k % 5}.{1 + k % 3}.{k + 1}",
                f"Tenir la rencontre n° {k + 1} du comité de veille avec les collectivités concernées",
                "SP/CCM et préfectures",
                str(cible),
                NR if realise is None else str(realise),
                ("En retard", "À surveiller", "En bonne voie", "Atteint", "Cible non définie", "Non renseigné")[k % 6],
            )
        )
        bruts.append((*lignes[-1][:3], cible, realise, lignes[-1][5]))
    return Tableau(
        "Suivi des recommandations",
        ("Code", "Recommandation", "Responsable", "Cible", "Réalisé", "Statut"),
        tuple(lignes),
        tuple(bruts),
        tuple(tons[k % 6] for k in range(n)),
        vide="Aucune recommandation à suivre.",
    )


def make_carte(*, longue: bool = False) -> Carte:
    """Eight regions, two not reported; `longue`: values that no label can hold."""
    classes = (0, 1, 2, None, 4, 3, None, 1)
    textes = tuple(NR if c is None else f"{20 * c + 4} %" for c in classes)
    if longue:
        textes = tuple(f"{t} : 12 activités menées sur 25 prévues" for t in textes)
    return Carte(
        "Avancement par région",
        tuple(RegionValeur(f"NE00{k + 1}", nom, textes[k], classes[k]) for k, nom in enumerate(REGIONS)),
        ("4 %", "24 %", "44 %", "64 %", "84 %"),
    )


def make_chiffres() -> Chiffres:
    """Four key figures, one over its base, one not reported."""
    return Chiffres(
        (
            Chiffre("Temps écoulé", "95 %", "1 734 jours sur 1 826", 0.95, None, "encre"),
            Chiffre("Avancement physique", "64 %", "pondéré par le coût des activités", 0.64, 0.95, "avancement"),
            Chiffre("Décaissé", "531,5 M", "531,5 sur 987 millions FCFA", 0.5385, 0.95, "decaisse"),
            Chiffre("Sensibilisations", NR, "aucun rapport du trimestre", None, None, "non_renseigne"),
        )
    )


def make_liste(n: int = 5) -> Liste:
    """Points with details, of one line and of three."""
    points = [
        (f"Point {k + 1} : tenir la rencontre régionale", PHRASE if k % 2 else "Préfecture, avant le 15 janvier 2027")
        for k in range(n)
    ]
    return Liste(tuple(points), "À décider")


def make_scene(cle: str, *blocs: Bloc, **reste: str) -> Scene:
    """A scene with a title, a subtitle and a source unless given."""
    champs = {
        "titre": "Deux axes sur cinq sont en retard à trois mois du terme",
        "sous_titre": "Avancement physique réalisé, face à l’attendu à date · 30 septembre 2026",
        "source": SOURCE,
    }
    return Scene(cle, **(champs | reste), blocs=blocs)


def make_deck(*scenes: Scene, demonstration: bool = True) -> Deck:
    """A deck of these scenes, or of all of them."""
    return Deck(
        "CCM, séance du 18 décembre 2026",
        "Données arrêtées au 30 septembre 2026",
        "Cadre de concertation sur la migration (CCM)",
        "2026-12-18",
        EMPREINTE,
        scenes or tuple(make_scenes()),
        demonstration,
    )


def make_scenes() -> tuple[Scene, ...]:
    """Fifteen scenes, every kind of block among them."""
    hostiles = Tableau(
        "Textes hostiles", ("Nature", "Texte"), tuple((f"n° {k}", t) for k, t in enumerate(HOSTILES)),
        tuple((k, t) for k, t in enumerate(HOSTILES)),
    )  # fmt: skip
    attaques = Barres("=titre", HOSTILES[:4], (Serie("=1+1", (1.0, None, 0.0, -2.0), ("1", NR, "0", "−2")),), "")
    return (
        make_scene(
            "chiffres", make_chiffres(), make_budget(), titre="Le plan décaisse moins vite que le temps ne passe"
        ),
        make_scene(
            "axes", make_axes(), decision="Prolonger l’activité 3.1.1 (comités de veille) dans le plan suivant."
        ),
        make_scene("budget", make_budget(), titre="La moitié des fonds engagés est décaissée"),
        make_scene("statuts", make_statuts(), titre="Neuf indicateurs de résultat sont en retard"),
        make_scene("annees", make_annees(), titre="Le décaissement a quadruplé depuis 2022"),
        make_scene("recommandations", make_tableau(), titre="Douze recommandations restent à mettre en œuvre"),
        make_scene("carte", make_carte(), make_tableau(4), titre="Deux régions n’ont rien déclaré"),
        make_scene("carte_seule", make_carte(), titre="Tahoua est en tête, Agadez commence"),
        make_scene("carte_longue", make_carte(longue=True), titre="Deux régions n’ont rien déclaré"),
        make_scene("decisions", make_liste(), titre="Cinq points attendent une décision", decision=PHRASE),
        make_scene("texte", Texte((LONG,)), titre="Note du comité régional", decision="Prendre acte."),
        make_scene("liste", make_liste(14), titre="Quatorze demandes aux partenaires"),
        make_scene("image", Image(make_png(), "image/png", "Le siège du comité", 640, 400), Texte((PHRASE,))),
        make_scene("hostiles", hostiles, attaques, titre="=1+1 " + "Titre très long " * 30, source=PHRASE * 4),
        make_scene("vide", replace(make_tableau(0), titre="Rapprochements à examiner"), titre="Rien à examiner"),
    )


def list_textes(deck: Deck) -> Iterator[str]:
    """Every text that a rendering must show, without the control signs that no office file holds."""
    yield from (deck.titre, deck.sous_titre)
    for scene in deck.scenes:
        yield from (t for t in (scene.titre, scene.sous_titre, scene.source, scene.decision) if t)
        for bloc in scene.blocs:
            yield from list_textes_bloc(bloc)


def list_textes_bloc(bloc: Bloc) -> Iterator[str]:
    """Every word of a block."""
    if isinstance(bloc, Chiffres):
        yield from (t for c in bloc.chiffres for t in (c.libelle, c.texte, c.base) if t)
    elif isinstance(bloc, Barres):
        yield from (*bloc.categories, *(s for s in bloc.statuts if s), *([bloc.titre] if bloc.titre else []))
        yield from (t for s in bloc.series for t in s.textes)
    elif isinstance(bloc, Tableau):
        yield from (*bloc.colonnes, *(c for ligne in bloc.lignes for c in ligne), bloc.titre)
        yield from () if bloc.lignes else (bloc.vide,)
    elif isinstance(bloc, Carte):
        yield from (bloc.titre, *bloc.legende, *(t for r in bloc.regions for t in (r.nom, r.texte)))
    elif isinstance(bloc, Texte):
        yield from bloc.paragraphes
    elif isinstance(bloc, Liste):
        yield from (t for point in bloc.points for t in point if t)
