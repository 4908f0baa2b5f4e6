"""Populations with all their counts → findings, as protection and its audit understand them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from avis.exhibits import Cell, Dimension, Evidence, Value, Where
from avis.findings.model import Finding, Key, Latent, Ref, Relation, Stated
from avis.linked.gathering import Gathered, Population, View
from avis.linked.model import MEASURE, CountTable, key_of
from avis.linked.ties import Beside, Structure, Tie, beside, telling

LEAST_TOLD = 1e-9
"""Slack of a bound that was reckoned from decimals."""

_NO_EVIDENCE = Evidence(rule={})


def to_findings(
    gathered: Gathered,
    structures: Mapping[str, Structure],
    stated: Mapping[str, Sequence[Stated]],
    tables: Sequence[CountTable],
    owed: bool = False,
) -> list[Finding]:
    """Make a finding of each table and population; every count must be there (see `completing`).

    `owed`: latent counts are protected whatever they are, since nobody told the hidden ones.
    """
    found: list[Finding] = []
    for name, population in gathered.populations.items():
        held = structures[name]
        others = beside(held.ties)
        ties: dict[int, list[Tie]] = {}
        for tie in held.ties:
            ties.setdefault(tie.view, []).append(tie)
        for view in population.views:
            table = tables[view.table]
            relations = tuple(_relation(tie, others) for tie in ties.pop(view.table, []))
            found += _of_view(f"{view.table:05}", table, name, view, held, relations, owed)
        left = [_relation(tie, others) for told in ties.values() for tie in told]
        found.append(_apart(name, held, left, stated.get(name, ()), population))
        if population.known:
            cells = tuple(Cell(where=where, n=n) for where, n in sorted(population.known.items()))
            found.append(_finding(f"known.{name}", name, cells, protect=False))
    return found


def _of_view(
    id: str,
    table: CountTable,
    name: str,
    view: View,
    held: Structure,
    relations: tuple[Relation, ...],
    owed: bool,
) -> list[Finding]:
    cells = tuple(Cell(where=where, n=held.counts[where]) for where in view.cells)
    minors = tuple(cell for cell in cells if cell.where in view.minors)
    whole = _finding(
        f"{id}.{name}",
        name,
        cells,
        dimensions=tuple(
            Dimension(
                id=dimension,
                label={"fr": table.dimensions.get(dimension, dimension)},
                values=tuple(Value(id=value, label={"fr": value}) for value in values),
            )
            for dimension, values in view.values.items()
        ),
        relations=relations,
        public=tuple(where for where in view.cells if where in held.nobody),
        latent=_latents(name, held, {where for where, at in held.latent.items() if at == view.table}, owed),
        multiple=bool(held.several & view.values.keys()),
    )
    return [whole, _finding(f"{id}.{name}.minors", name, minors, minors=True)] if minors else [whole]


def _apart(
    name: str,
    held: Structure,
    relations: Sequence[Relation],
    stated: Sequence[Stated],
    population: Population,
) -> Finding:
    """Hold what no table prints: ties between known cells, percentages, what the public knows roughly."""
    views = {view.table for view in population.views}
    wheres = {where for where, at in held.latent.items() if at not in views}
    wheres |= population.known.keys() - population.printed.keys()
    return _finding(
        f"apart.{name}",
        name,
        (),
        relations=tuple(relations),
        latent=_latents(name, held, wheres, False),
        stated=tuple(stated),
    )


def _latents(name: str, held: Structure, wheres: Iterable[Where], owed: bool) -> tuple[Latent, ...]:
    return tuple(
        Latent(
            cell=Ref(population=name, where=where),
            n=held.counts[where] or 0,
            harmless=where in held.harmless,
            owed=owed and where not in held.harmless,
        )
        for where in sorted(wheres)
    )


def _relation(tie: Tie, others: Beside) -> Relation:
    """Any part that holds the whole of a group tells of all of it."""
    return Relation(total=tie.total, parts=tie.parts, kind=tie.kind, telling=telling(tie, others))


def _finding(id: str, population: str, cells: tuple[Cell, ...], **fields: object) -> Finding:
    return Finding(
        id=id,
        subject=id,
        title={},
        measure=MEASURE,
        population=population,
        cells=cells,
        unit={},
        evidence=_NO_EVIDENCE,
        **fields,  # type: ignore[arg-type]
    )


def truth(gathered: Gathered, structures: Mapping[str, Structure]) -> dict[Key, int | None]:
    """Give every count by its key; none where it is not told."""
    return {
        key_of((name, where)): n
        for name in gathered.populations
        for where, n in structures[name].counts.items()
    }
