"""How a text of the group came about, as far as it may be told: never who, never a day."""

from __future__ import annotations

from typing import Literal, get_args

from avis.writing.items import Item

Origin = Literal["", "nothing", "theme", "quote", "figure", "amendment"]


def origin_of(item: Item) -> Origin:
    """Tell what a text was proposed from; logs of before name a quote by its id alone.

    >>> [origin_of(Item("s1", "statement", "q1", origin=o)) for o in ("", "at09-01", "theme:horaires")]
    ['nothing', 'quote', 'theme']
    """
    kind, colon, _ = item.origin.partition(":")
    if not item.origin:
        return "nothing"
    known: tuple[Origin, ...] = get_args(Origin)
    return next((one for one in known if colon and one == kind), "quote")
