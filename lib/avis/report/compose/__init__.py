"""Exhibits and passages → documents. One function a kind of document, known by the name of the kind."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from avis.exhibits import Audience, Exhibits
from avis.i18n import Language, pick
from avis.look import Look
from avis.report.compose.avis import compose_avis
from avis.report.compose.citing import describe
from avis.report.compose.compte_rendu import compose_compte_rendu
from avis.report.compose.contribution import compose_contribution
from avis.report.compose.fiche import compose_fiche
from avis.report.compose.restitution import compose_restitution
from avis.report.compose.typeset import typeset
from avis.report.compose.withheld import check_withheld
from avis.report.document import Document, Passage

__all__ = [
    "COMPOSERS",
    "READERS",
    "compose",
    "compose_avis",
    "compose_compte_rendu",
    "compose_contribution",
    "compose_fiche",
    "compose_restitution",
]

Composer = Callable[[Exhibits, tuple[Passage, ...], Language, Audience, str, bool], Document]

COMPOSERS: dict[str, Composer] = {
    "avis": lambda exhibits, passages, language, audience, _, draft: compose_avis(
        exhibits, passages, language, audience, draft=draft
    ),
    "restitution": lambda exhibits, passages, language, audience, _, draft: compose_restitution(
        exhibits, passages, language, audience, draft=draft
    ),
    "compte-rendu": lambda exhibits, passages, language, audience, funder, draft: compose_compte_rendu(
        exhibits, passages, language, audience, funder, draft=draft
    ),
    "contribution": lambda exhibits, passages, language, audience, call, draft: compose_contribution(
        exhibits, passages, language, audience, call, draft=draft
    ),
    "fiche": lambda exhibits, _, language, audience, __, draft: compose_fiche(
        exhibits, language, audience, draft=draft
    ),
}
"""Every kind of document of one evaluation; a new kind is one entry here."""
READERS: dict[str, tuple[Audience, ...]] = {
    "compte-rendu": ("funder",),
    "contribution": ("public", "recipient"),
}
"""Who may have a document, where not everybody may: the money table is for who gave the money."""


def compose(
    kind: str,
    exhibits: Exhibits,
    passages: tuple[Passage, ...],
    language: Language,
    audience: Audience,
    *,
    variant: str = "",
    look: Look | None = None,
    draft: bool = True,
) -> Document:
    """Compose a document of a kind; raises what its own function raises, `KeyError` for no known kind.

    `variant` names a funder or a call, where there is a document for each.
    """
    exhibits = typeset(exhibits)
    made = COMPOSERS[kind](exhibits, passages, language, audience, variant, draft)
    described = describe(replace(made, variant=variant), exhibits, draft)
    return dressed(described, exhibits, look or Look())


def dressed(made: Document, exhibits: Exhibits, look: Look) -> Document:
    """Give a document its association's look, and sign it as the group signs.

    Neither logo nor signature stands on what nobody of the project wrote, nor where the name is withheld:
    DOC-041 where a text holds that signature.
    """
    setting = exhibits.setting
    if setting.withheld:  # colours and letters tell an association as surely as its name
        check_withheld(made, look.signs.values())
        return made
    if setting.public_source is not None or setting.organisation not in made.author:
        return replace(made, look=replace(look, logo=None, signs={}))
    signs = pick(look.signs, made.language)[0] if any(look.signs.values()) else made.author
    return replace(made, author=signs, look=look)
