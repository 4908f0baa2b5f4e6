"""Scales of answers: an order from lowest to highest, and which end is better. Nothing is inferred.

A distribution is printed, never a mean: the steps of such a scale have an order and no distance.
"""

from __future__ import annotations

from avis.errors import Place, fail
from avis.exhibits import Value
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
