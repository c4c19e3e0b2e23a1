"""One path for a workbook: take the template, send it, see what is wrong and what would change, mend or leave out, deposit."""

from ccm_data.phrases import imports as phrases
from ccm_data.textes import _
from pages.ui import components, depot, disposition
from pages.ui.garde import open_ecran

contexte = open_ecran("deposer")
entete = components.reserve()
with disposition.show_outils("depot_outils"):
    depot.show_modele(contexte)
lu = depot.receive(contexte)
with entete:
    components.show_titre(
        phrases.say_titre_depot(lu.validation if lu else None), phrases.say_sous_titre_depot(lu.nom if lu else None)
    )
    components.show("depot_etapes.html", etape=3 if lu else 2)
if lu is None:
    depot.show_recu()
    components.show_vide(
        _("Rien n’est enregistré avant que vous ne l’ayez confirmé."),
        _("Prenez votre classeur, remplissez-le, même sans connexion, puis envoyez-le ici."),
    )
else:
    with disposition.show_colonnes(3.2, 1) as (gauche, droite):
        with gauche:
            if lu.validation.anomalies:
                depot.show_anomalies(lu)
            if lu.apercu:
                components.show_section(_("Ce qui sera enregistré"))
                depot.show_apercu(lu)
            if not lu.validation.anomalies and not lu.apercu:
                components.show_vide(
                    _("Ce classeur ne dit rien de nouveau."), _("Remplissez-le, puis envoyez-le de nouveau.")
                )
        with droite:
            components.show_lignes_bilan(phrases.list_bilan(lu.validation))
            if lu.validation.anomalies:
                depot.show_annote(lu)
            depot.show_deposer(lu)
components.show_source(
    _(
        "Les cellules fautives sont coloriées et expliquées dans le classeur annoté. Un fichier déjà reçu est reconnu et refusé."
    ),
    demonstration=contexte.installation.demonstration,
)
