"""« Ordre du jour et scènes »: items and scenes in order, moved, changed, added, removed; each change is sent at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy.orm import Session

from ccm_data.commands import seances as commandes
from ccm_data.domain.ordre_du_jour import compute_deplacement, compute_scenes_suivies
from ccm_data.domain.permissions import Personne
from ccm_data.domain.seances import SCENES_CHIFFREES, PointSeance, SceneChoisie
from ccm_data.phrases import seances as phrases
from ccm_data.queries.recommandations import get_noms
from ccm_data.queries.seances import FicheSeance, list_images
from ccm_data.textes import _
from pages.ui import cache, components, session
from pages.ui import seances as actions
from pages.ui.formulaires import Champ, show_formulaire
from pages.ui.seance_images import show_ajout_image
from pages.ui.seances import Ouverte
from pages.ui.session import Contexte

T = TypeVar("T")
POINT, SCENE = "point", "scene"  # parameters of the address: which one is being changed
NOUVEAU: Final = "nouveau"
TEXTE_MAX: Final = 20_000
A_TEXTE: Final = ("point", "texte", "prochaines_etapes")


def show_scenes(contexte: Contexte, ouverte: Ouverte) -> None:
    """The agenda, then the deck that follows from it."""
    components.show_section(_("Ordre du jour"))
    if ouverte.preparee:
        _show_points(ouverte)
    else:
        components.show_lignes(
            _("Ordre du jour"), [_("Point"), _("Intitulé"), _("Texte")],
            [(n, p.intitule, p.texte or "—") for n, p in enumerate(ouverte.fiche.ordre_du_jour, 1)],
            vide=_("Aucun point : le dossier est le dossier standard."),
        )  # fmt: skip
    components.show_section(_("Scènes, dans l’ordre de la projection"))
    if ouverte.figee:
        components.show_note(
            _("Les chiffres sont figés : seul l’ordre des scènes change encore, sans changer l’empreinte.")
        )
    _show_liste_scenes(contexte, ouverte)
    if ouverte.preparee:
        _show_ajout(contexte, ouverte)


# ---- the agenda ----


def set_ordre_et_scenes(
    base: Session, personne: Personne, maintenant: datetime, seance_id: int, version: int,
    points: Sequence[PointSeance], scenes: Sequence[SceneChoisie],
) -> int:  # fmt: skip
    """The agenda and the scenes that follow it, in one transaction; the new version."""
    suite = commandes.set_ordre_du_jour(base, personne, maintenant, seance_id, version, [p.to_dict() for p in points])
    return commandes.set_scenes(base, personne, maintenant, seance_id, suite, [s.to_dict() for s in scenes])


def _list_suite(
    fiche: FicheSeance, apres: Sequence[tuple[int | None, PointSeance]]
) -> tuple[list[PointSeance], tuple[SceneChoisie, ...]]:
    """The new agenda and the deck that follows it."""
    scenes = compute_scenes_suivies(
        fiche.scenes, fiche.ordre_du_jour, apres, region_invitee=fiche.region_invitee is not None
    )
    return [point for _rang, point in apres], scenes


def _show_points(ouverte: Ouverte) -> None:
    fiche = ouverte.fiche
    rangs: list[tuple[int | None, PointSeance]] = list(enumerate(fiche.ordre_du_jour))

    def _change(apres: Sequence[tuple[int | None, PointSeance]]) -> Callable[[], None]:
        def _send() -> None:
            session.set_param(POINT, None)
            actions.apply_clic(ouverte, set_ordre_et_scenes, *_list_suite(fiche, apres))

        return _send

    if not rangs:
        components.show_note(_("Aucun point : la projection montre le dossier standard. Ajoutez les points à traiter."))
    for rang, (_ancien, point) in enumerate(rangs):
        illustre = ", ".join(phrases.say_scene(c) for c in point.scenes)
        _show_rangee(
            POINT, rang, len(rangs), f"{rang + 1}. {point.intitule}",
            _("scènes : {s}").format(s=illustre) if illustre else _("sans scène de chiffres"),
            point.intitule, [_change(compute_deplacement(rangs, rang, pas)) for pas in (-1, 1)],
            _change([*rangs[:rang], *rangs[rang + 1 :]]),
        )  # fmt: skip
        if session.get_param(POINT) == str(rang + 1):
            _show_point(ouverte, rang, point)
    if session.get_param(POINT) == NOUVEAU:
        _show_point(ouverte, None, PointSeance(""))
    else:
        actions.show_bouton_mots(_("Ajouter un point"), "point_ajouter", lambda: session.set_param(POINT, NOUVEAU))


def _show_point(ouverte: Ouverte, rang: int | None, point: PointSeance) -> None:
    fiche = ouverte.fiche

    def _send(valeurs: dict[str, Any]) -> str:
        nouveau = PointSeance(
            valeurs["intitule"].strip() or valeurs["texte"].strip()[:80], valeurs["texte"].strip(), tuple(valeurs["scenes"])
        )  # fmt: skip
        apres: list[tuple[int | None, PointSeance]] = list(enumerate(fiche.ordre_du_jour))
        if rang is None:
            apres.append((None, nouveau))
        else:
            apres[rang] = (rang, nouveau)
        actions.apply(ouverte, set_ordre_et_scenes, *_list_suite(fiche, [x for x in apres if x[1].intitule]))
        session.set_param(POINT, None)
        return _("Ordre du jour enregistré : les scènes le suivent.")

    chiffrees = {c: phrases.say_scene(c) for c in SCENES_CHIFFREES}
    champs = [
        Champ("intitule", _("Intitulé"), defaut=point.intitule, maximum=200),
        Champ("texte", _("Texte du point"), "zone", defaut=point.texte, maximum=TEXTE_MAX, large=True,
              aide=_("Un texte long coule sur plusieurs diapositives.")),
        Champ("scenes", _("Scènes de chiffres qui l’illustrent"), "plusieurs", chiffrees, defaut=list(point.scenes)),
    ]  # fmt: skip
    show_formulaire(f"point_{fiche.id}_{ouverte.vue}_{rang}", champs, _("Enregistrer le point"), _send)
    actions.show_bouton_mots(_("Fermer sans enregistrer"), "point_fermer", lambda: session.set_param(POINT, None))


# ---- the scenes ----


def _show_rangee(
    genre: str, rang: int, total: int, titre: str, detail: str, nom: str,
    deplacer: Sequence[Callable[[], None]], retirer: Callable[[], None] | None,
) -> None:  # fmt: skip
    """An item or a scene: its words, then its buttons (up, down, change, remove) named for who hears them."""
    with actions.show_rangee(f"{genre}_{rang}"):
        components.show("seance_rangee.html", rang=rang + 1 if genre == SCENE else "", titre=titre, detail=detail)
        qui = {"nom": nom, "n": rang + 1, "t": total}
        monter, descendre = _("Monter « {nom} » ({n} sur {t})"), _("Descendre « {nom} » ({n} sur {t})")
        actions.show_bouton(
            monter.format(**qui), ":material/arrow_upward:", f"{genre}_{rang}_haut", deplacer[0], libre=rang > 0
        )
        actions.show_bouton(
            descendre.format(**qui), ":material/arrow_downward:", f"{genre}_{rang}_bas", deplacer[1], libre=rang < total - 1
        )  # fmt: skip
        if retirer is not None:
            actions.show_bouton(
                _("Modifier « {nom} »").format(nom=nom), ":material/edit:", f"{genre}_{rang}_modifier",
                lambda: session.set_param(genre, str(rang + 1)),
            )  # fmt: skip
            actions.show_bouton(
                _("Retirer « {nom} »").format(nom=nom), ":material/close:", f"{genre}_{rang}_retirer", retirer
            )


def _show_liste_scenes(contexte: Contexte, ouverte: Ouverte) -> None:
    scenes = ouverte.fiche.scenes

    def _change(apres: Sequence[SceneChoisie]) -> Callable[[], None]:
        def _send() -> None:
            session.set_param(SCENE, None)
            actions.apply_clic(ouverte, commandes.set_scenes, [s.to_dict() for s in apres])

        return _send

    if not scenes:
        components.show_vide(_("Aucune scène."), _("Ajoutez-en une ci-dessous, ou un point à l’ordre du jour."))
    for rang, scene in enumerate(scenes):
        _show_rangee(
            SCENE, rang, len(scenes), phrases.say_ligne_scene(scene), phrases.say_options_scene(scene),
            phrases.say_ligne_scene(scene), [_change(compute_deplacement(scenes, rang, pas)) for pas in (-1, 1)],
            _change([*scenes[:rang], *scenes[rang + 1 :]]) if ouverte.preparee else None,
        )  # fmt: skip
        if ouverte.preparee and session.get_param(SCENE) == str(rang + 1):
            _show_scene(contexte, ouverte, rang, scene)


def _show_scene(contexte: Contexte, ouverte: Ouverte, rang: int, scene: SceneChoisie) -> None:
    """The form of a scene that stands in the deck."""

    def _send(valeurs: dict[str, Any]) -> str:
        nouvelle = make_scene(scene.cle, valeurs, scene.options)
        suite = [*ouverte.fiche.scenes[:rang], nouvelle, *ouverte.fiche.scenes[rang + 1 :]]
        actions.apply(ouverte, commandes.set_scenes, [s.to_dict() for s in suite])
        session.set_param(SCENE, None)
        return _("Scène {n} enregistrée.").format(n=rang + 1)

    _warn_noms(scene.cle)
    show_formulaire(
        f"scene_{ouverte.fiche.id}_{ouverte.vue}_{rang}", list_champs(contexte, ouverte, scene),
        _("Enregistrer la scène"), _send,
    )  # fmt: skip
    actions.show_bouton_mots(_("Fermer sans enregistrer"), "scene_fermer", lambda: session.set_param(SCENE, None))


def _warn_noms(cle: str) -> None:
    if cle == "rapprochements":
        components.show_note(
            _(
                "Nommer des organisations devant la séance est un choix : un rapprochement n’est pas une faute, et les "
                "organisations n’ont pas toutes répondu. Sans ce choix, seuls les nombres sont montrés."
            )
        )


def list_champs(contexte: Contexte, ouverte: Ouverte, scene: SceneChoisie) -> list[Champ]:
    """The fields of a scene of this kind."""
    options = scene.options
    champs = [
        Champ("titre", _("Titre"), defaut=scene.titre, maximum=200,
              aide=_("Vide : le message que donnent les chiffres.")),
        Champ("decision", _("Décision demandée"), defaut=options.get("decision"), maximum=400,
              aide=_("Montrée au bas de la scène.")),
    ]  # fmt: skip
    if scene.cle in A_TEXTE:
        champs.append(Champ("texte", _("Texte"), "zone", defaut=options.get("texte"), maximum=TEXTE_MAX, large=True))
    if scene.cle == "rapprochements":
        champs.append(Champ("nommer", _("Nommer les organisations"), "case", defaut=options.get("nommer")))
    if scene.cle == "carte":
        mesures = {c: _(m) for c, m in phrases.MESURES.items()}
        champs.append(Champ("mesure", _("Mesure de la carte"), "choix", mesures, defaut=options.get("mesure")))
    if scene.cle == "graphique":
        graphiques = {c: _(g) for c, g in phrases.GRAPHIQUES.items()}
        indicateurs = {"": _("Aucun"), **cache.read(contexte, get_noms).indicateurs}
        champs += [
            Champ("graphique", _("Graphique"), "choix", graphiques, defaut=options.get("graphique")),
            Champ("indicateur", _("Indicateur (pour une tendance)"), "choix", indicateurs, defaut=options.get("indicateur")),
        ]  # fmt: skip
    if scene.cle == "image":
        images = {str(i.id): f"{i.nom} : {i.alt}" for i in cache.read(contexte, list_images, ouverte.fiche.id)}
        champs.append(Champ("image_id", _("Image"), "choix", images, defaut=str(options.get("image_id"))))
    return champs


def make_scene(cle: str, valeurs: Mapping[str, Any], avant: Mapping[str, Any]) -> SceneChoisie:
    """A scene out of its form; what the form does not ask (an item's number) stays."""
    options = dict(avant)
    for nom, valeur in valeurs.items():
        if nom in ("titre", "place"):
            continue
        lue = int(valeur) if nom == "image_id" and valeur else valeur
        if lue:
            options[nom] = lue.strip() if isinstance(lue, str) else lue
        else:
            options.pop(nom, None)
    return SceneChoisie(cle, str(valeurs.get("titre") or "").strip(), options)


def insert_scene(scenes: Sequence[SceneChoisie], scene: SceneChoisie, place: str) -> list[SceneChoisie]:
    """The scenes with this one after the `place`-th; "" puts it last, before next steps."""
    fin = len(scenes) - 1 if scenes and scenes[-1].cle == "prochaines_etapes" else len(scenes)
    rang = int(place) if place.isdigit() else fin
    return [*scenes[:rang], scene, *scenes[rang:]]


def list_places(scenes: Sequence[SceneChoisie]) -> dict[str, str]:
    """Where a new scene may stand."""
    apres = {
        str(n): _("après {n}. {titre}").format(n=n, titre=phrases.say_ligne_scene(s)[:60]) for n, s in enumerate(scenes, 1)
    }  # fmt: skip
    return {"": _("à la fin, avant les prochaines étapes"), "0": _("en tête"), **apres}


def _show_ajout(contexte: Contexte, ouverte: Ouverte) -> None:
    components.show_titre_graphique(_("Ajouter une scène"))
    genres = {c: _(s) for c, s in phrases.SCENES.items() if c != "point"}
    cle = session.choose_option(
        _("Genre de scène"), "ajout", {"": _("Choisir une scène à ajouter"), **genres}, largeur=320
    )
    if cle is None:
        return
    place = Champ("place", _("Place"), "choix", list_places(ouverte.fiche.scenes))
    rang = session.recall("seance_ajouts", 0)

    def _insert(scene: SceneChoisie, ou: str) -> list[dict[str, Any]]:
        return [s.to_dict() for s in insert_scene(ouverte.fiche.scenes, scene, ou)]

    def _done() -> str:
        session.remember("seance_ajouts", rang + 1)
        session.set_param("ajout", None)
        return _("Scène ajoutée.")

    if cle == "image":
        show_ajout_image(ouverte, rang, place, lambda scene, ou: _insert(scene, ou), _done)
        return

    def _send(valeurs: dict[str, Any]) -> str:
        actions.apply(ouverte, commandes.set_scenes, _insert(make_scene(cle, valeurs, {}), valeurs["place"]))
        return _done()

    _warn_noms(cle)
    champs = [*list_champs(contexte, ouverte, SceneChoisie(cle)), place]
    show_formulaire(f"ajout_{ouverte.fiche.id}_{ouverte.vue}_{cle}_{rang}", champs, _("Ajouter la scène"), _send)
