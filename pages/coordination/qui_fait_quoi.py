"""Who does what where: the register of interventions on two axes; a cell opens its rows; the network of organisations."""

from ccm_data.domain.vocabulaire import CategorieActeur
from ccm_data.figures.reseau import make_reseau
from ccm_data.libelles import say_libelle
from ccm_data.phrases import coordination as phrases
from ccm_data.queries import matrices
from ccm_data.textes import _
from pages.ui import cache, components, coordination, disposition, session
from pages.ui.garde import open_ecran

contexte = open_ecran("qui_fait_quoi")
filtre = coordination.read_filtre(contexte)
paire = coordination.read_choix("matrice", matrices.PAIRES)
vue = coordination.read_vue()
mesure = coordination.read_choix("mesure", matrices.MESURES)
tableau = cache.read(contexte, matrices.get_matrice, contexte.personne, paire, filtre, vue)
components.show_titre(
    phrases.say_titre_4w(tableau),
    _("Registre des interventions (4W) · déclarations validées · un autre périmètre que l’exécution du plan"),
)
session.choose_onglet(_("Matrice"), "matrice", {c: _(t) for c, t in phrases.PAIRES.items()})
with disposition.show_outils("4w_filtres"):
    session.choose_option(_("Mesure"), "mesure", {c: _(t) for c, t in matrices.MESURES.items()}, largeur="stretch")
    if mesure == "fcfa" or "acteur" in matrices.PAIRES[paire]:
        session.choose_option(_("Lecture"), "vue", {c: _(t) for c, t in phrases.VUES.items()}, largeur="stretch")
    session.choose_option(
        _("Période"), "periode", {"": _("Toutes les années")} | {a: a for a in coordination.ANNEES}, largeur="stretch"
    )
    session.choose_option(
        _("Catégorie"),
        "categorie",
        {"": _("Toutes les catégories")} | {c.value: say_libelle(c) for c in CategorieActeur},
        largeur="stretch",
    )
    session.choose_option(
        _("Statut"), "statut", {"": _("Tous les statuts")} | coordination.list_statuts(contexte), largeur="stretch"
    )
    coordination.choose_public()
    table = matrices.make_table_matrice(tableau, mesure, _(phrases.LIGNES[paire]))
    toutes = tuple(x.code for x in tableau.fiches)
    fiches, _retenues = cache.read(contexte, matrices.make_table_fiches, contexte.personne, toutes)
    components.show_telechargement(
        contexte,
        "qui-fait-quoi",
        lambda: {_(phrases.PAIRES[paire]).replace("×", "x"): table, _("Interventions"): fiches},
        key="4w",
    )
if not tableau.fiches:
    components.show_vide(
        _("Aucune intervention ne correspond."),
        _("Retirez un filtre, ou demandez aux acteurs de déclarer ce qu’ils font : écran « Déposer une mise à jour »."),
    )
else:
    case = coordination.show_matrice(
        table,
        lambda v: matrices.say_case(v, mesure),
        alt=_(phrases.PAIRES[paire]),
        key=f"matrice_{paire}_{mesure}_{contexte.version}",
    )
    components.show_note(
        phrases.say_argent(tableau, vue)
        if mesure == "fcfa"
        else _(
            "Choisissez une case pour ouvrir ses lignes. Un total ne compte qu’une fois ce qui est dans plusieurs cases."
        )
    )
    if case is not None:
        components.show_section(coordination.say_case(tableau, case))
        coordination.show_interventions(
            contexte, tableau.get_codes(*case), alt=_("Interventions de la case"), key="4w_lignes"
        )
    components.show_section(_("Qui travaille avec qui"))
    reseau = cache.read(contexte, matrices.get_reseau, contexte.personne, filtre)
    if reseau.liens:
        with disposition.show_colonnes(3, 2) as (dessin, liste):
            with dessin:
                components.show_graphique(
                    cache.keep(contexte, f"reseau_{filtre!r}", lambda: make_reseau(reseau)),
                    alt=_("Réseau des organisations : brun, l’une finance l’autre ; bleu, elles travaillent ensemble"),
                    key="4w_reseau",
                    hauteur=760,
                )
            with liste:
                components.show_note(
                    _(
                        "Brun : l’une finance l’autre. Bleu : elles travaillent ensemble. Plus épais : plus d’interventions."
                    )
                )
                components.show_tableau(
                    cache.read(contexte, matrices.make_table_reseau, reseau),
                    alt=_("Liens entre organisations"),
                    key="4w_liens",
                )
    else:
        components.show_vide(
            _("Aucun lien déclaré."), _("Les bailleurs et les partenaires se disent dans chaque intervention.")
        )
components.show_source(
    _("Sources : interventions déclarées par les acteurs et validées par le SP/CCM."),
    demonstration=contexte.installation.demonstration,
)
