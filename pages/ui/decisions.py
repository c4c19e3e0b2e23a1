"""The forms of « Référentiels et cibles », one per subject: fields, command, table of what is in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ccm_data.commands import acteurs as commandes_acteurs
from ccm_data.commands import decisions as commandes
from ccm_data.commands import termes as commandes_termes
from ccm_data.commands.decisions import Provenance
from ccm_data.domain.calendrier import ANNEES
from ccm_data.domain.montants import read_montant
from ccm_data.domain.seuils import DESCRIPTIONS
from ccm_data.domain.vocabulaire import (
    AgregationRegion,
    AgregationTemps,
    CategorieActeur,
    ListeTermes,
    ModeCible,
    ModeSaisie,
    Sens,
    StatutBase,
    TypeIndicateur,
)
from ccm_data.errors import ValeurInvalide
from ccm_data.libelles import say_libelle
from ccm_data.phrases.seuils import say_seuil
from ccm_data.queries.referentiels import FINALE, Choix
from ccm_data.textes import N_, _
from ccm_data.typographie import say_fcfa
from pages.ui import session
from pages.ui.formulaires import Champ, list_provenance

Envoi = Callable[[dict[str, Any]], str]


@dataclass(frozen=True)
class Sujet:
    """A subject of the screen: title, explanation, name of its table in `queries.referentiels`."""

    titre: str
    aide: str


SUJETS = {
    "cibles": Sujet(N_("Cibles"), N_("Le cadre logique n’en fixe aucune : chaque cible porte sa source et sa date.")),
    "bases": Sujet(N_("Bases"), N_("Point de départ au 31 décembre 2021 : connue, zéro par construction ou inconnue.")),
    "montants": Sujet(N_("Montants annuels"), N_("Vrais montants par année ; laissez vide pour revenir à la répartition égale.")),
    "retenus": Sujet(N_("Montants retenus"), N_("Le chiffre qui prévaut remplace le total à son niveau ; les parties restent.")),
    "contradictions": Sujet(N_("Contradictions"), N_("Le mot du SP/CCM sur un texte qui diffère d’une page à l’autre.")),
    "regions": Sujet(N_("Régions concernées"), N_("Le plan ne donne rien par région : poids, part et nombre viennent du SP/CCM.")),
    "definitions": Sujet(N_("Indicateurs"), N_("Comment un indicateur se compte ; les combinaisons insensées sont refusées.")),
    "acteurs": Sujet(N_("Acteurs"), N_("Le répertoire des structures et leurs autres noms. Aucune personne.")),
    "termes": Sujet(N_("Thèmes et statuts"), N_("Les listes des interventions : on y ajoute, on ferme, on n’efface pas.")),
    "seuils": Sujet(N_("Seuils et délais"), N_("Ce qui décide des statuts, des retards et des alertes.")),
}  # fmt: skip


def remember_vus(sujet: str, vus: dict[tuple[Any, ...], int]) -> None:
    """Keep what the person now sees in force: a decision that rests on something older will be told so."""
    session.remember(f"vus_{sujet}", vus)


def _get_vu(sujet: str, *cle: Any) -> int | None:
    """The id that the person saw in force under this key (0: none); None before anything was shown."""
    vus = session.recall(f"vus_{sujet}")
    return None if vus is None else vus.get(cle, 0)


def _get_vus(sujet: str, objet: str) -> dict[Any, int] | None:
    """The same for all the rows of one object: year, or field → id."""
    vus = session.recall(f"vus_{sujet}")
    return None if vus is None else {cle[1]: ligne_id for cle, ligne_id in vus.items() if cle[0] == objet}


def _read_provenance(valeurs: dict[str, Any]) -> Provenance:
    if not isinstance(valeurs["date_source"], date):
        raise ValeurInvalide(champ=_("Date de la source"), valeur="—", attendu=_("une date"))
    return Provenance(valeurs["source"], valeurs["date_source"])


def _send(sujet: str, commande: Callable[..., Any], *noms: str) -> Envoi:
    """A sender that gives these fields (the first is the key) to a command, then the provenance."""

    def _envoyer(valeurs: dict[str, Any]) -> str:
        arguments = [valeurs[nom] for nom in noms]
        session.apply(commande, *arguments, _read_provenance(valeurs), vu=_get_vu(sujet, arguments[0]))
        return _("Enregistré. Le journal en garde la trace.")

    return _envoyer


def _send_cible(valeurs: dict[str, Any]) -> str:
    indicateur, region = valeurs["indicateur"], valeurs["region"] or None
    if valeurs["annee"] == FINALE:
        return _send_finale(valeurs, indicateur, region)
    annee = int(valeurs["annee"])
    session.apply(
        commandes.set_cible, indicateur, annee, valeurs["valeur"].strip() or None, _read_provenance(valeurs),
        region_code=region, vu=_get_vu("cibles", indicateur, annee, region),
    )  # fmt: skip
    if region is None:
        return _("Cible enregistrée : {i}, {a}.").format(i=indicateur, a=annee)
    return _("Cible enregistrée : {i}, {a}, pour la région choisie.").format(i=indicateur, a=annee)


def _send_finale(valeurs: dict[str, Any], indicateur: str, region: str | None) -> str:
    """The final target as the SP/CCM states it: national, compared with the yearly ones."""
    if region is not None:
        raise ValeurInvalide(champ="region_code", valeur=region, attendu=_("National, pour une cible finale annoncée"))
    session.apply(
        commandes.set_reglage_indicateur, indicateur, {"cible_finale": valeurs["valeur"].strip() or None},
        _read_provenance(valeurs), vus=_make_vus("cible_finale", _get_vu("cibles", indicateur, FINALE, None)),
    )  # fmt: skip
    return _("Cible finale annoncée enregistrée : {i}.").format(i=indicateur)


def _make_vus(champ: str, vu: int | None) -> dict[str, int] | None:
    return None if vu is None else {champ: vu}


def _send_base(valeurs: dict[str, Any]) -> str:
    statut = StatutBase(valeurs["statut"]) if valeurs["statut"] else None
    indicateur, region = valeurs["indicateur"], valeurs["region"] or None
    session.apply(
        commandes.set_reference, indicateur, statut, valeurs["valeur"], _read_provenance(valeurs),
        region_code=region, vu=_get_vu("bases", indicateur, region),
    )  # fmt: skip
    return _("Base enregistrée : {i}.").format(i=valeurs["indicateur"])


def _send_montants(valeurs: dict[str, Any]) -> str:
    """The whole schedule of an activity; left empty, it goes back to the plan's years."""
    montants = {a: valeurs[str(a)] for a in ANNEES if valeurs[str(a)].strip()}
    vus = _get_vus("montants", valeurs["activite"])
    if not montants and not vus:
        raise ValeurInvalide("valeur_manquante", champ="montant_fcfa", valeur=None, attendu=_("un montant par année"))
    session.apply(
        commandes.set_montants_annuels, valeurs["activite"], montants, _read_provenance(valeurs), vus=vus
    )  # fmt: skip
    if not montants:
        return _("Montants retirés : {a} suit de nouveau les années du plan.").format(a=valeurs["activite"])
    return _(
        "Montants enregistrés : {a}, {t} en tout. S’ils ne font pas son coût, le registre des décisions le dit."
    ).format(a=valeurs["activite"], t=say_fcfa(sum(read_montant(m) for m in montants.values())))


def _send_retenu(valeurs: dict[str, Any]) -> str:
    objet, code = valeurs["objet"].split(":", 1)
    session.apply(
        commandes.set_montant_retenu,
        objet,
        code,
        valeurs["montant"].strip() or None,
        valeurs["motif"],
        _read_provenance(valeurs),
        vu=_get_vu("retenus", objet, code),
    )
    return _("Décision enregistrée.")


def _send_region(valeurs: dict[str, Any]) -> str:
    session.apply(
        commandes.set_region_concernee,
        valeurs["activite"],
        valeurs["region"],
        _read_provenance(valeurs),
        concernee=valeurs["concernee"],
        poids=valeurs["poids"] or "1",
        part_fcfa=valeurs["part"].strip() or None,
        nombre_prevu=valeurs["nombre"].strip() or None,
        unite=valeurs["unite"].strip() or None,
        vu=_get_vu("regions", valeurs["activite"], valeurs["region"]),
    )
    return _("Enregistré : {a}, {r}.").format(a=valeurs["activite"], r=valeurs["region"])


def _send_definition(valeurs: dict[str, Any]) -> str:
    noms = ("type", "sens", "agregation_temps", "agregation_region", "mode_cible", "mode_saisie")
    changes = {nom: valeurs[nom] for nom in noms if valeurs[nom]}
    if not changes:
        raise ValeurInvalide(champ=_("Réglages"), valeur="—", attendu=_("au moins un réglage à changer"))
    session.apply(
        commandes.set_reglage_indicateur, valeurs["indicateur"], changes, _read_provenance(valeurs),
        vus=_get_vus("definitions", valeurs["indicateur"]),
    )  # fmt: skip
    return _("Réglages enregistrés : {i}.").format(i=valeurs["indicateur"])


def _send_acteur(valeurs: dict[str, Any]) -> str:
    session.apply(
        commandes_acteurs.add_acteur,
        nom=valeurs["nom"],
        sigle=valeurs["sigle"] or None,
        categorie=valeurs["categorie"],
        region_code=valeurs["region"] or None,
    )
    return _("Acteur ajouté : {n}.").format(n=valeurs["nom"])


def _send_terme(valeurs: dict[str, Any]) -> str:
    """A new entry where a label is typed, else the one that was chosen closed or opened again."""
    if valeurs["libelle"].strip():
        session.apply(commandes_termes.add_terme, ListeTermes(valeurs["liste"]), valeurs["libelle"])
        return _("Ajouté à la liste : {t}.").format(t=valeurs["libelle"].strip())
    if not valeurs["terme"]:
        raise ValeurInvalide(
            "valeur_manquante", champ="libelle", valeur=None, attendu=_("un libellé, ou un terme à fermer")
        )
    liste, code = valeurs["terme"].split(":", 1)
    session.apply(commandes_termes.set_terme_actif, ListeTermes(liste), code, valeurs["ouvert"])
    return _("Terme ouvert.") if valeurs["ouvert"] else _("Terme fermé : les lignes qui l’ont le gardent.")


def _options(liste: type[Any]) -> dict[str, str]:
    return {"": _("(inchangé)")} | {m.value: say_libelle(m) for m in liste}


Formes = dict[str, tuple[Sequence[Champ], Envoi]]


def make_champs(sujet: str, choix: Choix, aujourd_hui: date) -> tuple[list[Champ], Envoi]:
    """The fields of a subject's form and what sends them; a list's entry alone has no source."""
    formes = _list_indicateurs(choix) | _list_plan(choix) | _list_listes(choix)
    liste, envoi = formes[sujet]
    return [*liste, *([] if sujet == "termes" else list_provenance(aujourd_hui))], envoi


def _list_indicateurs(choix: Choix) -> Formes:
    """Targets, baselines, how an indicator counts."""
    indicateur = Champ("indicateur", _("Indicateur"), "choix", choix.indicateurs)
    portee = Champ(
        "region", _("Portée"), "choix", {"": _("National")} | choix.regions, "",
        _("Une région seulement pour un indicateur qui s’y compte ; il est refusé pour « national seulement »."),
    )  # fmt: skip
    annee = Champ(
        "annee", _("Année"), "choix", {str(a): str(a) for a in ANNEES} | {FINALE: _("Finale annoncée")}, str(ANNEES[-1]),
        _("« Finale annoncée » est comparée aux cibles annuelles ; un écart devient une ligne du registre."),
    )  # fmt: skip
    return {
        "cibles": (
            [
                indicateur,
                annee,
                portee,
                Champ("valeur", _("Cible (nombre, ou niveau)"), aide=_("Vide : retire la cible en vigueur.")),
            ],
            _send_cible,
        ),
        "bases": (
            [
                indicateur,
                Champ("statut", _("Statut de la base"), "choix", {m.value: say_libelle(m) for m in StatutBase}),
                portee,
                Champ("valeur", _("Valeur (si connue)")),
            ],
            _send_base,
        ),
        "definitions": (
            [
                indicateur,
                Champ("type", _("Type"), "choix", _options(TypeIndicateur)),
                Champ("sens", _("Sens"), "choix", _options(Sens)),
                Champ("agregation_temps", _("Dans le temps"), "choix", _options(AgregationTemps)),
                Champ("agregation_region", _("Entre régions"), "choix", _options(AgregationRegion)),
                Champ("mode_cible", _("Mode de cible"), "choix", _options(ModeCible)),
                Champ("mode_saisie", _("Mode de saisie"), "choix", _options(ModeSaisie)),
            ],
            _send_definition,
        ),
    }


def _list_plan(choix: Choix) -> Formes:
    """Amounts, figures and words that prevail, regions concerned."""
    activite = Champ("activite", _("Activité"), "choix", choix.activites)
    return {
        "montants": (
            [activite, *(Champ(str(a), _("{a} (FCFA)").format(a=a)) for a in ANNEES)],
            _send_montants,
        ),
        "retenus": (
            [
                Champ("objet", _("Total concerné"), "choix", choix.objets),
                Champ("montant", _("Montant retenu (FCFA)"), aide=_("Vide : retire la décision.")),
                Champ("motif", _("Pourquoi")),
            ],
            _send_retenu,
        ),
        "contradictions": (
            [
                Champ("contradiction", _("Contradiction"), "choix", choix.contradictions),
                Champ("texte", _("Texte retenu"), "zone"),
                Champ("motif", _("Pourquoi")),
            ],
            _send("contradictions", commandes.set_choix_contradiction, "contradiction", "texte", "motif"),
        ),
        "regions": (
            [
                activite,
                Champ("region", _("Région"), "choix", choix.regions),
                Champ("concernee", _("Cette région est concernée"), "case", defaut=True),
                Champ("poids", _("Poids"), defaut="1"),
                Champ("part", _("Part prévue (FCFA)")),
                Champ("nombre", _("Nombre prévu")),
                Champ("unite", _("Unité")),
            ],
            _send_region,
        ),
    }


def _list_listes(choix: Choix) -> Formes:
    """The directory, the lists of interventions, the thresholds."""
    return {
        "acteurs": (
            [
                Champ("nom", _("Nom de la structure")),
                Champ("sigle", _("Sigle")),
                Champ("categorie", _("Catégorie"), "choix", {m.value: say_libelle(m) for m in CategorieActeur}),
                Champ("region", _("Région (si régionale)"), "choix", {"": _("Nationale")} | choix.regions),
            ],
            _send_acteur,
        ),
        "termes": (
            [
                Champ("liste", _("Liste"), "choix", {m.value: say_libelle(m) for m in ListeTermes}),
                Champ("libelle", _("Libellé à ajouter"), maximum=60),
                Champ("terme", _("Ou : fermer, rouvrir"), "choix", {"": "—"} | choix.termes),
                Champ("ouvert", _("Ouvert aux nouvelles lignes"), "case", defaut=False),
            ],
            _send_terme,
        ),
        "seuils": (
            [
                Champ("nom", _("Seuil"), "choix", {n: say_seuil(n) for n in DESCRIPTIONS}),
                Champ("valeur", _("Valeur"), aide=_("« 90 % », « 15 », « 2026-T1 »")),
            ],
            _send("seuils", commandes.set_seuil, "nom", "valeur"),
        ),
    }
