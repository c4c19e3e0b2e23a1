"""What the SP/CCM decides: targets, baselines, real amounts, prevailing figures, regions, actors, thresholds."""

from ccm_data.queries.referentiels import get_choix, get_vus, make_table_historique, make_table_referentiel
from ccm_data.textes import _
from pages.ui import cache, components, decisions, formulaires, session
from pages.ui.garde import open_ecran

contexte = open_ecran("referentiels")
formulaires.show_avis()
sujet = session.get_param("sujet") or "cibles"
sujet = sujet if sujet in decisions.SUJETS else "cibles"
components.show_titre(_("Référentiels et cibles"), _(decisions.SUJETS[sujet].aide))
session.choose_onglet(_("Sujet"), "sujet", {c: _(s.titre) for c, s in decisions.SUJETS.items()})
choix = cache.read(contexte, get_choix)
champs, envoyer = decisions.make_champs(sujet, choix, contexte.config.aujourd_hui())
formulaires.show_formulaire(f"referentiel_{sujet}", champs, _("Enregistrer"), envoyer)
tableau = cache.read(contexte, make_table_referentiel, contexte.personne, sujet)
decisions.remember_vus(sujet, cache.read(contexte, get_vus, contexte.personne, sujet))
historique = cache.read(contexte, make_table_historique, contexte.personne, sujet)
titre = _(decisions.SUJETS[sujet].titre)
components.show_section(_("En vigueur"))
if len(tableau):
    components.show_tableau(tableau, alt=titre, key=f"referentiel_table_{sujet}")
else:
    components.show_vide(_("Rien n’est encore décidé ici."), _("Remplissez le formulaire ci-dessus, avec sa source."))
if len(historique):
    components.show_section(_("Historique : ce qui prévalait avant"))
    components.show_tableau(
        historique, alt=_("Historique : {sujet}").format(sujet=titre), key=f"referentiel_historique_{sujet}"
    )
if len(tableau) or len(historique):
    components.show_telechargement(
        contexte,
        f"referentiel-{sujet}",
        lambda: {titre: tableau} | ({_("Historique"): historique} if len(historique) else {}),
        key=f"referentiel_{sujet}",
    )
components.show_lien_ecran("rapprochement", _("Registre des décisions : ce qui reste à trancher"))
components.show_source(
    _("Chaque décision remplace la précédente sans l’effacer ; recharger le plan n’y touche pas."),
    demonstration=contexte.installation.demonstration,
)
