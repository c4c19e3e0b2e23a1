"""One path for a workbook (take it, send it, see, mend or leave out, deposit); or one row typed on the page."""

from ccm_data.phrases import imports as phrases
from ccm_data.phrases.saisie import list_modes
from ccm_data.textes import _
from pages.ui import components, depot, disposition, saisie, session
from pages.ui.garde import open_ecran

contexte = open_ecran("deposer")
entete = components.reserve()
mode = session.choose_onglet(_("Comment envoyer"), "mode", list_modes())
lu = None
if mode == "formulaire":
    depot.show_recu()
    saisie.show_saisie(contexte)
else:
    with disposition.show_outils("depot_outils"):
        depot.show_modele(contexte)
    lu = depot.receive(contexte)
with entete:
    components.show_titre(
        phrases.say_titre_depot(lu.validation if lu else None),
        phrases.say_sous_titre_depot(lu.nom if lu else None, sur_page=mode == "formulaire"),
    )
    if mode != "formulaire":
        components.show("depot_etapes.html", etape=3 if lu else 2)
if lu is None and mode != "formulaire":
    depot.show_recu()
    components.show_vide(
        _("Rien n’est enregistré avant que vous ne l’ayez confirmé."),
        _("Prenez votre classeur, remplissez-le, même sans connexion, puis envoyez-le ici."),
    )
elif lu is not None:
    with disposition.show_colonnes(3.2, 1) as (gauche, droite):
        with gauche:
            depot.show_lu(lu)
        with droite:
            components.show_lignes_bilan(phrases.list_bilan(lu.validation))
            if lu.validation.anomalies:
                depot.show_annote(lu)
            depot.show_deposer(lu)
components.show_source(
    _("Un dépôt compte dans les chiffres une fois validé par le SP/CCM. Aucun nom de personne.")
    if mode == "formulaire"
    else _(
        "Les cellules fautives sont coloriées et expliquées dans le classeur annoté. Un fichier déjà reçu est reconnu et refusé."
    ),
    demonstration=contexte.installation.demonstration,
)
