"""Bodies and meetings, registers that feed the logframe, evaluations, a later plan.

Revision ID: suivi_evaluation
Revises: coordination
"""

import sqlalchemy as sa
from alembic import op

import ccm_data.models.base

revision = "suivi_evaluation"
down_revision = "coordination"
branch_labels = None
depends_on = None

# Unique keys over expressions, which Alembic does not compare by itself.
REGION = "coalesce(region_code, 'NE')"
VALIDES = (
    ("uq_sensibilisation_validee", "sensibilisation", ("nature", "intitule", "date_debut", REGION)),
    ("uq_appui_valide", "appui", ("cadre", "institution_code", "intitule", "date_debut", REGION)),
    ("uq_produit_communication_valide", "produit_communication", ("intitule", "type", "date_diffusion", REGION)),
    ("uq_bonne_pratique_validee", "bonne_pratique", ("titre", REGION, "coalesce(acteur_code, '')")),
)


def upgrade() -> None:
    op.create_table(
        "instance",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("nom", sa.String(length=200), nullable=False),
        sa.Column("sigle", sa.String(length=40), nullable=True),
        sa.Column(
            "type",
            sa.Enum(
                "ccm",
                "gtm",
                "ccm_regional",
                "sous_groupe",
                "comite_suivi",
                "cadre_protection",
                "structures_publiques",
                "coordination_ptf",
                "communaute_thematique",
                "reseau_osc",
                "reseau_nu",
                "comite_interministeriel",
                name="type_instance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("parent_code", sa.String(length=40), nullable=True),
        sa.Column(
            "role_spccm",
            sa.Enum(
                "secretariat",
                "membre",
                "observateur",
                name="role_spccm",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("texte_fondateur", sa.Text(), nullable=True),
        sa.Column("a_confirmer", sa.Boolean(), nullable=False),
        sa.Column("actif", sa.Boolean(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=200), nullable=False),
        sa.Column("modifie_spccm", sa.Boolean(), nullable=False),
        sa.CheckConstraint("nom <> ''", name=op.f("ck_instance_nommee")),
        sa.CheckConstraint(
            "parent_code is null or parent_code <> code", name=op.f("ck_instance_pas_son_propre_parent")
        ),
        sa.ForeignKeyConstraint(["parent_code"], ["instance.code"], name=op.f("fk_instance_parent_code")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_instance_region_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_instance")),
    )
    with op.batch_alter_table("instance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instance_region_code"), ["region_code"], unique=False)

    op.create_table(
        "accuse_lecture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rencontre_code", sa.String(length=60), nullable=False),
        sa.Column("acteur_code", sa.String(length=60), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column("quand", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_accuse_lecture_acteur_code")),
        sa.ForeignKeyConstraint(["compte_id"], ["compte.id"], name=op.f("fk_accuse_lecture_compte_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accuse_lecture")),
        sa.UniqueConstraint("rencontre_code", "acteur_code", name=op.f("uq_accuse_lecture_rencontre_code_acteur_code")),
    )
    with op.batch_alter_table("accuse_lecture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accuse_lecture_rencontre_code"), ["rencontre_code"], unique=False)

    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "objet",
            sa.Enum(
                "activite",
                "intervention",
                name="objet_evaluation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("objet_code", sa.String(length=60), nullable=False),
        sa.Column("date_evaluation", sa.Date(), nullable=False),
        sa.Column(
            "statut",
            sa.Enum(
                "brouillon",
                "partagee",
                "finale",
                name="statut_evaluation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("synthese", sa.Text(), nullable=True),
        sa.Column("partenaire_code", sa.String(length=60), nullable=True),
        sa.Column("reponse", sa.Text(), nullable=True),
        sa.Column("reponse_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("reponse_par_id", sa.Integer(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("partagee_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("finale_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("annulee_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.CheckConstraint("statut <> 'finale' or finale_le is not null", name=op.f("ck_evaluation_finale_a_une_date")),
        sa.CheckConstraint(
            "statut = 'brouillon' or partagee_le is not null", name=op.f("ck_evaluation_partagee_a_une_date")
        ),
        sa.CheckConstraint("(reponse is null) = (reponse_le is null)", name=op.f("ck_evaluation_reponse_datee")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_evaluation_auteur_id")),
        sa.ForeignKeyConstraint(["partenaire_code"], ["acteur.code"], name=op.f("fk_evaluation_partenaire_code")),
        sa.ForeignKeyConstraint(["reponse_par_id"], ["compte.id"], name=op.f("fk_evaluation_reponse_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
    )
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evaluation_objet_code"), ["objet_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_evaluation_partenaire_code"), ["partenaire_code"], unique=False)
        batch_op.create_index(
            "uq_evaluation_vivante",
            ["objet", "objet_code", "date_evaluation"],
            unique=True,
            sqlite_where=sa.text("annulee_le is null"),
            postgresql_where=sa.text("annulee_le is null"),
        )

    op.create_table(
        "plan_suivant",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("intitule", sa.Text(), nullable=False),
        sa.Column("debut", sa.Integer(), nullable=False),
        sa.Column("fin", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("date_source", sa.Date(), nullable=False),
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("charge_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.CheckConstraint("debut >= 2027", name=op.f("ck_plan_suivant_apres_le_premier")),
        sa.CheckConstraint("fin >= debut", name=op.f("ck_plan_suivant_fin_apres_debut")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_plan_suivant_auteur_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_plan_suivant")),
    )
    op.create_table(
        "regle_quorum",
        sa.Column("instance_code", sa.String(length=40), nullable=False),
        sa.Column(
            "college",
            sa.Enum(
                "etat",
                "collectivites",
                "ptf",
                "osc",
                "recherche",
                "prive",
                name="college",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "mode",
            sa.Enum("nombre", "part", name="mode_quorum", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("valeur", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("date_source", sa.Date(), nullable=False),
        sa.Column("decide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("remplace_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("mode <> 'part' or valeur <= 100", name=op.f("ck_regle_quorum_part_au_plus_100")),
        sa.CheckConstraint("valeur > 0", name=op.f("ck_regle_quorum_valeur_positive")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_regle_quorum_auteur_id")),
        sa.ForeignKeyConstraint(["instance_code"], ["instance.code"], name=op.f("fk_regle_quorum_instance_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regle_quorum")),
    )
    op.create_table(
        "activite_suivante",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_code", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("axe", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("intitule", sa.Text(), nullable=False),
        sa.Column("cout_fcfa", sa.BigInteger(), nullable=True),
        sa.Column("annees", sa.String(length=120), nullable=True),
        sa.Column("structures", sa.Text(), nullable=True),
        sa.Column("reprend_code", sa.String(length=10), nullable=True),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.CheckConstraint("intitule <> ''", name=op.f("ck_activite_suivante_intitulee")),
        sa.CheckConstraint("cout_fcfa >= 0", name=op.f("ck_activite_suivante_cout_positif")),
        sa.ForeignKeyConstraint(["plan_code"], ["plan_suivant.code"], name=op.f("fk_activite_suivante_plan_code")),
        sa.ForeignKeyConstraint(["reprend_code"], ["activite.code"], name=op.f("fk_activite_suivante_reprend_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activite_suivante")),
        sa.UniqueConstraint("plan_code", "code", name=op.f("uq_activite_suivante_plan_code_code")),
    )
    with op.batch_alter_table("activite_suivante", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activite_suivante_plan_code"), ["plan_code"], unique=False)

    op.create_table(
        "appui",
        sa.Column(
            "cadre",
            sa.Enum(
                "institutionnel", "drec_mr", name="cadre_appui", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("intitule", sa.String(length=200), nullable=False),
        sa.Column("institution_code", sa.String(length=60), nullable=False),
        sa.Column("beneficiaire_code", sa.String(length=60), nullable=True),
        sa.Column(
            "nature",
            sa.Enum(
                "plaidoyer",
                "technique",
                "financier",
                "equipement",
                "formation",
                "logistique",
                name="nature_appui",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("date_debut", sa.Date(), nullable=False),
        sa.Column("date_fin", sa.Date(), nullable=True),
        sa.Column("equipements", sa.Text(), nullable=True),
        sa.Column("montant_fcfa", sa.BigInteger(), nullable=True),
        sa.Column("activite_code", sa.String(length=10), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "brouillon",
                "soumis",
                "retourne",
                "valide",
                "remplace",
                name="etat_suivi",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("soumis_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("valide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("note_retour", sa.Text(), nullable=True),
        sa.Column("retour_avant_le", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        sa.Column("valide_par_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("acteur_code", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)",
            name=op.f("ck_appui_validation_par_un_autre"),
        ),
        sa.CheckConstraint("date_fin is null or date_fin >= date_debut", name=op.f("ck_appui_fin_apres_debut")),
        sa.CheckConstraint("montant_fcfa >= 0", name=op.f("ck_appui_montant_positif")),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_appui_acteur_code")),
        sa.ForeignKeyConstraint(["activite_code"], ["activite.code"], name=op.f("fk_appui_activite_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_appui_auteur_id")),
        sa.ForeignKeyConstraint(["beneficiaire_code"], ["acteur.code"], name=op.f("fk_appui_beneficiaire_code")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_appui_depot_id")),
        sa.ForeignKeyConstraint(["institution_code"], ["acteur.code"], name=op.f("fk_appui_institution_code")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_appui_region_code")),
        sa.ForeignKeyConstraint(["valide_par_id"], ["compte.id"], name=op.f("fk_appui_valide_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appui")),
    )
    with op.batch_alter_table("appui", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appui_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_appui_activite_code"), ["activite_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_appui_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appui_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appui_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_appui_institution_code"), ["institution_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_appui_region_code"), ["region_code"], unique=False)

    op.create_table(
        "bonne_pratique",
        sa.Column(
            "nature",
            sa.Enum(
                "bonne_pratique",
                "lecon_apprise",
                "avis_dispositif",
                name="nature_pratique",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("titre", sa.String(length=200), nullable=False),
        sa.Column("contexte", sa.Text(), nullable=True),
        sa.Column("enseignement", sa.Text(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("date_constat", sa.Date(), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=True),
        sa.Column("activite_code", sa.String(length=10), nullable=True),
        sa.Column("intervention_code", sa.String(length=60), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "brouillon",
                "soumis",
                "retourne",
                "valide",
                "remplace",
                name="etat_suivi",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("soumis_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("valide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("note_retour", sa.Text(), nullable=True),
        sa.Column("retour_avant_le", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        sa.Column("valide_par_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("acteur_code", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)",
            name=op.f("ck_bonne_pratique_validation_par_un_autre"),
        ),
        sa.CheckConstraint("titre <> ''", name=op.f("ck_bonne_pratique_titree")),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_bonne_pratique_acteur_code")),
        sa.ForeignKeyConstraint(["activite_code"], ["activite.code"], name=op.f("fk_bonne_pratique_activite_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_bonne_pratique_auteur_id")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_bonne_pratique_depot_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_bonne_pratique_region_code")),
        sa.ForeignKeyConstraint(["valide_par_id"], ["compte.id"], name=op.f("fk_bonne_pratique_valide_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bonne_pratique")),
    )
    with op.batch_alter_table("bonne_pratique", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bonne_pratique_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_bonne_pratique_activite_code"), ["activite_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_bonne_pratique_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bonne_pratique_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bonne_pratique_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_bonne_pratique_region_code"), ["region_code"], unique=False)

    op.create_table(
        "etape_perennisation",
        sa.Column(
            "nature",
            sa.Enum(
                "adoption", "evaluation", name="nature_etape", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("date_etape", sa.Date(), nullable=False),
        sa.Column("rencontre_code", sa.String(length=60), nullable=True),
        sa.Column("constat", sa.Text(), nullable=True),
        sa.Column("ajustements", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "brouillon",
                "soumis",
                "retourne",
                "valide",
                "remplace",
                name="etat_suivi",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("soumis_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("valide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("note_retour", sa.Text(), nullable=True),
        sa.Column("retour_avant_le", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        sa.Column("valide_par_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("acteur_code", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)",
            name=op.f("ck_etape_perennisation_validation_par_un_autre"),
        ),
        sa.CheckConstraint(
            "nature <> 'adoption' or rencontre_code is not null",
            name=op.f("ck_etape_perennisation_adoptee_en_rencontre"),
        ),
        sa.CheckConstraint("region_code is null", name=op.f("ck_etape_perennisation_nationale")),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_etape_perennisation_acteur_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_etape_perennisation_auteur_id")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_etape_perennisation_depot_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_etape_perennisation_region_code")),
        sa.ForeignKeyConstraint(["valide_par_id"], ["compte.id"], name=op.f("fk_etape_perennisation_valide_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_etape_perennisation")),
    )
    with op.batch_alter_table("etape_perennisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_etape_perennisation_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_etape_perennisation_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_etape_perennisation_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_etape_perennisation_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_etape_perennisation_region_code"), ["region_code"], unique=False)
        batch_op.create_index(
            "uq_etape_perennisation_validee",
            ["nature", "date_etape"],
            unique=True,
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )

    op.create_table(
        "membre_instance",
        sa.Column("instance_code", sa.String(length=40), nullable=False),
        sa.Column("membre_code", sa.String(length=60), nullable=False),
        sa.Column(
            "college",
            sa.Enum(
                "etat",
                "collectivites",
                "ptf",
                "osc",
                "recherche",
                "prive",
                name="college",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("observateur", sa.Boolean(), nullable=False),
        sa.Column("admis_le", sa.Date(), nullable=True),
        sa.Column("sorti_le", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "brouillon",
                "soumis",
                "retourne",
                "valide",
                "remplace",
                name="etat_suivi",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("soumis_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("valide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("note_retour", sa.Text(), nullable=True),
        sa.Column("retour_avant_le", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        sa.Column("valide_par_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("acteur_code", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)",
            name=op.f("ck_membre_instance_validation_par_un_autre"),
        ),
        sa.CheckConstraint(
            "sorti_le is null or admis_le is null or sorti_le >= admis_le",
            name=op.f("ck_membre_instance_sortie_apres_admission"),
        ),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_membre_instance_acteur_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_membre_instance_auteur_id")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_membre_instance_depot_id")),
        sa.ForeignKeyConstraint(["instance_code"], ["instance.code"], name=op.f("fk_membre_instance_instance_code")),
        sa.ForeignKeyConstraint(["membre_code"], ["acteur.code"], name=op.f("fk_membre_instance_membre_code")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_membre_instance_region_code")),
        sa.ForeignKeyConstraint(["valide_par_id"], ["compte.id"], name=op.f("fk_membre_instance_valide_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membre_instance")),
    )
    with op.batch_alter_table("membre_instance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membre_instance_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_membre_instance_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membre_instance_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membre_instance_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_membre_instance_instance_code"), ["instance_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_membre_instance_membre_code"), ["membre_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_membre_instance_region_code"), ["region_code"], unique=False)
        batch_op.create_index(
            "uq_membre_instance_valide",
            ["instance_code", "membre_code"],
            unique=True,
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )

    op.create_table(
        "note_evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column(
            "critere",
            sa.Enum(
                "pertinence",
                "coherence",
                "efficacite",
                "efficience",
                "impact",
                "viabilite",
                "valeur_ajoutee",
                "appropriation",
                "conformite_pnm",
                "conformite_pmm",
                name="critere",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Integer(), nullable=True),
        sa.Column("justification", sa.Text(), nullable=True),
        sa.CheckConstraint("note between 1 and 4", name=op.f("ck_note_evaluation_note_1_4")),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluation.id"], name=op.f("fk_note_evaluation_evaluation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_evaluation")),
        sa.UniqueConstraint("evaluation_id", "critere", name=op.f("uq_note_evaluation_evaluation_id_critere")),
    )
    with op.batch_alter_table("note_evaluation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_evaluation_evaluation_id"), ["evaluation_id"], unique=False)

    op.create_table(
        "partenariat",
        sa.Column(
            "type",
            sa.Enum(
                "rencontre",
                "outil",
                "convention",
                "voyage",
                name="type_partenariat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "niveau",
            sa.Enum(
                "bilateral",
                "regional",
                "international",
                name="niveau_partenariat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("intitule", sa.String(length=200), nullable=False),
        sa.Column("date_debut", sa.Date(), nullable=False),
        sa.Column("date_fin", sa.Date(), nullable=True),
        sa.Column("partenaire", sa.String(length=200), nullable=True),
        sa.Column("partenaires_codes", sa.Text(), nullable=True),
        sa.Column("pays", sa.String(length=120), nullable=True),
        sa.Column("activite_code", sa.String(length=10), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "brouillon",
                "soumis",
                "retourne",
                "valide",
                "remplace",
                name="etat_suivi",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("soumis_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("valide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("note_retour", sa.Text(), nullable=True),
        sa.Column("retour_avant_le", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        sa.Column("valide_par_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("acteur_code", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)",
            name=op.f("ck_partenariat_validation_par_un_autre"),
        ),
        sa.CheckConstraint("date_fin is null or date_fin >= date_debut", name=op.f("ck_partenariat_fin_apres_debut")),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_partenariat_acteur_code")),
        sa.ForeignKeyConstraint(["activite_code"], ["activite.code"], name=op.f("fk_partenariat_activite_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_partenariat_auteur_id")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_partenariat_depot_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_partenariat_region_code")),
        sa.ForeignKeyConstraint(["valide_par_id"], ["compte.id"], name=op.f("fk_partenariat_valide_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partenariat")),
    )
    with op.batch_alter_table("partenariat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partenariat_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_partenariat_activite_code"), ["activite_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_partenariat_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_partenariat_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_partenariat_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_partenariat_region_code"), ["region_code"], unique=False)
        batch_op.create_index(
            "uq_partenariat_valide",
            ["type", "intitule", "date_debut"],
            unique=True,
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )

    op.create_table(
        "point_ordre_du_jour",
        sa.Column("rencontre_code", sa.String(length=60), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("intitule", sa.Text(), nullable=False),
        sa.Column("points_cles", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "brouillon",
                "soumis",
                "retourne",
                "valide",
                "remplace",
                name="etat_suivi",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("soumis_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("valide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("note_retour", sa.Text(), nullable=True),
        sa.Column("retour_avant_le", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        sa.Column("valide_par_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("acteur_code", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)",
            name=op.f("ck_point_ordre_du_jour_validation_par_un_autre"),
        ),
        sa.CheckConstraint("numero >= 1", name=op.f("ck_point_ordre_du_jour_numero_positif")),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_point_ordre_du_jour_acteur_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_point_ordre_du_jour_auteur_id")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_point_ordre_du_jour_depot_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_point_ordre_du_jour_region_code")),
        sa.ForeignKeyConstraint(["valide_par_id"], ["compte.id"], name=op.f("fk_point_ordre_du_jour_valide_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_ordre_du_jour")),
    )
    with op.batch_alter_table("point_ordre_du_jour", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_point_ordre_du_jour_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_ordre_du_jour_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_ordre_du_jour_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_ordre_du_jour_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_ordre_du_jour_region_code"), ["region_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_ordre_du_jour_rencontre_code"), ["rencontre_code"], unique=False)
        batch_op.create_index(
            "uq_point_ordre_du_jour_valide",
            ["rencontre_code", "numero"],
            unique=True,
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )

    op.create_table(
        "poste_spccm",
        sa.Column("intitule", sa.String(length=200), nullable=False),
        sa.Column(
            "payeur",
            sa.Enum(
                "etat",
                "partenaire",
                "partage",
                "vacant",
                name="payeur",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("partenaire_code", sa.String(length=60), nullable=True),
        sa.Column("depuis", sa.Date(), nullable=True),
        sa.Column("jusqua", sa.Date(), nullable=True),
        sa.Column("part_2022", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("part_2023", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("part_2024", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("part_2025", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("part_2026", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "brouillon",
                "soumis",
                "retourne",
                "valide",
                "remplace",
                name="etat_suivi",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("soumis_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("valide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("note_retour", sa.Text(), nullable=True),
        sa.Column("retour_avant_le", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        sa.Column("valide_par_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("acteur_code", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)",
            name=op.f("ck_poste_spccm_validation_par_un_autre"),
        ),
        sa.CheckConstraint(
            "payeur <> 'partenaire' or partenaire_code is not null", name=op.f("ck_poste_spccm_partenaire_nomme")
        ),
        sa.CheckConstraint(
            "jusqua is null or depuis is null or jusqua >= depuis", name=op.f("ck_poste_spccm_fin_apres_debut")
        ),
        sa.CheckConstraint(
            "part_2022 between 0 and 100 and part_2023 between 0 and 100 and part_2024 between 0 and "
            "100 and part_2025 between 0 and 100 and part_2026 between 0 and 100",
            name=op.f("ck_poste_spccm_parts_0_100"),
        ),
        sa.CheckConstraint("region_code is null", name=op.f("ck_poste_spccm_nationale")),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_poste_spccm_acteur_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_poste_spccm_auteur_id")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_poste_spccm_depot_id")),
        sa.ForeignKeyConstraint(["partenaire_code"], ["acteur.code"], name=op.f("fk_poste_spccm_partenaire_code")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_poste_spccm_region_code")),
        sa.ForeignKeyConstraint(["valide_par_id"], ["compte.id"], name=op.f("fk_poste_spccm_valide_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poste_spccm")),
    )
    with op.batch_alter_table("poste_spccm", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poste_spccm_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_poste_spccm_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_poste_spccm_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_poste_spccm_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_poste_spccm_region_code"), ["region_code"], unique=False)
        batch_op.create_index(
            "uq_poste_spccm_valide",
            ["intitule"],
            unique=True,
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )

    op.create_table(
        "produit_communication",
        sa.Column("intitule", sa.String(length=200), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "affiche",
                "depliant",
                "bulletin",
                "emission_radio",
                "video",
                "article",
                "page_web",
                "autre",
                name="type_produit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("date_diffusion", sa.Date(), nullable=False),
        sa.Column("langues", sa.Text(), nullable=True),
        sa.Column("public_cible", sa.Text(), nullable=True),
        sa.Column("exemplaires", sa.Integer(), nullable=True),
        sa.Column("activite_code", sa.String(length=10), nullable=True),
        sa.Column("lien", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "brouillon",
                "soumis",
                "retourne",
                "valide",
                "remplace",
                name="etat_suivi",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("soumis_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("valide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("note_retour", sa.Text(), nullable=True),
        sa.Column("retour_avant_le", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        sa.Column("valide_par_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("acteur_code", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)",
            name=op.f("ck_produit_communication_validation_par_un_autre"),
        ),
        sa.CheckConstraint("exemplaires >= 0", name=op.f("ck_produit_communication_exemplaires_positifs")),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_produit_communication_acteur_code")),
        sa.ForeignKeyConstraint(
            ["activite_code"], ["activite.code"], name=op.f("fk_produit_communication_activite_code")
        ),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_produit_communication_auteur_id")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_produit_communication_depot_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_produit_communication_region_code")),
        sa.ForeignKeyConstraint(["valide_par_id"], ["compte.id"], name=op.f("fk_produit_communication_valide_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_produit_communication")),
    )
    with op.batch_alter_table("produit_communication", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_produit_communication_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_produit_communication_activite_code"), ["activite_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_produit_communication_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_produit_communication_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_produit_communication_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_produit_communication_region_code"), ["region_code"], unique=False)

    op.create_table(
        "recommandation",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("rencontre_code", sa.String(length=60), nullable=False),
        sa.Column("point_numero", sa.Integer(), nullable=True),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("responsable_code", sa.String(length=60), nullable=True),
        sa.Column("echeance", sa.Date(), nullable=True),
        sa.Column("activite_code", sa.String(length=10), nullable=True),
        sa.Column("indicateur_code", sa.String(length=10), nullable=True),
        sa.Column("acteurs_lies", sa.Text(), nullable=True),
        sa.Column(
            "statut",
            sa.Enum(
                "a_faire",
                "en_cours",
                "realisee",
                "abandonnee",
                name="statut_recommandation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("realisee_le", sa.Date(), nullable=True),
        sa.Column("preuve", sa.Text(), nullable=True),
        sa.Column("reconduite_par", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "brouillon",
                "soumis",
                "retourne",
                "valide",
                "remplace",
                name="etat_suivi",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("soumis_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("valide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("note_retour", sa.Text(), nullable=True),
        sa.Column("retour_avant_le", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        sa.Column("valide_par_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("acteur_code", sa.String(length=60), nullable=True),
        sa.CheckConstraint("code <> '' and texte <> ''", name=op.f("ck_recommandation_dite")),
        sa.CheckConstraint(
            "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)",
            name=op.f("ck_recommandation_validation_par_un_autre"),
        ),
        sa.CheckConstraint(
            "statut <> 'realisee' or realisee_le is not null", name=op.f("ck_recommandation_realisee_a_une_date")
        ),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_recommandation_acteur_code")),
        sa.ForeignKeyConstraint(["activite_code"], ["activite.code"], name=op.f("fk_recommandation_activite_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_recommandation_auteur_id")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_recommandation_depot_id")),
        sa.ForeignKeyConstraint(
            ["indicateur_code"], ["indicateur.code"], name=op.f("fk_recommandation_indicateur_code")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_recommandation_region_code")),
        sa.ForeignKeyConstraint(["responsable_code"], ["acteur.code"], name=op.f("fk_recommandation_responsable_code")),
        sa.ForeignKeyConstraint(["valide_par_id"], ["compte.id"], name=op.f("fk_recommandation_valide_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommandation")),
    )
    with op.batch_alter_table("recommandation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommandation_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_recommandation_activite_code"), ["activite_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_recommandation_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recommandation_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recommandation_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_recommandation_region_code"), ["region_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_recommandation_rencontre_code"), ["rencontre_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_recommandation_responsable_code"), ["responsable_code"], unique=False)
        batch_op.create_index(
            "uq_recommandation_validee",
            ["code"],
            unique=True,
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )

    op.create_table(
        "rencontre",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("instance_code", sa.String(length=40), nullable=False),
        sa.Column("intitule", sa.String(length=200), nullable=True),
        sa.Column("date_rencontre", sa.Date(), nullable=False),
        sa.Column("heure", sa.String(length=5), nullable=True),
        sa.Column("lieu", sa.String(length=160), nullable=True),
        sa.Column(
            "nature",
            sa.Enum(
                "ordinaire",
                "demande_membre",
                "extraordinaire",
                "journee_migrants",
                name="nature_rencontre",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("demandeur_code", sa.String(length=60), nullable=True),
        sa.Column("annulee", sa.Boolean(), nullable=False),
        sa.Column("presents", sa.Text(), nullable=True),
        sa.Column("dossier_partage_le", sa.Date(), nullable=True),
        sa.Column("documents", sa.Text(), nullable=True),
        sa.Column("proces_verbal", sa.Text(), nullable=True),
        sa.Column("suites", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "brouillon",
                "soumis",
                "retourne",
                "valide",
                "remplace",
                name="etat_suivi",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("soumis_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("valide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("note_retour", sa.Text(), nullable=True),
        sa.Column("retour_avant_le", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        sa.Column("valide_par_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("acteur_code", sa.String(length=60), nullable=True),
        sa.CheckConstraint("code <> ''", name=op.f("ck_rencontre_a_un_code")),
        sa.CheckConstraint(
            "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)",
            name=op.f("ck_rencontre_validation_par_un_autre"),
        ),
        sa.CheckConstraint(
            "nature <> 'demande_membre' or demandeur_code is not null", name=op.f("ck_rencontre_demande_a_un_demandeur")
        ),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_rencontre_acteur_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_rencontre_auteur_id")),
        sa.ForeignKeyConstraint(["demandeur_code"], ["acteur.code"], name=op.f("fk_rencontre_demandeur_code")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_rencontre_depot_id")),
        sa.ForeignKeyConstraint(["instance_code"], ["instance.code"], name=op.f("fk_rencontre_instance_code")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_rencontre_region_code")),
        sa.ForeignKeyConstraint(["valide_par_id"], ["compte.id"], name=op.f("fk_rencontre_valide_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rencontre")),
    )
    with op.batch_alter_table("rencontre", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rencontre_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_rencontre_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rencontre_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rencontre_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_rencontre_instance_code"), ["instance_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_rencontre_region_code"), ["region_code"], unique=False)
        batch_op.create_index(
            "uq_rencontre_validee",
            ["code"],
            unique=True,
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )

    op.create_table(
        "reprise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_code", sa.String(length=20), nullable=False),
        sa.Column("activite_code", sa.String(length=10), nullable=False),
        sa.Column(
            "suite",
            sa.Enum(
                "reprise", "non_reprise", name="suite_activite", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("decide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.CheckConstraint("motif <> ''", name=op.f("ck_reprise_motivee")),
        sa.ForeignKeyConstraint(["activite_code"], ["activite.code"], name=op.f("fk_reprise_activite_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_reprise_auteur_id")),
        sa.ForeignKeyConstraint(["plan_code"], ["plan_suivant.code"], name=op.f("fk_reprise_plan_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reprise")),
        sa.UniqueConstraint("plan_code", "activite_code", name=op.f("uq_reprise_plan_code_activite_code")),
    )
    with op.batch_alter_table("reprise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reprise_plan_code"), ["plan_code"], unique=False)

    op.create_table(
        "sensibilisation",
        sa.Column(
            "nature",
            sa.Enum(
                "mission",
                "session",
                "journee_echanges",
                "formation",
                name="nature_sensibilisation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("intitule", sa.String(length=200), nullable=False),
        sa.Column("date_debut", sa.Date(), nullable=False),
        sa.Column("date_fin", sa.Date(), nullable=True),
        sa.Column("lieu", sa.String(length=160), nullable=True),
        sa.Column("activite_code", sa.String(length=10), nullable=True),
        sa.Column("organisateurs", sa.Text(), nullable=True),
        sa.Column("comites_formes", sa.Text(), nullable=True),
        sa.Column("etat_femmes", sa.Integer(), nullable=True),
        sa.Column("etat_hommes", sa.Integer(), nullable=True),
        sa.Column("collectivites_femmes", sa.Integer(), nullable=True),
        sa.Column("collectivites_hommes", sa.Integer(), nullable=True),
        sa.Column("osc_femmes", sa.Integer(), nullable=True),
        sa.Column("osc_hommes", sa.Integer(), nullable=True),
        sa.Column("prive_femmes", sa.Integer(), nullable=True),
        sa.Column("prive_hommes", sa.Integer(), nullable=True),
        sa.Column("population_femmes", sa.Integer(), nullable=True),
        sa.Column("population_hommes", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "brouillon",
                "soumis",
                "retourne",
                "valide",
                "remplace",
                name="etat_suivi",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("soumis_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("valide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("note_retour", sa.Text(), nullable=True),
        sa.Column("retour_avant_le", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        sa.Column("valide_par_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("acteur_code", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)",
            name=op.f("ck_sensibilisation_validation_par_un_autre"),
        ),
        sa.CheckConstraint(
            "date_fin is null or date_fin >= date_debut", name=op.f("ck_sensibilisation_fin_apres_debut")
        ),
        sa.CheckConstraint(
            "etat_femmes >= 0 and etat_hommes >= 0 and collectivites_femmes >= 0 and "
            "collectivites_hommes >= 0 and osc_femmes >= 0 and osc_hommes >= 0 and "
            "prive_femmes >= 0 and prive_hommes >= 0 and population_femmes >= 0 and "
            "population_hommes >= 0",
            name=op.f("ck_sensibilisation_effectifs_positifs"),
        ),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_sensibilisation_acteur_code")),
        sa.ForeignKeyConstraint(["activite_code"], ["activite.code"], name=op.f("fk_sensibilisation_activite_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_sensibilisation_auteur_id")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_sensibilisation_depot_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_sensibilisation_region_code")),
        sa.ForeignKeyConstraint(["valide_par_id"], ["compte.id"], name=op.f("fk_sensibilisation_valide_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sensibilisation")),
    )
    with op.batch_alter_table("sensibilisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sensibilisation_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_sensibilisation_activite_code"), ["activite_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_sensibilisation_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sensibilisation_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sensibilisation_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_sensibilisation_region_code"), ["region_code"], unique=False)

    op.create_table(
        "suivi_hypothese",
        sa.Column("objectif_code", sa.String(length=10), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "hypothese", "risque", name="nature_hypothese", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("date_constat", sa.Date(), nullable=False),
        sa.Column(
            "niveau",
            sa.Enum(
                "maitrise",
                "incertain",
                "critique",
                name="etat_hypothese",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("constat", sa.Text(), nullable=True),
        sa.Column("mitigation", sa.Text(), nullable=True),
        sa.Column("responsable_code", sa.String(length=60), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "brouillon",
                "soumis",
                "retourne",
                "valide",
                "remplace",
                name="etat_suivi",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("soumis_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("valide_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("note_retour", sa.Text(), nullable=True),
        sa.Column("retour_avant_le", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        sa.Column("valide_par_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("acteur_code", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)",
            name=op.f("ck_suivi_hypothese_validation_par_un_autre"),
        ),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_suivi_hypothese_acteur_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_suivi_hypothese_auteur_id")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_suivi_hypothese_depot_id")),
        sa.ForeignKeyConstraint(["objectif_code"], ["objectif.code"], name=op.f("fk_suivi_hypothese_objectif_code")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_suivi_hypothese_region_code")),
        sa.ForeignKeyConstraint(
            ["responsable_code"], ["acteur.code"], name=op.f("fk_suivi_hypothese_responsable_code")
        ),
        sa.ForeignKeyConstraint(["valide_par_id"], ["compte.id"], name=op.f("fk_suivi_hypothese_valide_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suivi_hypothese")),
    )
    with op.batch_alter_table("suivi_hypothese", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suivi_hypothese_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_suivi_hypothese_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suivi_hypothese_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suivi_hypothese_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_suivi_hypothese_objectif_code"), ["objectif_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_suivi_hypothese_region_code"), ["region_code"], unique=False)
        batch_op.create_index(
            "uq_suivi_hypothese_valide",
            ["objectif_code", "nature", "date_constat"],
            unique=True,
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )

    for nom, table, colonnes in VALIDES:
        op.create_index(
            nom,
            table,
            [sa.literal_column(c) for c in colonnes],
            unique=True,
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )
    op.create_index(
        "uq_regle_quorum_en_vigueur",
        "regle_quorum",
        ["instance_code", sa.literal_column("coalesce(college, '')")],
        unique=True,
        sqlite_where=sa.text("remplace_le is null"),
        postgresql_where=sa.text("remplace_le is null"),
    )
    with op.batch_alter_table("comite_veille", schema=None) as batch_op:
        batch_op.add_column(sa.Column("date_dissolution", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("comite_veille", schema=None) as batch_op:
        batch_op.drop_column("date_dissolution")

    with op.batch_alter_table("suivi_hypothese", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_suivi_hypothese_valide",
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )
        batch_op.drop_index(batch_op.f("ix_suivi_hypothese_region_code"))
        batch_op.drop_index(batch_op.f("ix_suivi_hypothese_objectif_code"))
        batch_op.drop_index(batch_op.f("ix_suivi_hypothese_etat"))
        batch_op.drop_index(batch_op.f("ix_suivi_hypothese_depot_id"))
        batch_op.drop_index(batch_op.f("ix_suivi_hypothese_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_suivi_hypothese_acteur_code"))

    op.drop_table("suivi_hypothese")
    with op.batch_alter_table("sensibilisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sensibilisation_region_code"))
        batch_op.drop_index(batch_op.f("ix_sensibilisation_etat"))
        batch_op.drop_index(batch_op.f("ix_sensibilisation_depot_id"))
        batch_op.drop_index(batch_op.f("ix_sensibilisation_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_sensibilisation_activite_code"))
        batch_op.drop_index(batch_op.f("ix_sensibilisation_acteur_code"))

    op.drop_table("sensibilisation")
    with op.batch_alter_table("reprise", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reprise_plan_code"))

    op.drop_table("reprise")
    with op.batch_alter_table("rencontre", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_rencontre_validee", sqlite_where=sa.text("etat = 'valide'"), postgresql_where=sa.text("etat = 'valide'")
        )
        batch_op.drop_index(batch_op.f("ix_rencontre_region_code"))
        batch_op.drop_index(batch_op.f("ix_rencontre_instance_code"))
        batch_op.drop_index(batch_op.f("ix_rencontre_etat"))
        batch_op.drop_index(batch_op.f("ix_rencontre_depot_id"))
        batch_op.drop_index(batch_op.f("ix_rencontre_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_rencontre_acteur_code"))

    op.drop_table("rencontre")
    with op.batch_alter_table("recommandation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_recommandation_validee",
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )
        batch_op.drop_index(batch_op.f("ix_recommandation_responsable_code"))
        batch_op.drop_index(batch_op.f("ix_recommandation_rencontre_code"))
        batch_op.drop_index(batch_op.f("ix_recommandation_region_code"))
        batch_op.drop_index(batch_op.f("ix_recommandation_etat"))
        batch_op.drop_index(batch_op.f("ix_recommandation_depot_id"))
        batch_op.drop_index(batch_op.f("ix_recommandation_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_recommandation_activite_code"))
        batch_op.drop_index(batch_op.f("ix_recommandation_acteur_code"))

    op.drop_table("recommandation")
    with op.batch_alter_table("produit_communication", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_produit_communication_region_code"))
        batch_op.drop_index(batch_op.f("ix_produit_communication_etat"))
        batch_op.drop_index(batch_op.f("ix_produit_communication_depot_id"))
        batch_op.drop_index(batch_op.f("ix_produit_communication_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_produit_communication_activite_code"))
        batch_op.drop_index(batch_op.f("ix_produit_communication_acteur_code"))

    op.drop_table("produit_communication")
    with op.batch_alter_table("poste_spccm", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_poste_spccm_valide",
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )
        batch_op.drop_index(batch_op.f("ix_poste_spccm_region_code"))
        batch_op.drop_index(batch_op.f("ix_poste_spccm_etat"))
        batch_op.drop_index(batch_op.f("ix_poste_spccm_depot_id"))
        batch_op.drop_index(batch_op.f("ix_poste_spccm_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_poste_spccm_acteur_code"))

    op.drop_table("poste_spccm")
    with op.batch_alter_table("point_ordre_du_jour", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_point_ordre_du_jour_valide",
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )
        batch_op.drop_index(batch_op.f("ix_point_ordre_du_jour_rencontre_code"))
        batch_op.drop_index(batch_op.f("ix_point_ordre_du_jour_region_code"))
        batch_op.drop_index(batch_op.f("ix_point_ordre_du_jour_etat"))
        batch_op.drop_index(batch_op.f("ix_point_ordre_du_jour_depot_id"))
        batch_op.drop_index(batch_op.f("ix_point_ordre_du_jour_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_point_ordre_du_jour_acteur_code"))

    op.drop_table("point_ordre_du_jour")
    with op.batch_alter_table("partenariat", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_partenariat_valide",
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )
        batch_op.drop_index(batch_op.f("ix_partenariat_region_code"))
        batch_op.drop_index(batch_op.f("ix_partenariat_etat"))
        batch_op.drop_index(batch_op.f("ix_partenariat_depot_id"))
        batch_op.drop_index(batch_op.f("ix_partenariat_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_partenariat_activite_code"))
        batch_op.drop_index(batch_op.f("ix_partenariat_acteur_code"))

    op.drop_table("partenariat")
    with op.batch_alter_table("note_evaluation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_evaluation_evaluation_id"))

    op.drop_table("note_evaluation")
    with op.batch_alter_table("membre_instance", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membre_instance_valide",
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )
        batch_op.drop_index(batch_op.f("ix_membre_instance_region_code"))
        batch_op.drop_index(batch_op.f("ix_membre_instance_membre_code"))
        batch_op.drop_index(batch_op.f("ix_membre_instance_instance_code"))
        batch_op.drop_index(batch_op.f("ix_membre_instance_etat"))
        batch_op.drop_index(batch_op.f("ix_membre_instance_depot_id"))
        batch_op.drop_index(batch_op.f("ix_membre_instance_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_membre_instance_acteur_code"))

    op.drop_table("membre_instance")
    with op.batch_alter_table("etape_perennisation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_etape_perennisation_validee",
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )
        batch_op.drop_index(batch_op.f("ix_etape_perennisation_region_code"))
        batch_op.drop_index(batch_op.f("ix_etape_perennisation_etat"))
        batch_op.drop_index(batch_op.f("ix_etape_perennisation_depot_id"))
        batch_op.drop_index(batch_op.f("ix_etape_perennisation_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_etape_perennisation_acteur_code"))

    op.drop_table("etape_perennisation")
    with op.batch_alter_table("bonne_pratique", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bonne_pratique_region_code"))
        batch_op.drop_index(batch_op.f("ix_bonne_pratique_etat"))
        batch_op.drop_index(batch_op.f("ix_bonne_pratique_depot_id"))
        batch_op.drop_index(batch_op.f("ix_bonne_pratique_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_bonne_pratique_activite_code"))
        batch_op.drop_index(batch_op.f("ix_bonne_pratique_acteur_code"))

    op.drop_table("bonne_pratique")
    with op.batch_alter_table("appui", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appui_region_code"))
        batch_op.drop_index(batch_op.f("ix_appui_institution_code"))
        batch_op.drop_index(batch_op.f("ix_appui_etat"))
        batch_op.drop_index(batch_op.f("ix_appui_depot_id"))
        batch_op.drop_index(batch_op.f("ix_appui_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_appui_activite_code"))
        batch_op.drop_index(batch_op.f("ix_appui_acteur_code"))

    op.drop_table("appui")
    with op.batch_alter_table("activite_suivante", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activite_suivante_plan_code"))

    op.drop_table("activite_suivante")
    op.drop_table("regle_quorum")
    op.drop_table("plan_suivant")
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_evaluation_vivante",
            sqlite_where=sa.text("annulee_le is null"),
            postgresql_where=sa.text("annulee_le is null"),
        )
        batch_op.drop_index(batch_op.f("ix_evaluation_partenaire_code"))
        batch_op.drop_index(batch_op.f("ix_evaluation_objet_code"))

    op.drop_table("evaluation")
    with op.batch_alter_table("accuse_lecture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accuse_lecture_rencontre_code"))

    op.drop_table("accuse_lecture")
    with op.batch_alter_table("instance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instance_region_code"))

    op.drop_table("instance")
