"""The forms of « Doublons et synergies »: a verdict, an answer before it, what was done, taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccm_data.commands import verdicts as commandes
from ccm_data.domain.doublons import Nature
from ccm_data.domain.permissions import can_write
from ccm_data.domain.vocabulaire import SuiteVerdict, VerdictPaire
from ccm_data.errors import ValeurInvalide
from ccm_data.libelles import say_libelle
from ccm_data.phrases import doublons as phrases
from ccm_data.phrases.rapprochements import say_nature
from ccm_data.queries import doublons
from ccm_data.queries.doublons import Rapprochement, Rapprochements, VerdictLu
from ccm_data.textes import _
from ccm_data.typographie import say_pourcent
from pages.ui import cache, components, disposition, reglages, session
from pages.ui.formulaires import Champ, show_formulaire
from pages.ui.session import Contexte

if TYPE_CHECKING:
    import pandas as pd


def read_rapprochements(contexte: Contexte) -> Rapprochements:
    """What this person reads; the search itself is made once per version of the register, for everybody."""
    candidats = cache.read(contexte, doublons.find_candidats)
    return cache.read_direct(contexte, doublons.get_rapprochements, contexte.personne, candidats)


def choose_paires(
    contexte: Contexte, lus: Rapprochements, onglet: str, noms: phrases.Noms
) -> tuple[Rapprochement, ...]:
    """The filters of a list of pairs, its download, and the pairs that they keep."""
    with disposition.show_outils("doublons_filtres"):
        if onglet != "verdicts":
            nature = None
            if onglet == "examiner":
                natures = {n.value: say_nature(n) for n in Nature if n is not Nature.COMPLEMENTAIRE}
                nature = session.choose_option(
                    _("Nature"), "nature", {"": _("Toutes natures")} | natures, largeur="stretch"
                )
            region = reglages.choose_region(contexte, "stretch")
            theme = session.choose_option(
                _("Thème"), "theme", {"": _("Tous les thèmes")} | dict(noms.themes), largeur="stretch"
            )
        paires: tuple[Rapprochement, ...] = ()
        if onglet != "verdicts":
            liste = lus.a_examiner if onglet == "examiner" else lus.complementaires
            paires = doublons.filter_rapprochements(liste, nature, region, theme)
        components.show_telechargement(
            contexte,
            "rapprochements",
            lambda: {
                _("Rapprochements"): doublons.make_table_paires(lus.a_examiner, noms.acteurs),
                _("Complémentaires"): doublons.make_table_paires(lus.complementaires, noms.acteurs),
                _("Verdicts"): doublons.make_table_verdicts(lus.verdicts),
                _("Synergies"): doublons.make_synergies(lus.verdicts, noms.acteurs),
            },
            key="doublons",
        )
    return paires


def show_liste(contexte: Contexte, table: pd.DataFrame, onglet: str) -> int | None:
    """The list; the position of the row that was chosen, the first one until then."""
    rang = components.show_tableau(
        table,
        alt=_(phrases.ONGLETS[onglet]),
        colonnes=dict.fromkeys(phrases.list_masquees(onglet)),
        key=f"doublons_{onglet}_{contexte.version}",
        selection=True,
        vide="—",
    )
    return rang if rang is not None and rang < len(table) else 0


def show_paire(contexte: Contexte, lu: Rapprochement, noms: phrases.Noms) -> None:
    """Both rows side by side, why, what was answered; then what this person may do of it."""
    components.show(
        "doublon.html",
        faces=phrases.list_faces(lu, noms),
        score=say_pourcent(lu.paire.score),
        nature=say_nature(lu.paire.nature),
        raisons=phrases.list_raisons(lu),
        reponses=phrases.list_reponses(lu, noms),
    )
    if can_write(contexte.personne, "rendre_verdict"):
        _show_verdict(contexte, lu)
    elif contexte.personne.acteur_code in lu.a.acteurs | lu.b.acteurs:
        _show_reponse(lu)


def _show_verdict(contexte: Contexte, lu: Rapprochement) -> None:
    def _send(valeurs: dict[str, Any]) -> str:
        choix = VerdictPaire(valeurs["verdict"])
        avant = cache.read_direct(contexte, doublons.get_total_net)
        session.apply(
            commandes.render_verdict, lu.a.code, lu.b.code, choix, valeurs["motif"],
            porteur=valeurs["porteur"] or None, montant_commun=valeurs["commun"],
        )  # fmt: skip
        return phrases.say_effet(choix, avant, cache.read_direct(contexte, doublons.get_total_net))

    champs = [
        Champ("verdict", _("Verdict"), "choix", {v.value: say_libelle(v) for v in VerdictPaire}),
        Champ("porteur", _("Ligne qui porte l’argent (double déclaration)"), "choix", phrases.say_porteurs(lu)),
        Champ("commun", _("Montant en commun, FCFA (double déclaration)")),
        Champ("motif", _("Motif"), "zone", maximum=1000, aide=_("Obligatoire. Aucun nom de personne.")),
    ]
    show_formulaire(f"verdict_{_clean(lu.cle)}", champs, _("Rendre le verdict"), _send)


def _show_reponse(lu: Rapprochement) -> None:
    def _send(valeurs: dict[str, Any]) -> str:
        session.apply(commandes.answer_paire, lu.a.code, lu.b.code, valeurs["texte"])
        return _("Votre réponse est enregistrée ; le SP/CCM la lit avant tout verdict.")

    champ = Champ("texte", _("Votre réponse"), "zone", maximum=2000, aide=_("Avant le verdict. Aucun nom de personne."))
    show_formulaire(f"reponse_{_clean(lu.cle)}_{len(lu.reponses)}", [champ], _("Répondre"), _send)


def _clean(cle: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in cle)


def show_verdict(contexte: Contexte, v: VerdictLu) -> None:
    """A verdict opened: what it says and changes, what was done; the SP/CCM adds to it or takes it back."""
    dits = [phrases.say_verdict(v), _("Motif : {m}").format(m=v.motif), phrases.say_suite(v), phrases.say_revocation(v)]
    for dit in dits:
        if dit:
            components.show_note(dit)
    if v.revoque_le is None and can_write(contexte.personne, "rendre_verdict"):
        _show_suite(contexte, v)
        _show_revocation(v)


def _show_suite(contexte: Contexte, v: VerdictLu) -> None:
    def _send(valeurs: dict[str, Any]) -> str:
        if valeurs["le"] is None:
            raise ValeurInvalide("valeur_manquante", champ="suite_le", valeur=None, attendu=_("une date"))
        session.apply(commandes.set_suite, v.id, SuiteVerdict(valeurs["suite"]), valeurs["le"], valeurs["note"])
        return _("Suite donnée enregistrée.")

    champs = [
        Champ(
            "suite", _("Suite donnée"), "choix", {s.value: say_libelle(s) for s in SuiteVerdict}, defaut=v.rendu.suite
        ),
        Champ("le", _("Date de la suite"), "date", defaut=v.suite_le or contexte.config.aujourd_hui()),
        Champ("note", _("Note"), defaut=v.suite_note),
    ]
    show_formulaire(f"suite_verdict_{v.id}", champs, _("Enregistrer la suite"), _send)


def _show_revocation(v: VerdictLu) -> None:
    def _send(valeurs: dict[str, Any]) -> str:
        session.apply(commandes.revoke_verdict, v.id, valeurs["motif"])
        return _("Verdict révoqué : les totaux sont de nouveau ceux d’avant, et la paire est à examiner.")

    champ = Champ("motif", _("Motif de la révocation"), aide=_("Obligatoire. Rien n’est effacé."))
    show_formulaire(f"revocation_{v.id}", [champ], _("Révoquer le verdict"), _send)
