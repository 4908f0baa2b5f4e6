"""Exhibits and passages → documents. One function a kind of document, known by the name of the kind."""

from __future__ import annotations

from collections.abc import Callable

from avis.exhibits import Audience, Exhibits
from avis.i18n import Language
from avis.report.compose.avis import compose_avis
from avis.report.compose.fiche import compose_fiche
from avis.report.compose.restitution import compose_restitution
from avis.report.document import Document, Passage

__all__ = ["COMPOSERS", "compose", "compose_avis", "compose_fiche", "compose_restitution"]

Composer = Callable[[Exhibits, tuple[Passage, ...], Language, Audience, bool], Document]

COMPOSERS: dict[str, Composer] = {
    "avis": lambda exhibits, passages, language, audience, draft: compose_avis(
        exhibits, passages, language, audience, draft=draft
    ),
    "restitution": lambda exhibits, passages, language, audience, draft: compose_restitution(
        exhibits, passages, language, audience, draft=draft
    ),
    "fiche": lambda exhibits, _, language, audience, draft: compose_fiche(
        exhibits, language, audience, draft=draft
    ),
}
"""Every kind of document that can be made; a new kind is one entry here."""


def compose(
    kind: str,
    exhibits: Exhibits,
    passages: tuple[Passage, ...],
    language: Language,
    audience: Audience,
    *,
    draft: bool = True,
) -> Document:
    """Compose a document of a kind; raises what its own function raises, `KeyError` for no known kind."""
    return COMPOSERS[kind](exhibits, passages, language, audience, draft)
