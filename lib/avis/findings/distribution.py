"""One question's answers, laid out as cells with all the relations between them.

Whole = answered + every status. Answered = the sum of the choices, or, where several may be ticked,
answered = ticked + not ticked for each choice; those who did not tick are counted and never printed, nor
those who ticked several, nor those who were asked where a condition of the form decides that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from avis.exhibits import Cell, Value, Where
from avis.findings.asked import Gate, choices_of, condition_of, gates, missing_of
from avis.findings.model import Latent, Link, Ref, Relation
from avis.findings.overlaps import Overlap, tie_overlap
from avis.findings.words import both
from avis.sources.surveys.wave import Survey
from avis.spelling import fold

ANSWERED = "answered"
STATUSES = ("no_answer", "not_asked", "dont_know", "refused", "unknown_empty", "invalid")
"""Always all of them: a line that appeared only when somebody stood in it would tell that."""


@dataclass
class Layout:
    """Cells, unprinted counts and relations, as they grow group by group."""

    cells: list[Cell] = field(default_factory=list)
    latent: list[Latent] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    public: list[Where] = field(default_factory=list)
    """Zero by construction: the form cannot give such a status."""


@dataclass(frozen=True)
class Gated:
    """A gate with a mask over the records for each of its values."""

    gate: Gate
    masks: Mapping[str, pd.Series[bool]]


@dataclass(frozen=True)
class Answered:
    """Who gave which answer to a question: a mask over the records for each value."""

    question: str
    multiple: bool
    choices: Mapping[str, pd.Series[bool]]
    statuses: Mapping[str, pd.Series[bool]]
    answered: pd.Series[bool]
    impossible: frozenset[str] = frozenset()
    """Statuses that the form cannot give and that nobody has."""
    gated: tuple[Gated, ...] = ()
    """The questions that decide who was asked this one."""
    alone: tuple[str, ...] = ()
    """Choices that go with no other (none of these)."""


NONE_OF_THESE = ("aucun", "aucune", "rien", "none", "nothing", "no")
"""Codes of a choice that goes with no other, where the form does not say so."""


def sort_answers(survey: Survey, question: str, codes: tuple[str, ...], multiple: bool) -> Answered:
    """Give the masks of a question; an answer that is no choice of the list is `invalid`."""
    plain = _sorted(survey, question, codes, multiple)
    needed = gates(survey, question, STATUSES)
    alone = tuple(code for code in _alone(survey, question) if multiple and code in codes)
    impossible = frozenset(
        status for status in _unforeseen(survey, question) if not plain.statuses[status].any()
    )
    gated = tuple(Gated(gate, _masks(survey, gate)) for gate in needed)
    return replace(plain, impossible=impossible, gated=gated, alone=alone)


def _sorted(survey: Survey, question: str, codes: tuple[str, ...], multiple: bool) -> Answered:
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


def _alone(survey: Survey, question: str) -> list[str]:
    rows = choices_of(survey, question)
    codes = rows["code"].astype(str)
    told = rows["exclusive"].astype(bool) if "exclusive" in rows else pd.Series(False, index=rows.index)
    return [code for code, said in zip(codes, told, strict=True) if said or fold(code) in NONE_OF_THESE]


def _unforeseen(survey: Survey, question: str) -> set[str]:
    """Give the statuses that the form has no room for: a reader would not believe in them."""
    found = {"dont_know", "refused"} - set(missing_of(choices_of(survey, question)).values())
    return found if condition_of(survey, question) else found | {"not_asked"}


def _masks(survey: Survey, gate: Gate) -> dict[str, pd.Series[bool]]:
    rows = choices_of(survey, gate.question)
    missing = missing_of(rows)
    codes = tuple(str(code) for code in rows["code"] if str(code) not in missing)
    given = _sorted(survey, gate.question, codes, gate.question in survey.chosen)
    left = {f"not:{code}": given.answered & ~mask for code, mask in given.choices.items()}
    return {**given.choices, **left, **given.statuses}


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
    layout.public += [at[status] for status in given.statuses if status in given.impossible]
    if given.gated:
        _tie_asked(layout, given, group, among, whole, population)
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
    _tie_ticks(layout, given, group, among, population)
    for code in given.alone:
        _tie_alone(layout, given, code, group, among, population)


def _tie_ticks(
    layout: Layout, given: Answered, group: Where, among: pd.Series[bool], population: str
) -> None:
    """Tie those who answered to all that was ticked: the difference is what was ticked beside."""
    often = sum((mask & among).astype(int) for mask in given.choices.values())
    ticks = pd.Series(often, index=among.index)[given.answered & among]
    found = Overlap(
        len(ticks), int((ticks - 1).clip(lower=0).sum()), int((ticks > 1).sum()), int((ticks == 0).sum())
    )
    used = [code for code, mask in given.choices.items() if (mask & among).any()]
    parts = [Ref(population=population, where=_where(given.question, code, group)) for code in used]
    total = Ref(population=population, where=_where(given.question, ANSWERED, group))
    links, latent = tie_overlap(total, parts, found, f"ticks.{given.question}")
    layout.links += links
    layout.latent += latent


def _tie_alone(
    layout: Layout, given: Answered, code: str, group: Where, among: pd.Series[bool], population: str
) -> None:
    """Among those who did not say "none of these", each other choice was ticked or was not.

    Left out where somebody ticked "none" and another: a reader who believes the form would be wrong.
    """
    others = given.answered & ~given.choices[code]
    left = _where(given.question, f"not:{code}", group)
    for other, mask in given.choices.items():
        if other == code or (mask & given.choices[code] & among).any():
            continue
        rest = _where(given.question, f"not:{code},{other}", group)
        n = int((others & ~mask & among).sum())
        layout.latent.append(Latent(cell=Ref(population=population, where=rest), n=n))
        pair = (_where(given.question, other, group), rest)
        layout.relations.append(Relation(total=left, parts=pair, telling=pair))


def _tie_asked(
    layout: Layout,
    given: Answered,
    group: Where,
    among: pd.Series[bool],
    whole: Where,
    population: str,
) -> None:
    """Tie those who were asked to the answers that decided it, as the form and the records tell."""
    here, question = given.statuses["not_asked"] & among, given.question
    asked, not_asked = _where(question, "asked", group), _where(question, "not_asked", group)
    inside = (_where(question, value, group) for value in (ANSWERED, *given.statuses) if value != "not_asked")
    layout.latent.append(Latent(cell=Ref(population=population, where=asked), n=int((among & ~here).sum())))
    layout.relations.append(Relation(total=whole, parts=(asked, not_asked)))
    layout.relations.append(Relation(total=asked, parts=tuple(inside)))
    for gated in given.gated:
        for parts in gated.gate.parts:
            sides: dict[bool, list[Ref]] = {True: [], False: []}
            for value, said in parts.items():
                _part_value(layout, gated, value, said, (given, group, among, population), sides)
            for side, where in ((True, asked), (False, not_asked)):
                total = Ref(population=population, where=where)
                layout.links.append(Link(total=total, parts=tuple(sides[side])))


Among = tuple[Answered, Where, "pd.Series[bool]", str]


def _part_value(
    layout: Layout, gated: Gated, value: str, said: bool | None, among: Among, sides: dict[bool, list[Ref]]
) -> None:
    """Put one value of the deciding question on the side of the asked, of the others, or on both.

    Where the records say something else than the form, both sides are counted.
    """
    given, group, inside, population = among
    name, mask = gated.gate.question, gated.masks[value] & inside
    counts = {side: int((mask & (given.statuses["not_asked"] != side)).sum()) for side in (True, False)}
    possible = [side for side in (True, False) if counts[side] or said is None or said == side]
    cell = Ref(population=population, where=_where(name, value, group))
    layout.latent.append(Latent(cell=cell, n=sum(counts.values())))
    if len(possible) == 1:
        sides[possible[0]].append(cell)
        return
    crossed = {
        side: Ref(
            population=population,
            where=_where(given.question, "asked" if side else "not_asked", cell.where),
        )
        for side in possible
    }
    layout.latent += [Latent(cell=ref, n=counts[side]) for side, ref in crossed.items()]
    layout.links.append(Link(total=cell, parts=tuple(crossed.values())))
    for side, ref in crossed.items():
        sides[side].append(ref)


def across(layout: Layout, given: Answered, groups: tuple[Where, ...], whole: Where = ()) -> None:
    """Add what joins groups to the whole: each value's count is the sum over the groups."""
    values = [ANSWERED, *given.choices, *given.statuses]
    if given.multiple:
        values += [f"not:{code}" for code in given.choices]
    for value in values:
        parts = tuple(_where(given.question, value, group) for group in groups)
        layout.relations.append(Relation(total=_where(given.question, value, whole), parts=parts))


def _where(question: str, value: str, group: Where) -> Where:
    return tuple(sorted(((question, value), *group)))
