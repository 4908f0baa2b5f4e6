"""Which numbers that may be shown are others than before: told to the evaluator after a withdrawal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from avis.errors import AvisError
from avis.exhibits import Cell, Exhibits, Table, Where
from avis.folders import Folders
from avis.i18n import language, number, pick, say
from avis.sealing import load


@dataclass(frozen=True)
class Changed:
    """A figure in words: what it counts, and what stood there before and stands there now."""

    what: str
    before: str
    after: str


def numbers_of(folders: Folders) -> Exhibits | None:
    """Give what could be shown; none where no build made anything, or it cannot be read."""
    try:
        return load(folders.exhibits)
    except AvisError:
        return None


def compare(before: Exhibits | None, after: Exhibits | None) -> list[Changed]:
    """List the figures that changed, both sides protected: a hidden one stays « masqué » on its side."""
    if before is None or after is None:
        return []
    old, new = _cells(before), _cells(after)
    found = []
    for key in dict.fromkeys((*old, *new)):
        then, now = _told(old.get(key)), _told(new.get(key))
        if then != now:
            found.append(Changed(_what(key, after if key in new else before), then, now))
    return found


def _cells(exhibits: Exhibits) -> Mapping[tuple[str, Where], Cell]:
    tables = [item for item in exhibits.exhibits if isinstance(item, Table)]
    return {(table.id, cell.where): cell for table in tables for cell in table.cells}


def _told(cell: Cell | None) -> str:
    if cell is None:
        return "—"
    if cell.status != "shown" or cell.n is None:
        return say(f"rights.withdraw.status.{cell.status}")
    return number(cell.n, language(), 0 if float(cell.n).is_integer() else 1)


def _what(key: tuple[str, Where], exhibits: Exhibits) -> str:
    table = exhibits.get(key[0])
    if not isinstance(table, Table):
        return key[0]
    lang = language()
    labels = {(d.id, value.id): pick(value.label, lang)[0] for d in table.dimensions for value in d.values}
    labels |= {(d.id, "answered"): say("notebooks.answered", lang) for d in table.dimensions}
    return ", ".join([pick(table.title, lang)[0], *(labels.get(part, part[1]) for part in key[1])])
