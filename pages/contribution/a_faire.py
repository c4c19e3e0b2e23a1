"""What waits for whoever signs in: deposits to validate, rows to mend, reports owed, figures to decide."""

from ccm_data.phrases import a_faire as phrases
from ccm_data.queries.a_faire import get_a_faire
from ccm_data.queries.recommandations import get_noms
from ccm_data.textes import _
from pages.ui import cache, components
from pages.ui.garde import open_ecran

contexte = open_ecran("a_faire")
aujourd_hui = contexte.config.aujourd_hui()
a_faire = cache.read(contexte, get_a_faire, contexte.personne, contexte.perimetre, aujourd_hui)
regions = contexte.installation.regions
colonnes = [_("Quoi"), _("Où"), _("Déposé par"), _("Depuis")]

components.show_titre(phrases.say_titre_a_faire(a_faire), contexte.compte.libelle if contexte.compte else "")
listes = (
    (_("Dépôts à valider"), a_faire.a_valider),
    (_("Retournés : à corriger et renvoyer"), a_faire.a_corriger),
    (_("Brouillons à terminer"), a_faire.brouillons),
    (_("Envoyés, en attente de validation"), a_faire.envoyees),
)
for titre, lignes in listes:
    if lignes:
        components.show_section(f"{titre}\u00a0·\u00a0{len(lignes)}")
        components.show_lignes(titre, colonnes, [phrases.say_ligne(x, regions) for x in lignes])
if len(a_faire.dus):
    components.show_section(_("Rapports à rendre"))
    components.show_lignes(
        _("Rapports à rendre"),
        [_("Déclarant"), _("Trimestre"), _("Activités"), _("Échéance")],
        phrases.list_dus(a_faire, regions),
    )
noms = cache.read(contexte, get_noms)
if a_faire.dossiers:
    components.show_section(f"{_('Dossiers à lire')}\u00a0·\u00a0{len(a_faire.dossiers)}")
    components.show_lignes(
        _("Dossiers à lire"), [_("Rencontre"), _("Quand"), _("Partagé le")], phrases.list_dossiers(a_faire, noms)
    )
    for x in a_faire.dossiers:
        components.show_lien_ecran("rencontres", _("Ouvrir {code}").format(code=x.code), {"rencontre": x.code})
if a_faire.recommandations:
    components.show_section(f"{_('Recommandations à suivre')}\u00a0·\u00a0{len(a_faire.recommandations)}")
    components.show_lignes(
        _("Recommandations à suivre"),
        [_("Code"), _("Recommandation"), _("Responsable"), _("État")],
        phrases.list_recommandations(a_faire, noms),
    )
    sienne = {"region": contexte.personne.region_code, "responsable": contexte.personne.acteur_code}
    components.show_lien_ecran(
        "recommandations", _("Ouvrir les recommandations"), {nom: code for nom, code in sienne.items() if code}
    )
en_retard = phrases.say_en_retard(a_faire)
if en_retard:
    components.show_section(_("Recommandations à suivre"))
    components.show_phrase(en_retard, _("toutes instances ensemble"))
    components.show_lien_ecran("recommandations", _("Ouvrir les recommandations"), {"retard": "1"})
decisions = phrases.list_decisions(a_faire)
if decisions:
    components.show_section(_("Chiffres à décider"))
    for quoi, lesquels, sujet in decisions:
        components.show_phrase(quoi, lesquels)
        if sujet:
            components.show_lien_ecran("referentiels", _("Ouvrir les référentiels"), {"sujet": sujet})
        else:
            components.show_lien_ecran("rapprochement", _("Registre des décisions"), {"etat": "a_trancher"})
if not phrases.count_taches(a_faire) and not a_faire.envoyees:
    components.show_vide(_("Tout est à jour."), _("Revenez après la fin du trimestre, ou consultez la vue d’ensemble."))
components.show_source(
    _("Seul ce que votre rôle vous permet de lire est listé ici."), demonstration=contexte.installation.demonstration
)
