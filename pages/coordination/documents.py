"""Programming documents of partners, analysed or waiting; what nobody carries; indicators that several serve."""

from ccm_data.phrases import documents as phrases
from ccm_data.queries import documents
from ccm_data.queries.acteurs import list_noms_acteurs
from ccm_data.textes import _
from pages.ui import cache, components, coordination, disposition, formulaires, session
from pages.ui import documents as actions
from pages.ui.garde import open_ecran

contexte = open_ecran("documents")
fiches = cache.read(contexte, documents.list_documents)
noms = cache.read(contexte, list_noms_acteurs)
presents = {x.acteur: noms.get(x.acteur, x.acteur) for x in fiches}
components.show_titre(
    phrases.say_titre_documents(fiches),
    _("Lus d’avance pour trouver les doublons (activité 2.1.1) · et ce que personne ne porte (2.4.1)"),
)
formulaires.show_avis()
genre = coordination.read_choix("portage", phrases.GENRES)
portages = {g: cache.read(contexte, documents.list_portages, g, contexte.perimetre.date_arrete) for g in phrases.GENRES}
with disposition.show_outils("documents_filtres"):
    etat = session.choose_option(_("État"), "etat", {c: _(t) for c, t in phrases.ETATS.items()}, largeur=240)
    acteur = session.choose_option(
        _("Partenaire"), "partenaire", {"": _("Tous les partenaires")} | presents, largeur=280
    )
    visibles = documents.filter_documents(fiches, etat, acteur)
    table = documents.make_table_documents(visibles, noms)
    components.show_telechargement(
        contexte,
        "documents-programmation",
        lambda: {
            _("Documents"): table,
            **{
                _(t): documents.make_table_portages(portages[g], _(phrases.COLONNES[g]), sources=g == "public")
                for g, t in phrases.GENRES.items()
            },
        },
        key="documents",
    )
if visibles:
    rang = components.show_tableau(
        table,
        alt=_("Documents de programmation"),
        colonnes=dict.fromkeys((_("Source"), _("Référence"))),
        # Another filter, another table: a row chosen in one is another document in the other.
        key=f"documents_{etat}_{acteur}_{contexte.version}",
        selection=True,
        vide="—",
    )
    if rang is not None and rang < len(visibles):
        choisi = visibles[rang]
        components.show_section(choisi.titre)
        components.show("requete.html", chaine="", faits=phrases.list_faits(choisi, presents[choisi.acteur]))
        actions.show_actions(contexte, choisi)
    else:
        components.show_note(_("Choisissez un document pour lire son analyse."))
else:
    components.show_vide(
        _("Aucun document ne correspond."),
        _("Retirez un filtre, ou demandez aux partenaires leurs documents de programmation (activité 2.1.1)."),
    )
actions.show_ajout(contexte, noms)
components.show_section(_("Ce que personne ne porte, ce que plusieurs portent"))
session.choose_onglet(_("Regarder"), "portage", {c: _(t) for c, t in phrases.GENRES.items()})
lus = portages[genre]
components.show_phrase(phrases.say_portage(genre, lus), phrases.say_methode(genre))
porte = None
if lus:
    porte = components.show_tableau(
        documents.make_table_portages(lus, _(phrases.COLONNES[genre]), sources=genre == "public"),
        alt=_(phrases.GENRES[genre]),
        key=f"portages_{genre}_{contexte.perimetre.date_arrete}_{contexte.version}",
        selection=True,
    )
if porte is not None and porte < len(lus):
    components.show_section(lus[porte].nom)
    coordination.show_interventions(
        contexte, lus[porte].interventions, alt=_("Interventions qui le portent"), key="portage_lignes"
    )
components.show_source(
    _("Sources : documents remis par les partenaires et leur analyse ; registre des interventions validées."),
    demonstration=contexte.installation.demonstration,
)
