"""TO BE WRITTEN: the report for one funder."""

from __future__ import annotations

from avis.exhibits import Audience, Exhibits
from avis.i18n import Language
from avis.report.compose.sheet import Sheet, bind
from avis.report.document import Document, Passage


def compose_compte_rendu(
    exhibits: Exhibits,
    passages: tuple[Passage, ...],
    language: Language,
    audience: Audience,
    funder: str,
    *,
    draft: bool = True,
) -> Document:
    """Compose the report for one funder."""
    sheet = Sheet(exhibits, (), language, audience)
    return bind(sheet, "compte-rendu", (), draft)
