"""Scales of answers: an order from lowest to highest, and which end is better. Nothing is inferred.

A distribution is printed, never a mean: the steps of such a scale have an order and no distance.
"""

from __future__ import annotations

import msgspec

from avis.errors import Place, fail
from avis.exhibits import Cell, Value, Words
from avis.findings.model import Finding, Relation
from avis.settings import AnswerScale


def in_order(values: tuple[Value, ...], scale: AnswerScale, question: str) -> tuple[Value, ...]:
    """Put choices in the declared order, lowest first; choices outside the scale stand after it.

    Errors: FIN-013 a level of the scale that is no choice of the question.
    """
    known = {value.id: value for value in values}
    missing = [level for level in scale.levels if level not in known]
    if missing:
        raise fail("FIN-013", Place("evaluation.yaml", field=question), level=missing[0])
    return (
        *(known[level] for level in scale.levels),
        *(value for value in values if value.id not in scale.levels),
    )


def merge_levels(finding: Finding, levels: tuple[str, ...], id: str, label: Words) -> Finding:
    """Add one cell that merges levels ("rather yes" and "entirely yes").

    It is carried by a relation, since whoever has the merged cell and one level has the other. Only
    for findings of one dimension whose levels were all counted.
    """
    (dimension,) = finding.dimensions
    wheres = tuple(((dimension.id, level),) for level in levels)
    cells = [finding.cell(where) for where in wheres]
    n = sum(cell.n for cell in cells if cell is not None and cell.n is not None)
    merged = Cell(where=((dimension.id, id),), n=n)
    widened = msgspec.structs.replace(
        dimension, values=(*dimension.values, Value(id=id, label=label, role="status"))
    )
    answered = finding.base or ()
    rest = tuple(
        cell.where
        for cell in finding.cells
        if cell.where not in (*wheres, (), answered) and _is_choice(finding, cell)
    )
    return msgspec.structs.replace(
        finding,
        dimensions=(widened,),
        cells=(*finding.cells, merged),
        relations=(
            *finding.relations,
            Relation(total=merged.where, parts=wheres),
            Relation(total=answered, parts=(merged.where, *rest), telling=(merged.where,)),
        ),
    )


def _is_choice(finding: Finding, cell: Cell) -> bool:
    roles = {value.id: value.role for value in finding.dimensions[0].values}
    return bool(cell.where) and roles.get(cell.where[0][1]) == "choice"
