"""Values put together in all the tables that break down by them: what is asked, checked, and done.

What is wrong is told at once, with the word that was probably meant. See `merging` for one finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import msgspec

from avis.disclosure.combining.merging import Merge, is_shared, merged, tied_inside
from avis.errors import Place, Problems
from avis.exhibits import Dimension, Value, Words
from avis.findings.model import Finding, changed
from avis.i18n import LANGUAGES, Language, both, join, pick, say
from avis.settings import Combined
from avis.spelling import fold, suggest

DECISION = Place("evaluation.yaml", field="combine")
"""Where the choice stands, where no line of it is known."""


@dataclass(frozen=True)
class Combination:
    """Values of a variable to be one line; in every population that has them, or in one."""

    variable: str
    values: tuple[str, ...]
    id: str = ""
    """How texts call the new line; the ids joined by `+` where nobody named it."""
    label: Words = field(default_factory=dict)
    population: str = ""

    def touches(self, finding: Finding) -> bool:
        """Tell whether a finding is of the population and breaks down by the variable."""
        wanted = self.population in ("", finding.population)
        return wanted and any(dimension.id == self.variable for dimension in finding.dimensions)


def chosen(parts: Iterable[Combined]) -> list[Combination]:
    """Read the choices of `evaluation.yaml`."""
    return [Combination(part.variable, part.values, part.id, part.label, part.population) for part in parts]


def combine(
    findings: Sequence[Finding], choices: Iterable[Combination], places: Sequence[Place] = ()
) -> list[Finding]:
    """Put values together in every finding that breaks down by them; counts are the sums of theirs.

    `places` say where each combination was asked for. Problems, all at once: DIS-060 no table breaks down
    by this variable, DIS-061 no such value, DIS-062 people may stand in several of the values, DIS-063 a
    reason for no answer is no value to combine, DIS-064 fewer than two values, DIS-065 a value that another
    combination has already, DIS-066 an id that another line has.
    """
    problems, wanted = Problems(), list(choices)
    where = (*places, *[DECISION] * (len(wanted) - len(places)))
    merges = [_merge(findings, one, place, problems) for one, place in zip(wanted, where, strict=True)]
    _refuse_twice(wanted, merges, where, problems)
    problems.raise_errors()
    ready = [merge for merge in merges if merge is not None]
    combined = list(findings)
    for one, merge in zip(wanted, ready, strict=True):
        combined = _combined(combined, one, merge)
    return [_in_scale(new, old, ready) for new, old in zip(combined, findings, strict=True)]


def _combined(findings: Sequence[Finding], one: Combination, merge: Merge) -> list[Finding]:
    touched = {finding.population for finding in findings if one.touches(finding)}
    made = [merged(finding, merge) if one.touches(finding) else finding for finding in findings]
    return tied_inside(made, merge, touched)


def _merge(findings: Sequence[Finding], one: Combination, place: Place, problems: Problems) -> Merge | None:
    """Find the values that are meant, by their ids or as tables print them."""
    touched = [finding for finding in findings if one.touches(finding)]
    dimensions = [d for finding in touched for d in finding.dimensions if d.id == one.variable]
    if not dimensions:
        known = sorted({d.id for finding in findings for d in finding.dimensions})
        problems.add(
            "DIS-060", place, variable=one.variable, known=", ".join(known), **suggest(one.variable, known)
        )
        return None
    values = {value.id: value for dimension in dimensions for value in dimension.values}
    found = _found(one, values, place, problems)
    if found is None:
        return None
    merge = Merge(one.variable, tuple(value.id for value in found), _named(one, found), _note(found))
    if len(found) < 2:
        problems.add("DIS-064", place, variable=one.variable)
    elif several := [finding.id for finding in touched if is_shared(finding, merge)]:
        problems.add("DIS-062", place, variable=one.variable, table=several[0])
    if merge.value.id in values and len(found) > 1:
        problems.add("DIS-066", place, id=merge.value.id)
    return merge


def _found(
    one: Combination, values: Mapping[str, Value], place: Place, problems: Problems
) -> tuple[Value, ...] | None:
    """Give the values that are meant, none where one of them is not to be had."""
    before = len(problems.errors)
    spelled = {fold(word): value for value in values.values() for word in (*value.label.values(), value.id)}
    found = list[Value]()
    for asked in one.values:
        value = values.get(asked) or spelled.get(fold(asked))
        if value is None:
            known = [v.id for v in values.values() if v.role == "choice"]
            facts = suggest(asked, {*known, *spelled})
            problems.add(
                "DIS-061", place, value=asked, variable=one.variable, known=", ".join(known), **facts
            )
        elif value.role == "status":
            problems.add("DIS-063", place, value=asked)
        elif value not in found:
            found.append(value)
    return None if len(problems.errors) > before else tuple(found)


def _refuse_twice(
    wanted: Sequence[Combination], merges: Sequence[Merge | None], places: Sequence[Place], problems: Problems
) -> None:
    taken = set[tuple[str, str, str]]()
    for one, merge, place in zip(wanted, merges, places, strict=True):
        for value in merge.values if merge else ():
            if {(one.variable, value, one.population), (one.variable, value, "")} & taken or (
                not one.population and any(pair[:2] == (one.variable, value) for pair in taken)
            ):
                problems.add("DIS-065", place, value=value)
        taken |= {(one.variable, value, one.population) for value in (merge.values if merge else ())}


def _named(one: Combination, found: Sequence[Value]) -> Value:
    """Name the new line: in the evaluator's words, else by all the values that it holds."""
    joined: Words = {lang: _joined(found, lang) for lang in LANGUAGES}
    given: Words = {lang: pick(one.label, lang)[0] for lang in LANGUAGES} if one.label else joined
    return Value(id=one.id or "+".join(value.id for value in found), label=given)


def _joined(found: Sequence[Value], lang: Language) -> str:
    return say("disclosure.combining.or", lang).join(pick(value.label, lang)[0] for value in found)


def _note(found: Sequence[Value]) -> Words:
    told = {
        lang: join(
            [say("disclosure.combining.quoted", lang, value=pick(v.label, lang)[0]) for v in found], lang
        )
        for lang in LANGUAGES
    }
    return both("disclosure.combining.note", values=told)


def _in_scale(new: Finding, old: Finding, merges: Sequence[Merge]) -> Finding:
    """Where the two halves of a scale are no longer alike, no colour may show a middle."""
    before = {dimension.id: dimension for dimension in old.dimensions}
    dimensions = tuple(_level(dimension, before[dimension.id], merges) for dimension in new.dimensions)
    parted = any(d.better == "" and before[d.id].better for d in dimensions)
    return changed(
        new, dimensions=dimensions, chart="bars" if parted and new.chart == "likert" else new.chart
    )


def _level(new: Dimension, old: Dimension, merges: Sequence[Merge]) -> Dimension:
    """Keep which end of a scale is better as long as its levels stand in order, as many on either side."""
    if not old.better or new == old:
        return new
    into = {id: m.value.id for m in merges if m.variable == old.id for id in m.values}
    levels = [into.get(value.id, value.id) for value in old.values if value.role == "choice"]
    sizes = [len(list(run)) for _, run in groupby(levels)]
    if len(sizes) > len(set(levels)):
        return msgspec.structs.replace(new, better="")
    return new if sizes == sizes[::-1] else msgspec.structs.replace(new, better="neither")
