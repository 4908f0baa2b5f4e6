"""What coding tools give: a tree of codes, and notes with what was coded in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from avis.i18n import Language
from avis.sources.notes.model import Notes
from avis.spelling import fold, header_key

CODE_COLUMNS = ["code", "label_fr", "label_en", "parent", "definition_fr", "definition_en", "since"]
LONGEST_PATH = 1_000
"""Characters of a name in which names above are sought."""
Facts = dict[str, str | int]
"""What can be told of a project: its tool, and numbers of users, codes, categories, sets, sources…"""


@dataclass(frozen=True)
class Code:
    """A code as a tool keeps it: `key` is what the file calls it, `parent` the key of the code above."""

    key: str = field(repr=False)
    name: str = field(repr=False)
    parent: str = field(default="", repr=False)
    definition: str = field(default="", repr=False)
    since: str = ""
    given: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Columns of the table that the file gives as they are: what `exchange` wrote there."""
    category: bool = False
    """Nothing is coded with it: it holds codes together."""


@dataclass(frozen=True)
class Coded:
    """A project of a coding tool.

    `codes`: code, label_fr, label_en, parent, definition_fr, definition_en, since (labels in French where
    nobody said which language they are). `notes`: see `Notes`; a theme is a code of `codes`, or of the
    codebook that was given.
    """

    codes: pd.DataFrame = field(repr=False)
    notes: Notes = field(repr=False)
    facts: Facts = field(default_factory=dict)

    @property
    def tool(self) -> str:
        """Say which tool wrote it: taguette, qualcoder, refi-qda."""
        return str(self.facts["tool"])


def with_parents(codes: Iterable[Code], separator: str) -> list[Code]:
    """Find the code above each where the hierarchy is written in names, as `Coke::diet Coke`.

    Only a code that is in the list is above another: none is made up.

    >>> codes = [Code("1", "lieux"), Code("2", "lieux.bus"), Code("3", "temps.attente")]
    >>> [code.parent for code in with_parents(codes, ".")]
    ['', '1', '']
    """
    listed = list(codes)
    keys = {code.name: code.key for code in reversed(listed)}
    return [
        code if code.parent else replace(code, parent=_path_parent(code, keys, separator)) for code in listed
    ]


def _path_parent(code: Code, keys: Mapping[str, str], separator: str) -> str:
    above = code.name[:LONGEST_PATH]
    while separator in above:
        above = above.rpartition(separator)[0]
        if above.strip() in keys:
            return keys[above.strip()]
    return ""


def code_ids(codes: Iterable[Code]) -> dict[str, str]:
    """Name each code, by its key: its own name, with the names above it where two codes share one.

    >>> two = [Code("1", "Aller"), Code("2", "bus", "1"), Code("3", "Venir"), Code("4", "bus", "3")]
    >>> list(code_ids(two).values())
    ['Aller', 'Aller::bus', 'Venir', 'Venir::bus']
    """
    listed = list(codes)
    by_key = {code.key: code for code in listed}
    shared = Counter(fold(code.name) for code in listed)
    names: dict[str, str] = {}
    taken: set[str] = set()
    for number, code in enumerate(listed, 1):
        name = code.name if shared[fold(code.name)] == 1 else "::".join(_above(code, by_key))
        name = code.given.get("code", name) or f"code-{number}"
        names[code.key] = _free(name, taken)
        taken.add(names[code.key])
    return names


def _above(code: Code, by_key: Mapping[str, Code]) -> list[str]:
    path, seen, here = [code.name], {code.key}, code
    while here.parent in by_key and here.parent not in seen:
        here = by_key[here.parent]
        seen.add(here.key)
        path.insert(0, here.name)
    return path


def _free(name: str, taken: set[str]) -> str:
    return name if name not in taken else f"{name} ({len(taken) + 1})"


def codes_table(codes: Iterable[Code], lang: Language = "fr") -> pd.DataFrame:
    """Write codes as a table (CODE_COLUMNS, category), labels and definitions in one language."""
    listed = list(codes)
    ids = code_ids(listed)
    rows = [_row(code, ids, lang) for code in listed]
    frame = pd.DataFrame(rows, columns=CODE_COLUMNS).astype("str")
    return frame.assign(category=pd.Series([code.category for code in listed], dtype="bool"))


def _row(code: Code, ids: Mapping[str, str], lang: Language) -> dict[str, str]:
    row = dict.fromkeys(CODE_COLUMNS, "")
    row |= {f"label_{lang}": code.name, f"definition_{lang}": code.definition, "since": code.since}
    row |= {"parent": ids.get(code.parent, "")} | dict(code.given)
    return row | {"code": ids[code.key]}


def slug(name: str) -> str:
    """Write a code's name as `codebook.yaml` does: lower case, no accents, dashes.

    >>> slug("Coke::diet Coke"), slug("Trajets à pied")
    ('coke-diet-coke', 'trajets-a-pied')
    """
    return header_key(name).replace("_", "-")
