"""The register of interventions, requests and pledges, verdicts, programming documents.

Revision ID: coordination
Revises: premier
"""

import sqlalchemy as sa
from alembic import op

import ccm_data.models.base

revision = "coordination"
down_revision = "premier"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "terme",
        sa.Column(
            "liste",
            sa.Enum("theme", "statut", name="liste_termes", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("libelle", sa.String(length=120), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("actif", sa.Boolean(), nullable=False),
        sa.Column("modifie_spccm", sa.Boolean(), nullable=False),
        sa.CheckConstraint("code <> '' and libelle <> ''", name=op.f("ck_terme_nomme")),
        sa.PrimaryKeyConstraint("liste", "code", name=op.f("pk_terme")),
    )
    op.create_table(
        "document_programmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("acteur_code", sa.String(length=60), nullable=False),
        sa.Column("titre", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=False),
        sa.Column("resultat", sa.Text(), nullable=True),
        sa.Column("doublons_trouves", sa.Integer(), nullable=True),
        sa.Column("analyse_le", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retire_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(resultat is null) = (analyse_le is null)", name=op.f("ck_document_programmation_analyse_datee")
        ),
        sa.CheckConstraint("doublons_trouves >= 0", name=op.f("ck_document_programmation_compte_positif")),
        sa.CheckConstraint("fin >= debut", name=op.f("ck_document_programmation_fin_apres_debut")),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_document_programmation_acteur_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_document_programmation_auteur_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_programmation")),
    )
    with op.batch_alter_table("document_programmation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_programmation_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_programmation_auteur_id"), ["auteur_id"], unique=False)

    op.create_table(
        "reponse_paire",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_a", sa.String(length=60), nullable=False),
        sa.Column("code_b", sa.String(length=60), nullable=False),
        sa.Column("acteur_code", sa.String(length=60), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("quand", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.CheckConstraint("texte <> ''", name=op.f("ck_reponse_paire_dit_quelque_chose")),
        sa.CheckConstraint("code_a < code_b", name=op.f("ck_reponse_paire_paire_ordonnee")),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_reponse_paire_acteur_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_reponse_paire_auteur_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reponse_paire")),
    )
    with op.batch_alter_table("reponse_paire", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reponse_paire_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_reponse_paire_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index("ix_reponse_paire_codes", ["code_a", "code_b"], unique=False)

    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_a", sa.String(length=60), nullable=False),
        sa.Column("code_b", sa.String(length=60), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "doublon",
                "double_declaration",
                "complementaire",
                "distinct",
                name="verdict_paire",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("rendu_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("porteur_code", sa.String(length=60), nullable=True),
        sa.Column("montant_commun_fcfa", sa.BigInteger(), nullable=True),
        sa.Column(
            "suite",
            sa.Enum(
                "fusion",
                "repartition_convenue",
                "maintenu",
                "arret",
                name="suite_verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("suite_le", sa.Date(), nullable=True),
        sa.Column("suite_note", sa.Text(), nullable=True),
        sa.Column("revoque_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=True),
        sa.Column("revoque_par_id", sa.Integer(), nullable=True),
        sa.Column("revoque_motif", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "verdict <> 'double_declaration' or "
            "(porteur_code is not null and montant_commun_fcfa is not null and montant_commun_fcfa >= 0)",
            name=op.f("ck_verdict_argent_porte"),
        ),
        sa.CheckConstraint(
            "(revoque_le is null) = (revoque_par_id is null)", name=op.f("ck_verdict_revocation_signee")
        ),
        sa.CheckConstraint("(suite is null) = (suite_le is null)", name=op.f("ck_verdict_suite_datee")),
        sa.CheckConstraint("code_a < code_b", name=op.f("ck_verdict_paire_ordonnee")),
        sa.CheckConstraint(
            "porteur_code is null or porteur_code in (code_a, code_b)", name=op.f("ck_verdict_porteur_de_la_paire")
        ),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_verdict_auteur_id")),
        sa.ForeignKeyConstraint(["revoque_par_id"], ["compte.id"], name=op.f("fk_verdict_revoque_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
    )
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verdict_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(
            "uq_verdict_en_vigueur",
            ["code_a", "code_b"],
            unique=True,
            sqlite_where=sa.text("revoque_le is null"),
            postgresql_where=sa.text("revoque_le is null"),
        )

    op.create_table(
        "intervention",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("titre", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("partenaires", sa.Text(), nullable=True),
        sa.Column("bailleurs", sa.Text(), nullable=True),
        sa.Column("themes", sa.Text(), nullable=True),
        sa.Column("objectifs_pmm", sa.Text(), nullable=True),
        sa.Column("regions", sa.Text(), nullable=True),
        sa.Column("parts_regions", sa.Text(), nullable=True),
        sa.Column("parts_themes", sa.Text(), nullable=True),
        sa.Column("localites", sa.Text(), nullable=True),
        sa.Column("public_cible", sa.Text(), nullable=True),
        sa.Column("date_debut", sa.Date(), nullable=True),
        sa.Column("date_fin", sa.Date(), nullable=True),
        sa.Column("budget_fcfa", sa.BigInteger(), nullable=True),
        sa.Column("montant_origine", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("devise", sa.String(length=3), nullable=False),
        sa.Column("taux", sa.Numeric(precision=18, scale=6), nullable=True),
        sa.Column("taux_source", sa.Text(), nullable=True),
        sa.Column("mobilise_fcfa", sa.BigInteger(), nullable=True),
        sa.Column("decaisse_fcfa", sa.BigInteger(), nullable=True),
        sa.Column("statut", sa.String(length=60), nullable=False),
        sa.Column("activite_code", sa.String(length=10), nullable=True),
        sa.Column("reference_pnm", sa.String(length=120), nullable=True),
        sa.Column("beneficiaires_vises", sa.Integer(), nullable=True),
        sa.Column("beneficiaires_atteints", sa.Integer(), nullable=True),
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
            "devise = 'XOF' or (montant_origine is not null and taux is not null)",
            name=op.f("ck_intervention_devise_et_taux"),
        ),
        sa.CheckConstraint(
            "etat <> 'valide' or (valide_le is not null and valide_par_id is not null and valide_par_id <> auteur_id)",
            name=op.f("ck_intervention_validation_par_un_autre"),
        ),
        sa.CheckConstraint("acteur_code is not null", name=op.f("ck_intervention_a_un_chef_de_file")),
        sa.CheckConstraint(
            "beneficiaires_vises >= 0 and beneficiaires_atteints >= 0", name=op.f("ck_intervention_effectifs_positifs")
        ),
        sa.CheckConstraint(
            "budget_fcfa >= 0 and mobilise_fcfa >= 0 and decaisse_fcfa >= 0 and montant_origine >= 0",
            name=op.f("ck_intervention_montants_positifs"),
        ),
        sa.CheckConstraint(
            "date_fin is null or date_debut is null or date_fin >= date_debut",
            name=op.f("ck_intervention_fin_apres_debut"),
        ),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_intervention_acteur_code")),
        sa.ForeignKeyConstraint(["activite_code"], ["activite.code"], name=op.f("fk_intervention_activite_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_intervention_auteur_id")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_intervention_depot_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_intervention_region_code")),
        sa.ForeignKeyConstraint(["valide_par_id"], ["compte.id"], name=op.f("fk_intervention_valide_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
    )
    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intervention_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_intervention_activite_code"), ["activite_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_intervention_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_intervention_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_intervention_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_intervention_region_code"), ["region_code"], unique=False)
        batch_op.create_index(
            "uq_intervention_validee",
            ["code"],
            unique=True,
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )

    op.create_table(
        "requete",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "recue",
                "instruite",
                "transmise",
                "acceptee",
                "financee",
                "refusee",
                name="etat_requete",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("demandeur_code", sa.String(length=60), nullable=True),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("theme", sa.String(length=60), nullable=True),
        sa.Column("activite_code", sa.String(length=10), nullable=True),
        sa.Column("region_code", sa.String(length=10), nullable=True),
        sa.Column("montant_fcfa", sa.BigInteger(), nullable=True),
        sa.Column("destinataires", sa.Text(), nullable=True),
        sa.Column("recue_le", sa.Date(), nullable=False),
        sa.Column("echeance", sa.Date(), nullable=True),
        sa.Column("origine", sa.String(length=140), nullable=True),
        sa.CheckConstraint("objet <> ''", name=op.f("ck_requete_a_un_objet")),
        sa.CheckConstraint("montant_fcfa >= 0", name=op.f("ck_requete_montant_positif")),
        sa.ForeignKeyConstraint(["activite_code"], ["activite.code"], name=op.f("fk_requete_activite_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_requete_auteur_id")),
        sa.ForeignKeyConstraint(["demandeur_code"], ["acteur.code"], name=op.f("fk_requete_demandeur_code")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_requete_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requete")),
        sa.UniqueConstraint("numero", name=op.f("uq_requete_numero")),
    )
    with op.batch_alter_table("requete", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requete_activite_code"), ["activite_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_requete_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_requete_demandeur_code"), ["demandeur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_requete_etat"), ["etat"], unique=False)
        batch_op.create_index(batch_op.f("ix_requete_origine"), ["origine"], unique=False)
        batch_op.create_index(batch_op.f("ix_requete_region_code"), ["region_code"], unique=False)

    op.create_table(
        "etape_requete",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requete_id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "recue",
                "instruite",
                "transmise",
                "acceptee",
                "financee",
                "refusee",
                name="etat_requete",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("quand", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["compte_id"], ["compte.id"], name=op.f("fk_etape_requete_compte_id")),
        sa.ForeignKeyConstraint(["requete_id"], ["requete.id"], name=op.f("fk_etape_requete_requete_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_etape_requete")),
    )
    with op.batch_alter_table("etape_requete", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_etape_requete_compte_id"), ["compte_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_etape_requete_requete_id"), ["requete_id"], unique=False)

    op.create_table(
        "positionnement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requete_id", sa.Integer(), nullable=False),
        sa.Column("acteur_code", sa.String(length=60), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "annonce",
                "confirme",
                "signe",
                "retire",
                name="etat_positionnement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("montant_fcfa", sa.BigInteger(), nullable=True),
        sa.Column("date_prevue", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("change_le", ccm_data.models.base.InstantUTC(timezone=True), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("montant_fcfa >= 0", name=op.f("ck_positionnement_montant_positif")),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_positionnement_acteur_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_positionnement_auteur_id")),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name=op.f("fk_positionnement_intervention_id")
        ),
        sa.ForeignKeyConstraint(["requete_id"], ["requete.id"], name=op.f("fk_positionnement_requete_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_positionnement")),
    )
    with op.batch_alter_table("positionnement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_positionnement_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_positionnement_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_positionnement_intervention_id"), ["intervention_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_positionnement_requete_id"), ["requete_id"], unique=False)
        batch_op.create_index(
            "uq_positionnement_vivant",
            ["requete_id", "acteur_code"],
            unique=True,
            sqlite_where=sa.text("etat <> 'retire'"),
            postgresql_where=sa.text("etat <> 'retire'"),
        )

    with op.batch_alter_table("acteur", schema=None) as batch_op:
        batch_op.add_column(sa.Column("montants_publics", sa.Boolean(), server_default=sa.false(), nullable=False))

    op.create_table(
        "mise_en_relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("acteur_code", sa.String(length=60), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("cree_le", ccm_data.models.base.InstantUTC(), nullable=False),
        sa.Column("faite_le", ccm_data.models.base.InstantUTC(), nullable=True),
        sa.Column("faite_par_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(faite_le is null) = (faite_par_id is null)", name=op.f("ck_mise_en_relation_faite_signee")
        ),
        sa.CheckConstraint("objet <> ''", name=op.f("ck_mise_en_relation_a_un_objet")),
        sa.ForeignKeyConstraint(["acteur_code"], ["acteur.code"], name=op.f("fk_mise_en_relation_acteur_code")),
        sa.ForeignKeyConstraint(["auteur_id"], ["compte.id"], name=op.f("fk_mise_en_relation_auteur_id")),
        sa.ForeignKeyConstraint(["faite_par_id"], ["compte.id"], name=op.f("fk_mise_en_relation_faite_par_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mise_en_relation")),
    )
    with op.batch_alter_table("mise_en_relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mise_en_relation_acteur_code"), ["acteur_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_mise_en_relation_auteur_id"), ["auteur_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("mise_en_relation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mise_en_relation_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_mise_en_relation_acteur_code"))

    op.drop_table("mise_en_relation")
    with op.batch_alter_table("acteur", schema=None) as batch_op:
        batch_op.drop_column("montants_publics")

    with op.batch_alter_table("positionnement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_positionnement_vivant",
            sqlite_where=sa.text("etat <> 'retire'"),
            postgresql_where=sa.text("etat <> 'retire'"),
        )
        batch_op.drop_index(batch_op.f("ix_positionnement_requete_id"))
        batch_op.drop_index(batch_op.f("ix_positionnement_intervention_id"))
        batch_op.drop_index(batch_op.f("ix_positionnement_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_positionnement_acteur_code"))

    op.drop_table("positionnement")
    with op.batch_alter_table("etape_requete", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_etape_requete_requete_id"))
        batch_op.drop_index(batch_op.f("ix_etape_requete_compte_id"))

    op.drop_table("etape_requete")
    with op.batch_alter_table("requete", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_requete_region_code"))
        batch_op.drop_index(batch_op.f("ix_requete_origine"))
        batch_op.drop_index(batch_op.f("ix_requete_etat"))
        batch_op.drop_index(batch_op.f("ix_requete_demandeur_code"))
        batch_op.drop_index(batch_op.f("ix_requete_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_requete_activite_code"))

    op.drop_table("requete")
    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_intervention_validee",
            sqlite_where=sa.text("etat = 'valide'"),
            postgresql_where=sa.text("etat = 'valide'"),
        )
        batch_op.drop_index(batch_op.f("ix_intervention_region_code"))
        batch_op.drop_index(batch_op.f("ix_intervention_etat"))
        batch_op.drop_index(batch_op.f("ix_intervention_depot_id"))
        batch_op.drop_index(batch_op.f("ix_intervention_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_intervention_activite_code"))
        batch_op.drop_index(batch_op.f("ix_intervention_acteur_code"))

    op.drop_table("intervention")
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_verdict_en_vigueur",
            sqlite_where=sa.text("revoque_le is null"),
            postgresql_where=sa.text("revoque_le is null"),
        )
        batch_op.drop_index(batch_op.f("ix_verdict_auteur_id"))

    op.drop_table("verdict")
    with op.batch_alter_table("reponse_paire", schema=None) as batch_op:
        batch_op.drop_index("ix_reponse_paire_codes")
        batch_op.drop_index(batch_op.f("ix_reponse_paire_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_reponse_paire_acteur_code"))

    op.drop_table("reponse_paire")
    with op.batch_alter_table("document_programmation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_programmation_auteur_id"))
        batch_op.drop_index(batch_op.f("ix_document_programmation_acteur_code"))

    op.drop_table("document_programmation")
    op.drop_table("terme")
