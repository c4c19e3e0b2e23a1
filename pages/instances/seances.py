"""Séances: prepared from an agenda, frozen, projected, handed out; who was there and what was decided; what changed."""

from ccm_data.domain.vocabulaire import EtatSeance
from ccm_data.phrases import seances as phrases
from ccm_data.queries.seances import list_seances
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import cache, components, formulaires, session
from pages.ui import seances as actions
from pages.ui.garde import open_ecran
from pages.ui.seance_deroulement import show_deroulement
from pages.ui.seance_documents import show_changements, show_documents
from pages.ui.seance_scenes import show_scenes

contexte = open_ecran("seances")
aujourd_hui = contexte.config.aujourd_hui()
toutes = cache.read(contexte, list_seances, contexte.personne)
fiche = next((x for x in toutes if x.code == session.get_param(actions.PARAM)), None)
if fiche is None:
    components.show_titre(
        phrases.say_titre_seances(toutes, aujourd_hui),
        _("Séances des instances de coordination · situation au {jour}").format(jour=say_date(aujourd_hui)),
    )
    formulaires.show_avis()
    if session.get_param(actions.PARAM):
        components.show_refus(_("La séance demandée n’existe pas, ou n’est pas visible pour vous."))
        session.set_param(actions.PARAM, None)
    actions.show_liste(contexte, toutes)
    actions.show_nouvelle(contexte, ouvert=not toutes)
else:
    ouverte = actions.open_seance(contexte, fiche)
    components.show_titre(phrases.say_titre(fiche), phrases.say_sous_titre(fiche))
    formulaires.show_avis()
    actions.show_refus_clic(ouverte)
    actions.show_tete(contexte, ouverte)
    if fiche.etat is EtatSeance.ANNULEE:
        components.show_vide(_("Cette séance est annulée."), _("Préparez-en une autre depuis la liste des séances."))
    else:
        partie = actions.choose_onglet(ouverte)
        if partie == "scenes":
            show_scenes(contexte, ouverte)
        elif partie == "documents":
            show_documents(contexte, ouverte)
        elif partie == "deroulement":
            show_deroulement(contexte, ouverte)
        else:
            show_changements(contexte, ouverte, toutes)
components.show_source(
    _("Sources : séances tenues par le SP/CCM ; chiffres validés, figés avec leur empreinte."),
    demonstration=contexte.installation.demonstration,
)
