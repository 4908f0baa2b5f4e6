"""One question's answers, laid out as cells with all the relations between them.

Whole = answered + every status. Answered = the sum of the choices, or, where several may be ticked,
answered = ticked + not ticked for each choice; those who did not tick are counted and never printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from avis.exhibits import Cell, Value, Where
from avis.findings.model import Latent, Ref, Relation
from avis.findings.words import both
from avis.sources.survey import Survey

ANSWERED = "answered"
STATUSES = ("no_answer", "not_asked", "dont_know", "refused", "unknown_empty", "invalid")
"""Always all of them: a line that appeared only when somebody stood in it would tell that."""


@dataclass
class Layout:
    """Cells, unprinted counts and relations, as they grow group by group."""

    cells: list[Cell] = field(default_factory=list)
    latent: list[Latent] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


@dataclass(frozen=True)
class Answered:
    """Who gave which answer to a question: a mask over the records for each value."""

    question: str
    multiple: bool
    choices: Mapping[str, pd.Series[bool]]
    statuses: Mapping[str, pd.Series[bool]]
    answered: pd.Series[bool]


def sort_answers(survey: Survey, question: str, codes: tuple[str, ...], multiple: bool) -> Answered:
    """Give the masks of a question; an answer that is no choice of the list is `invalid`."""
    status = survey.statuses[question].astype(object).fillna("unknown_empty").astype(str)
    answered = status == ANSWERED
    if multiple:
        chosen = survey.chosen[question]
        none = pd.Series(False, index=chosen.index)
        ticked = {c: (chosen[c].astype(bool) if c in chosen else none) & answered for c in codes}
    else:
        given = survey.values[question].astype(object).fillna("").astype(str)
        outside = answered & ~given.isin(codes)
        status = status.mask(outside, "invalid")
        answered = answered & ~outside
        ticked = {code: answered & (given == code) for code in codes}
    return Answered(question, multiple, ticked, {s: status == s for s in STATUSES}, answered)


def status_values() -> tuple[Value, ...]:
    """Name the reasons why there is no answer."""
    return tuple(Value(id=status, label=both(f"status.{status}"), role="status") for status in STATUSES)


def lay_out(
    layout: Layout,
    given: Answered,
    group: Where,
    among: pd.Series[bool],
    whole: Where,
    population: str,
) -> None:
    """Add the cells of one group (or of all, with no `group`) and the relations inside it.

    `whole` is the cell of all records of the group, which the caller counts.
    """
    masks = {ANSWERED: given.answered, **given.choices, **given.statuses}
    at = {value: _where(given.question, value, group) for value in masks}
    layout.cells += [Cell(where=at[value], n=int((mask & among).sum())) for value, mask in masks.items()]
    statuses = tuple(at[status] for status in given.statuses)
    layout.relations.append(Relation(total=whole, parts=(at[ANSWERED], *statuses)))
    choices = tuple(at[code] for code in given.choices)
    if not given.multiple:
        layout.relations.append(Relation(total=at[ANSWERED], parts=choices, telling=choices))
        return
    for code, mask in given.choices.items():
        left = _where(given.question, f"not:{code}", group)
        n = int((given.answered & ~mask & among).sum())
        layout.latent.append(Latent(cell=Ref(population=population, where=left), n=n))
        pair = (at[code], left)
        layout.relations.append(Relation(total=at[ANSWERED], parts=pair, telling=pair))


def across(layout: Layout, given: Answered, groups: tuple[Where, ...]) -> None:
    """Add what joins groups to the whole: each value's count is the sum over the groups."""
    values = [ANSWERED, *given.choices, *given.statuses]
    if given.multiple:
        values += [f"not:{code}" for code in given.choices]
    for value in values:
        parts = tuple(_where(given.question, value, group) for group in groups)
        layout.relations.append(Relation(total=_where(given.question, value, ()), parts=parts))


def _where(question: str, value: str, group: Where) -> Where:
    return tuple(sorted(((question, value), *group)))
