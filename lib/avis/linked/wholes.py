"""Values that are the sum of all others beside them: margins under a name that no list of words has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from avis.errors import Place, Problems
from avis.linked.model import CountTable, Spot, without
from avis.linked.spans import span_of
from avis.spelling import fold

Told = dict[Spot, dict[str, int | None]]
"""What each value of a dimension counts, by the rest of its cell; « » is `Total`."""

LEAST = 2
"""Other values that are somebody: one value is the same as another by chance."""


def add_wholes(
    tables: Sequence[CountTable], declared: dict[str, list[tuple[str, str]]], problems: Problems
) -> None:
    """Declare that a value holds all others where it is their sum, for criteria of which nothing is declared.

    It is tied to them as a sum and keeps its name, so that other tables may count more. Remark: LIN-046.
    """
    for name in sorted({name for table in tables for name in table.dimensions} - declared.keys()):
        told = [_told(table, name) for table in tables]
        for table, own in zip(tables, told, strict=True):
            for whole, parts in _found(own):
                if all(_agrees(one, whole, parts) for one in told):
                    pairs = declared.setdefault(name, [])
                    pairs += [(part, whole) for part in parts if (part, whole) not in pairs]
                    problems.warn("LIN-046", Place(table.name, table.sheet, field=table.dimensions[name]))


def _told(table: CountTable, name: str) -> Told:
    found: Told = {}
    if name in table.dimensions:
        for row in table.rows:
            spot = row.population, without(row.where, name)
            found.setdefault(spot, {})[dict(row.where).get(name, "")] = row.n
    return found


def _found(told: Told) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give a value that is the sum of all others in every clear context, where no `Total` stands."""
    clear = [values for values in told.values() if len(values) > LEAST and None not in values.values()]
    if not clear or any("" in values for values in told.values()):
        return
    if not any(sum(map(bool, values.values())) > LEAST for values in clear):
        return
    everybody = [(values, sum(n or 0 for n in values.values())) for values in clear]
    for whole in clear[0]:
        is_sum = all(2 * (values.get(whole, -1) or 0) == n for values, n in everybody)
        if is_sum and span_of(whole) is None:
            yield whole, tuple(dict.fromkeys(one for values in clear for one in values if one != whole))


def _agrees(told: Told, whole: str, parts: Sequence[str]) -> bool:
    """Tell whether a whole is the sum of its parts wherever a table tells it beside one of them."""
    for values in told.values():
        plain = {fold(value): n for value, n in values.items()}
        beside = [plain[fold(part)] for part in parts if fold(part) in plain]
        n = plain.get(fold(whole))
        if n is not None and beside and None not in beside and n != sum(one or 0 for one in beside):
            return False
    return True
