"""Requests to PTF through the CCM: what waits and since when, one request opened, its steps and pledges, the forms."""

from ccm_data.domain.vocabulaire import EtatRequete
from ccm_data.libelles import say_libelle
from ccm_data.phrases import requetes as phrases
from ccm_data.queries import requetes
from ccm_data.textes import _
from ccm_data.typographie import say_date
from pages.ui import cache, components, disposition, formulaires, reglages, session
from pages.ui import requetes as actions
from pages.ui.garde import open_ecran

contexte = open_ecran("requetes")
aujourd_hui = contexte.config.aujourd_hui()
registre = cache.read(contexte, requetes.get_registre, contexte.personne, aujourd_hui)
noms = cache.read(contexte, requetes.get_noms)
visibles = requetes.filter_requetes(registre.fiches, actions.read_filtre(contexte))
components.show_titre(
    phrases.say_titre_requetes(visibles),
    _("Requêtes aux PTF par le CCM · situation au {jour} · en FCFA").format(jour=say_date(aujourd_hui)),
)
formulaires.show_avis()
with disposition.show_outils("requetes_filtres"):
    session.choose_option(
        _("État"), "etat", {"": _("Tous les états")} | {e.value: say_libelle(e) for e in EtatRequete}, largeur=180
    )
    reglages.choose_region(contexte, 200)
    session.choose_option(
        _("Retard"), "retard", {"": _("En retard ou non"), "1": _("En retard seulement")}, largeur=200
    )
    tableau = cache.read(contexte, requetes.make_table_requetes, visibles)
    components.show_telechargement(
        contexte,
        "requetes-ptf",
        lambda: {
            _("Requêtes"): tableau,
            _("Étapes"): cache.read(contexte, requetes.make_table_etapes, visibles),
            _("Positionnements"): cache.read(contexte, requetes.make_table_positionnements, visibles),
        },
        key="requetes",
    )
ouverte = session.get_param("requete")
if visibles:
    components.show("budget_cles.html", cles=phrases.list_cles(visibles))
    ouverte = reglages.choose_ligne(
        contexte,
        "requete",
        [x.numero for x in visibles],
        tableau,
        key="requetes",
        alt=_("Requêtes"),
        colonnes=dict.fromkeys((_("Reçue le"), _("Échéance"))),
    )
    components.show_note(phrases.say_regle_retard())
else:
    components.show_vide(
        _("Aucune requête ne correspond."), _("Retirez un filtre, ou écrivez la première depuis une lacune.")
    )
retenues = phrases.say_retenues(registre)
if retenues:
    components.show_note(retenues)
fiche = registre.find(ouverte)
if fiche is not None:
    components.show_section(phrases.say_objet(fiche))
    with disposition.show_colonnes(1, 1) as (gauche, droite):
        with gauche:
            components.show(
                "requete.html", chaine=phrases.say_chaine(fiche, noms), faits=phrases.list_faits(fiche, noms)
            )
        with droite:
            components.show_titre_graphique(_("Historique"))
            components.show_lignes(
                _("Historique"), [_("Date"), _("Étape"), _("Note")], phrases.list_pas(fiche), vide=_("Aucune étape.")
            )
            actions.show_etape(contexte, fiche)
    components.show_section(_("Positionnements"))
    components.show_lignes(
        _("Positionnements"),
        [_("Organisation"), _("État"), _("Montant"), _("Date prévue"), _("Suite donnée")],
        phrases.list_positionnements(fiche, noms),
        vide=phrases.say_sans_positionnement(fiche),
    )
    if fiche.retenus and fiche.positionnements:
        components.show_note(phrases.say_annonces_retenues(fiche.retenus))
    actions.show_suites(contexte, fiche, noms)
    actions.show_positionnement(contexte, fiche, noms)
elif ouverte:
    components.show_refus(_("La requête demandée n’existe pas, ou n’est pas visible pour vous."))
elif visibles:
    components.show_note(_("Choisissez une requête pour ouvrir son historique et ses positionnements."))
actions.show_nouvelle(contexte, noms, actions.read_amorce(contexte, noms))
components.show_source(
    _(
        "Sources : registre des requêtes du SP/CCM. Un positionnement est une intention ; signé, il devient une intervention."
    ),
    demonstration=contexte.installation.demonstration,
)
