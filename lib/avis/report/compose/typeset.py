"""The words of an evaluation as a printer sets them: French spaces and apostrophes, before they are placed.

People type what their keyboard has. Words of people, adopted texts and what an addressee answered stay as
they were written: their spaces are theirs.
"""

from __future__ import annotations

from typing import Any

import msgspec

from avis.exhibits import Exhibits
from avis.writing.typography import set_french

COPIED = ("words",)
"""What an addressee answered: somebody's exact words."""


def typeset(exhibits: Exhibits) -> Exhibits:
    """Give exhibits with their French words set; ids, figures and exact words are as they were."""
    return msgspec.convert(_set(msgspec.to_builtins(exhibits)), Exhibits, strict=True)


def _set(node: Any) -> Any:
    """Set the words of `{"fr": …, "en": …}`, wherever they stand.

    >>> _set({"title": {"fr": "L'accueil : qui ?"}, "words": {"fr": "D'accord"}})
    {'title': {'fr': 'L’accueil\\xa0: qui\\u202f?'}, 'words': {'fr': "D'accord"}}
    """
    if isinstance(node, dict):
        return {key: value if key in COPIED else _value(key, value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_set(item) for item in node]
    return node


def _value(key: str, value: Any) -> Any:
    return set_french(value) if key == "fr" and isinstance(value, str) else _set(value)
