"""Invented programming documents, some analysed, some waiting."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ccm_data.models.documents import DocumentProgrammation

MOMENT = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)
SOURCE = "Remis au SP/CCM (démonstration)"
# actor, title, first and last year, what was found (None: waits), duplicates found, day of the analysis
DOCUMENTS = (
    ("oim", "Stratégie pays", 2023, 2027, "Deux actions communes avec un autre partenaire à Agadez.", 2, date(2026, 3, 12)),
    ("giz", "Programme d’appui à la gouvernance des migrations", 2024, 2027, "Aucun recouvrement trouvé.", 0,
     date(2026, 4, 2)),
    ("due", "Plan d’action annuel", 2026, 2026, "Recouvrement à confirmer avec la coordination des PTF.", None,
     date(2026, 5, 20)),
    ("unicef", "Programme de pays, volet mobilité", 2023, 2027, None, None, None),
    ("unhcr", "Plan de réponse", 2026, 2027, None, None, None),
)  # fmt: skip


def list_documents(auteur_id: int) -> list[DocumentProgrammation]:
    """The rows to add."""
    return [
        DocumentProgrammation(
            acteur_code=acteur, titre=f"{titre} (démonstration)", source=SOURCE, debut=date(debut, 1, 1),
            fin=date(fin, 12, 31), resultat=trouve, doublons_trouves=doublons, analyse_le=jour, auteur_id=auteur_id,
            cree_le=MOMENT, version=1,
        )
        for acteur, titre, debut, fin, trouve, doublons, jour in DOCUMENTS
    ]  # fmt: skip
