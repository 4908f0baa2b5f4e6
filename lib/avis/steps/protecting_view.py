"""What notebook 40 tells the evaluator: what is hidden, why, what could be guessed, what to do now.

Private: it holds what could be guessed of each hidden count, and which ones are hidden for their own sake.
Nothing of it goes into exhibits or documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from avis.disclosure.audit import Interval
from avis.disclosure.combining.proposing import Combination, Proposal
from avis.disclosure.magnitudes import UNITS
from avis.disclosure.protected import Protected
from avis.disclosure.reasons import Reason
from avis.exhibits import Dimension, Table, Where, Words
from avis.findings.model import Finding, Key
from avis.i18n import LANGUAGES, Language, amount, join, language, pick, say
from avis.report.masked import sentence_for_hidden
from avis.settings import Combined, Disclosure

MOST_LINES = 12
"""Hidden lines of one table that are told one by one; of the others, how many they are."""

MOST_PROPOSALS = 4
"""Proposals that are shown: who must choose among twenty chooses none."""


@dataclass(frozen=True)
class Line:
    """One hidden line of a table, in words."""

    label: str
    why: str
    guess: str
    instead: str


@dataclass(frozen=True)
class Masked:
    """One table in which something is hidden."""

    title: str
    hidden: int
    cells: int
    lines: tuple[Line, ...]

    @property
    def more(self) -> int:
        """How many hidden lines are not told one by one."""
        return self.hidden - len(self.lines)


@dataclass(frozen=True)
class Offer:
    """A combination that would give counts back, with the lines to copy into `evaluation.yaml`."""

    title: str
    gives: str
    lines: str


@dataclass(frozen=True)
class Told:
    """All that the page says, in the evaluator's language."""

    verdict: str
    numbers: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    masked: tuple[Masked, ...]
    whole: tuple[str, ...]
    """Titles of the tables that are shown whole."""
    offers: tuple[Offer, ...]
    combined: tuple[str, ...]
    """What is combined already."""


@dataclass(frozen=True)
class Known:
    """What the page is made from."""

    findings: tuple[Finding, ...]
    tables: tuple[Table, ...]
    protected: Protected
    reasons: Mapping[Key, Reason]
    proposals: Sequence[Proposal]
    decision: Disclosure
    compared: int = 0
    """Former editions that all this was compared with."""


def tell_protection(known: Known) -> Told:
    """Put in words what protection did and what there is to do."""
    masked = tuple(_masked(known))
    whole = [_title(table) for table in known.tables if all(c.status != "hidden" for c in table.cells)]
    offers = tuple(_offer(one, known) for one in known.proposals[:MOST_PROPOSALS])
    passed = "accepted" if known.protected.passed else "refused"
    return Told(
        say(f"notebooks.guard.{passed}"),
        tuple(_numbers(known)),
        tuple(_steps(known, bool(masked))),
        masked,
        tuple(whole),
        offers,
        tuple(_already(part, known) for part in known.decision.combine),
    )


def _numbers(known: Known) -> Iterator[tuple[str, str]]:
    told = known.protected
    facts = {"shown": told.cells - told.hidden, "hidden": told.hidden, "threshold": told.threshold}
    for name, n in facts.items():
        yield say(f"notebooks.guard.number.{name}"), amount(n, "exact", language())
    compared = say("notebooks.guard.number.compared", n=known.compared)
    yield compared, amount(known.compared, "exact", language())


def _steps(known: Known, masked: bool) -> Iterator[str]:
    if not known.protected.passed:
        yield say("notebooks.guard.step.refused")
        return
    if known.proposals:
        best = max(proposal.given_back for proposal in known.proposals)
        yield say("notebooks.guard.step.combine", n=best)
    elif masked:
        yield say("notebooks.guard.step.no_combining")
    if masked:
        yield say("notebooks.guard.step.texts")
    yield say("notebooks.guard.step.go_on" if masked else "notebooks.guard.step.nothing")


def _masked(known: Known) -> Iterator[Masked]:
    by_id = {finding.id: finding for finding in known.findings}
    for table in known.tables:
        hidden = [cell.where for cell in table.cells if cell.status == "hidden"]
        if hidden:
            lines = tuple(_line(by_id[table.id], table, where, known) for where in hidden[:MOST_LINES])
            yield Masked(_title(table), len(hidden), len(table.cells), lines)


def _line(finding: Finding, table: Table, where: Where, known: Known) -> Line:
    key = finding.key(where)
    return Line(
        _label(table.dimensions, where),
        _why(known.reasons.get(key, Reason("reckoned")), finding, known),
        _guess(known.protected.audit.intervals.get(key), finding.measure),
        sentence_for_hidden(table, where, language(), 0),
    )


def _why(reason: Reason, finding: Finding, known: Known) -> str:
    threshold = known.protected.rules.threshold_for(finding.minors)
    if reason.kind == "few":
        measure = "attendances" if finding.measure == "attendances" else "people"
        return say(f"notebooks.guard.why.few.{measure}", threshold=threshold)
    if reason.kind != "reckoned" or reason.total is None:
        return say(f"notebooks.guard.why.{reason.kind}", threshold=threshold)
    total = _name(reason.total, finding, known)
    if reason.other is None:
        return say("notebooks.guard.why.unprinted", total=total)
    return say("notebooks.guard.why.betrayed", total=total, other=_name(reason.other, finding, known))


def _name(key: Key, near: Finding, known: Known) -> str:
    """Name a count by its line; by its table too where it stands in another one."""
    for finding in (near, *known.findings):
        cell = next((cell for held, cell in finding.keyed() if held == key), None)
        if cell is not None:
            label = _label(finding.dimensions, cell.where)
            if finding is near:
                return label
            return say("notebooks.guard.elsewhere", label=label, table=pick(finding.title, language())[0])
    return say("notebooks.guard.unnamed")


def _label(dimensions: Sequence[Dimension], where: Where) -> str:
    """Name a line by its values in the order of the table.

    >>> _label((), ()) in ("Total", "total")
    True
    """
    at, told = dict(where), list[str]()
    for dimension in dimensions:
        if dimension.id in at:
            value = next((v for v in dimension.values if v.id == at[dimension.id]), None)
            told.append(say("notebooks.answered") if value is None else pick(value.label, language())[0])
    return " · ".join(told) or say("notebooks.total")


def _guess(interval: Interval | None, measure: str) -> str:
    """Say what could be guessed: « entre 0 et 12 ».

    In large sets of tables the audit works out protected counts alone: of the others it has no interval.
    """
    if interval is None or interval.low == interval.high:
        return say("notebooks.guard.guess.unmeasured")
    unit = UNITS.get(measure, 1)
    low, high = max(interval.low, 0) / unit, interval.high / unit
    if high == float("inf"):
        return say("notebooks.guard.guess.open" if low else "notebooks.guard.guess.all", low=_figure(low))
    return say("notebooks.guard.guess.between", low=_figure(low), high=_figure(high))


def _figure(n: float) -> str:
    return amount(int(n) if float(n).is_integer() else round(n, 2), "exact", language())


def _offer(proposal: Proposal, known: Known) -> Offer:
    one = proposal.combination
    labels = _labels(one, known, language())
    title = say(
        "notebooks.guard.offer.title",
        variable=pick(_variable(one, known).label, language())[0] or one.variable,
        values=join([say("notebooks.guard.quoted", value=label) for label in labels], language()),
    )
    gives = say("notebooks.guard.offer.gives", n=proposal.given_back)
    if not proposal.whole:
        gives = say("notebooks.guard.offer.partly", gives=gives)
    return Offer(title, gives, _lines(one, known))


def _labels(one: Combination, known: Known, lang: Language) -> list[str]:
    found = {value.id: pick(value.label, lang)[0] for value in _variable(one, known).values}
    return [found.get(value, value) for value in one.values]


def _variable(one: Combination, known: Known) -> Dimension:
    """Give the variable as the first table has it that would be combined."""
    touched = (finding for finding in known.findings if one.touches(finding))
    return next(d for finding in touched for d in finding.dimensions if d.id == one.variable)


def _already(part: Combined, known: Known) -> str:
    return pick(part.label, language())[0] or join(list(part.values), language())


def _lines(one: Combination, known: Known) -> str:
    """Write the whole of `disclosure` as it would be: what was decided before stays in it.

    JSON strings are YAML strings, so that no word needs care.
    """
    import json

    def quoted(item: object) -> str:
        return json.dumps(item, ensure_ascii=False)

    kept = known.decision
    lines = ["disclosure:", f"  threshold: {kept.threshold}"]
    for name in ("decided_by", "decided_on", "reason"):
        if getattr(kept, name):
            lines.append(f"  {name}: {quoted(getattr(kept, name))}")
    lines.append("  combine:")
    label: Words = {
        lang: say("disclosure.combining.or", lang).join(_labels(one, known, lang)) for lang in LANGUAGES
    }
    new = Combined(one.variable, one.values, label, "", one.population)
    for part in (*kept.combine, new):
        told = {"values": list(part.values), "label": dict(part.label)}
        told |= {name: value for name in ("id", "population") if (value := getattr(part, name))}
        lines.append(f"    - variable: {quoted(part.variable)}")
        lines += [f"      {name}: {quoted(value)}" for name, value in told.items()]
    return "\n".join(lines)


def _title(table: Table) -> str:
    return pick(table.title, language())[0]
