"""What waits for the SP/CCM: old → new side by side, validated or returned many at once; quarters closed and reopened."""

from ccm_data.commands.depots import return_lignes, validate_lignes
from ccm_data.imports.attente import list_file, list_trimestres_verrous, make_table_file
from ccm_data.phrases import validation as phrases
from ccm_data.queries.rapports import list_dus
from ccm_data.textes import _
from pages.ui import cache, components, disposition, formulaires, pieces, reglages, session, verrous
from pages.ui.garde import open_ecran

contexte = open_ecran("validation")
aujourd_hui = contexte.config.aujourd_hui()
region = session.get_param("file")
lignes = cache.read(contexte, list_file, contexte.personne, phrases.read_region(region))
components.show_titre(
    phrases.say_titre_file(lignes), _("Du plus ancien au plus récent ; chaque ligne face à celle qu’elle remplace")
)
formulaires.show_avis()
with disposition.show_outils("validation_filtres"):
    session.choose_option(_("Région"), "file", phrases.list_regions(reglages.list_regions(contexte)), largeur=300)
if lignes:
    rangs = components.show_choix_multiple(
        make_table_file(lignes), alt=_("Lignes à valider"), key=f"file_{region}_{contexte.version}"
    )
    choisies = [lignes[r] for r in rangs]
    if choisies:
        montrees = choisies[: phrases.MONTREES]
        components.show(
            "validation_lignes.html",
            lignes=montrees,
            reste=len(choisies) - phrases.MONTREES,
            pieces=pieces.list_par_ligne(contexte, [x.choix[:2] for x in montrees]),
            suivent=pieces.list_par_ligne(contexte, [(x.choix[0], x.remplacee) for x in montrees if x.remplacee]),
        )
        choix = [x.choix for x in choisies]
        with disposition.show_colonnes(1, 2, cartes=False) as (valider, retourner):
            with valider:
                formulaires.show_formulaire(
                    "valider", [], phrases.say_valider(len(choix)),
                    lambda _valeurs: phrases.say_validees(session.apply(validate_lignes, choix)),
                )  # fmt: skip
            with retourner:
                formulaires.show_formulaire(
                    "retourner", verrous.list_champs_retour(aujourd_hui), phrases.say_retourner(len(choix)),
                    lambda v: phrases.say_retournees(session.apply(return_lignes, choix, v["note"], v["avant_le"])),
                )  # fmt: skip
    else:
        components.show_note(
            _("Cochez des lignes pour les voir face à ce qu’elles remplacent, puis les valider ou les retourner.")
        )
else:
    components.show_vide(_("Rien n’attend la validation."), _("Les dépôts arrivent ici dès qu’ils sont envoyés."))
components.show_section(_("Qui doit quoi"))
components.show_lignes(
    _("Rapports attendus"),
    [_("Déclarant"), _("Trimestre"), _("Activités"), _("Échéance")],
    phrases.list_dus(
        cache.read(contexte, list_dus, contexte.perimetre.date_arrete, aujourd_hui), contexte.installation.regions
    ),
    vide=_("Tous les rapports dus sont rendus."),
)
components.show_section(_("Trimestres"))
verrous.show_verrous(cache.read(contexte, list_trimestres_verrous, contexte.personne, aujourd_hui))
components.show_source(
    _("On ne valide jamais son propre dépôt. Un trimestre clos ne reçoit plus rien ; sa réouverture est au journal."),
    demonstration=contexte.installation.demonstration,
)
