"""The posts of the SP/CCM (section 8.4): who pays them, what the State takes over each year, where the road map stands."""

from ccm_data.phrases import postes as phrases
from ccm_data.queries.postes import compute_postes
from ccm_data.queries.registres import Filtre
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import components, disposition, registres
from pages.ui.garde import open_ecran

contexte = open_ecran("postes")
arrete = contexte.perimetre.date_arrete
noms = registres.read_noms(contexte)
filtre = registres.read_filtre(contexte, "poste_spccm", noms, annee=False)
lecture = registres.read_lecture(contexte, "poste_spccm", filtre)
etapes = registres.read_lecture(contexte, "etape_perennisation", Filtre())
bilan = compute_postes(lecture.toutes, etapes.toutes, arrete)
components.show_titre(
    phrases.say_titre(bilan, arrete),
    _("Pérennisation du personnel, section 8.4 · situation au {jour} · sans aucun montant").format(
        jour=say_date(arrete)
    ),
)
registres.show_filtres(contexte, lecture, noms, filtre, annee=False, suite=[etapes])
if lecture.toutes:
    components.show("budget_cles.html", cles=phrases.list_cles(bilan, arrete))
    with disposition.show_colonnes(1.2, 1) as (gauche, droite):
        with gauche:
            registres.show_parts(
                _("Part de l’État, année par année"),
                _("moyenne des postes qui la disent (combien sur combien) ; hachures : aucun ne la dit"),
                phrases.list_parts(bilan),
            )
        with droite:
            registres.show_barres(_("Qui paie"), _("postes à la date"), phrases.list_payeurs(bilan))
registres.show_registre(contexte, lecture, noms, filtre)
components.show_section(_("Feuille de route sur la pérennisation"))
if etapes.lisibles or not etapes.retenues:
    with disposition.show_zone("etapes"):
        components.show_lignes(
            _("Feuille de route sur la pérennisation"),
            [_("Date"), _("Étape"), _("Rencontre"), _("Constat"), _("Ajustements")],
            phrases.list_etapes(etapes.lisibles, noms),
            vide=_("Aucune étape validée : la feuille de route s’adopte dans une rencontre du CCM."),
        )
registres.show_attente(contexte, etapes)
registres.show_choisie(contexte, etapes, noms, "etape", _("Ouvrir une étape"))
if etapes.retenues:
    components.show_retenues(etapes.retenues, len(etapes.lisibles))
registres.show_ajout(contexte, "etape_perennisation")
components.show_source(
    _("Sources : postes et étapes validés par le SP/CCM. Une part non dite n’est pas zéro. Indicateur 5.c."),
    demonstration=contexte.installation.demonstration,
)
