"""What was found in the tables: levels, and sums that do not come out, with the lines that they are in.

Rows may rightly come to more than their total (several answers) or to less (no answer): that is said. But a
number that makes every sum in which it stands wrong by the same amount, along two criteria, while all others
come out, is a slip of the pen; protected as it is, somebody could see which one, and what it hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from avis.disclosure.rules import Rules
from avis.errors import Place, Problem, Problems
from avis.exhibits import Where
from avis.linked.bringing import Read
from avis.linked.model import CountTable, Row, Spot
from avis.linked.ties import Structure, Sum
from avis.settings import DEFAULT_THRESHOLD

_PARTS = 6
"""Lines of one sum that are named; of a longer one, the first and the last."""
_SUMS = 3
"""Sums of one criterion that are written out."""

Lines: TypeAlias = Mapping[Spot, tuple[CountTable, Row]]


def tell_structure(read: Read, rules: Rules, problems: Problems) -> None:
    """Say what was found in the tables and what the threshold asks for, by the names of columns.

    Remarks: LIN-033 people in several rows, LIN-034 in none, each with the first total that says so and the
    lines of the sums; LIN-035 and 036 levels, LIN-041 levels that were not all looked for, LIN-037 threshold.
    """
    if rules.threshold < DEFAULT_THRESHOLD:
        problems.warn("LIN-037", threshold=rules.threshold)
    lines = lines_of(read)
    printed = {name: said for table in reversed(read.tables) for name, said in table.dimensions.items()}
    for name, held in read.structures.items():
        for dimension in sorted(held.several):
            _tell_sums("LIN-033", name, dimension, held, lines, printed, problems)
        for dimension in sorted(held.uncounted):
            _tell_sums("LIN-034", name, dimension, held, lines, printed, problems)
        ways = {"named": "LIN-035", "added": "LIN-036", "cut": "LIN-041"}
        levels = read.levels[name]
        said = {*levels.found, *((dimension, "cut") for dimension in levels.cut)}
        said -= {(dimension, "named") for dimension in held.several}  # its names do not say all: see LIN-033
        for code, dimension in sorted({(ways[way], dimension) for dimension, way in said}):
            place = Place(field=printed.get(dimension, dimension))
            if not any(item.code == code and item.place == place for item in problems):
                problems.warn(code, place)


def tell_untied(remarks: Iterable[Problem], problems: Problems) -> None:
    """Say what protection could not tie, in the words of tables. Remarks: LIN-042, LIN-043."""
    for remark in remarks:
        name = str(dict(remark.facts).get("population", ""))
        problems.warn({"DIS-031": "LIN-042", "DIS-032": "LIN-043"}[remark.code], Place(field=name))


def _tell_sums(
    code: str,
    name: str,
    dimension: str,
    held: Structure,
    lines: Lines,
    printed: Mapping[str, str],
    problems: Problems,
) -> None:
    """Say once for a criterion which totals do not come out, those first whose line can be named."""
    over = code == "LIN-033"
    wrong = [one for one in held.sums if one.dimension == dimension and one.rest and (one.rest < 0) is over]
    wrong.sort(key=lambda one: (name, one.total) not in lines)
    told = next((lines[name, one.total] for one in wrong if (name, one.total) in lines), None)
    table, row = told if told else (None, None)
    field = printed.get(dimension, dimension)
    place = Place(table.name, table.sheet, row.line, field=field) if table and row else Place(field=field)
    problems.warn(code, place, sums=written(wrong, name, lines, table) if wrong else "—")


def refuse_slips(read: Read, problems: Problems) -> None:
    """Refuse numbers that agree with none of their sums. Errors: LIN-040, at the line and column."""
    lines = lines_of(read)
    for name, held in read.structures.items():
        for where, wrong in _slips(held.sums):
            if (name, where) in lines:
                table, row = lines[name, where]
                column = table.header[table.n_at] if table.header else ""
                place = Place(table.name, table.sheet, row.line, field=column)
                problems.add("LIN-040", place, sums=written(wrong, name, lines, table))


def lines_of(read: Read) -> Lines:
    """Give the line where each cell is told first."""
    found: dict[Spot, tuple[CountTable, Row]] = {}
    for number, table in enumerate(read.tables):
        for at, row in enumerate(table.rows):
            spot = read.gathered.names[number][at], read.gathered.wheres[number][at]
            if row.n is not None:
                found.setdefault(spot, (table, row))
    return found


def written(sums: Sequence[Sum], name: str, lines: Lines, here: CountTable | None) -> str:
    """Write sums by the numbers of their lines: no count stands in a message."""
    told = [
        f"{_line(one.total, name, lines, here)} ≠ {_added(one, name, lines, here)}" for one in sums[:_SUMS]
    ]
    return " ; ".join(told) + (" ; …" if len(sums) > _SUMS else "")


def _added(one: Sum, name: str, lines: Lines, here: CountTable | None) -> str:
    parts = [_line(part, name, lines, here) for part in one.parts]
    return " + ".join(parts if len(parts) <= _PARTS else [*parts[: _PARTS - 2], "…", parts[-1]])


def _line(where: Where, name: str, lines: Lines, here: CountTable | None) -> str:
    """Name a line; with its file where that is another one, and by a dash where no file tells the count."""
    if (name, where) not in lines:
        return "—"
    table, row = lines[name, where]
    return str(row.line) if table is here else f"{table.name}:{row.line}"


def _slips(sums: Sequence[Sum]) -> Iterator[tuple[Where, list[Sum]]]:
    """Give the cells that one other number would bring into all of their sums, along two criteria or more."""
    around: dict[Where, list[tuple[Sum, int]]] = {}
    for one in sums:
        if one.whole and one.told and one.dimension not in dict(one.total):
            around.setdefault(one.total, []).append((one, -one.rest))
            for part in one.parts:
                around.setdefault(part, []).append((one, one.rest))
    for where, held in sorted(around.items()):
        changes, dimensions = {change for _, change in held}, {one.dimension for one, _ in held}
        one_slip = len(dimensions) > 1 and len(changes) == 1 and 0 not in changes
        if one_slip and not _may_be_uncounted(where, held):
            yield where, [one for one, _ in held]


def _may_be_uncounted(where: Where, held: Sequence[tuple[Sum, int]]) -> bool:
    """A total of everything that exceeds its parts both ways: people of whom neither criterion is known."""
    return all(one.total == where and one.rest > 0 for one, _ in held)
