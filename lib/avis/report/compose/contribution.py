"""TO BE WRITTEN: the answer to one call."""

from __future__ import annotations

from avis.exhibits import Audience, Exhibits
from avis.i18n import Language
from avis.report.compose.sheet import Sheet, bind
from avis.report.document import Document, Passage


def compose_contribution(
    exhibits: Exhibits,
    passages: tuple[Passage, ...],
    language: Language,
    audience: Audience,
    call: str,
    *,
    draft: bool = True,
) -> Document:
    """Compose the answer to one call."""
    sheet = Sheet(exhibits, (), language, audience)
    return bind(sheet, "contribution", (), draft)
