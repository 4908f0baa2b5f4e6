"""Where a passage for a call belongs: one of its questions, or a part around them."""

from __future__ import annotations

from collections.abc import Iterator

from avis.exhibits import Setting
from avis.report.compose.contribution import PLACE

PARTS = ("introduction", "method", "closing")
_FRENCH_PARTS = {"methode": "method", "conclusion": "closing"}
_KINDS = (PLACE, "appel")


def is_for_call(kind: str) -> bool:
    """Tell whether the first word of a place, French or English, is that of a call.

    >>> [is_for_call(kind) for kind in ("appel", "call", "question")]
    [True, True, False]
    """
    return kind in _KINDS


def place_for_call(written: str, setting: Setting) -> str:
    """Give the place that `appel:onu:q1` names by what stands behind its first word; empty for none.

    >>> from avis.exhibits import Call
    >>> said = Setting(slug="x", title={}, organisation="", status="finished", start="", end="",
    ...     calls=(Call(id="onu", to={}),))
    >>> place_for_call("onu:methode", said), place_for_call("onu:q9", said)
    ('call:onu:method', '')
    """
    id, _, part = (one.strip() for one in written.partition(":"))
    place = f"{PLACE}:{id}:{_FRENCH_PARTS.get(part, part)}"
    return place if place in places_of(setting) else ""


def places_of(setting: Setting) -> list[str]:
    """Give every place of every call."""
    return list(_places(setting))


def _places(setting: Setting) -> Iterator[str]:
    for call in setting.calls:
        for part in (*PARTS, *(question.id for question in call.questions)):
            yield f"{PLACE}:{call.id}:{part}"
