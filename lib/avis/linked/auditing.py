"""Tables that somebody else protected: the interval of every hidden count, and what could be guessed.

Nobody tells the hidden counts. Any whole numbers that agree with all that is printed serve in their place:
what a reader can deduce does not depend on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf

from avis.disclosure.audit import Interval, audit
from avis.disclosure.completion import Bounds, complete
from avis.disclosure.joint.latent import complete_together
from avis.disclosure.rules import Rules, is_small_count, is_wide, tells_of_all
from avis.disclosure.solver import UNLIMITED, parted
from avis.disclosure.solver import Row as Line
from avis.errors import Place, Problems
from avis.findings.model import Finding, Key, Stated, ref_key
from avis.linked.bringing import Read
from avis.linked.counted import to_findings, truth
from avis.linked.model import MEASURE, Row, key_of
from avis.linked.outcome import HiddenCell, Outcome, Weak, Why, called, printed_where
from avis.linked.percentages import stated_percents
from avis.linked.telling import tell_untied
from avis.linked.ties import OTHERS, beside, is_rest, telling


def complete_read(read: Read, problems: Problems) -> list[Finding] | None:
    """Give every hidden count a number that agrees with all tables; none where there is none.

    Where what is shown admits one record a person, so do these numbers.

    Errors: LIN-025 the rows that no numbers agree with, where `read` admits a rest already.
    """
    told = truth(read.gathered, read.structures)
    stated = _stated(read)
    rows = list(_rows(read, stated))
    known = {key: n for key, n in told.items() if n is not None}
    guesses = {key: 0 for key in told if key not in known}
    found = complete(known, guesses, rows)
    if found is None:
        if read.loose:
            _tell_contradiction(read, known, guesses, rows, problems)
        return None
    findings = _filled(read, found, stated)
    together = complete_together(findings, known, guesses, rows)
    return findings if together in (None, found) else _filled(read, together or found, stated)


def _filled(read: Read, found: Mapping[Key, int], stated: Mapping[str, Sequence[Stated]]) -> list[Finding]:
    """Put completed counts in the places of the hidden ones."""
    for name, held in read.structures.items():
        for where in held.counts:
            held.counts[where] = found.get(key_of((name, where)), held.counts[where])
    return to_findings(read.gathered, read.structures, stated, read.tables, owed=True)


def _stated(read: Read) -> dict[str, list[Stated]]:
    found = stated_percents(read.gathered, read.structures, read.tables)
    for name, told in read.rough.items():
        found.setdefault(name, []).extend(told)
    return found


def _rows(read: Read, stated: Mapping[str, Sequence[Stated]]) -> Iterator[Bounds]:
    for name, held in read.structures.items():
        for tie in held.ties:
            terms = ((tie.total, 1.0), *((part, -1.0) for part in tie.parts))
            keyed = tuple((key_of((name, where)), factor) for where, factor in terms)
            yield keyed, -inf if tie.kind == "cover" else 0.0, 0.0
        for one in stated.get(name, ()):
            yield tuple((ref_key(ref, MEASURE), factor) for ref, factor in one.terms), one.low, one.high


def _tell_contradiction(
    read: Read,
    known: Mapping[Key, int],
    guesses: Mapping[Key, int],
    rows: Sequence[Bounds],
    problems: Problems,
) -> None:
    """Name the rows of the first groups of linked hidden counts that no numbers fit."""
    column = {key: at for at, key in enumerate(guesses)}
    own = [tuple((column[key], factor) for key, factor in terms if key in column) for terms, _, _ in rows]
    groups = parted(len(column), [Line(terms, 0, 0) for terms in own])
    keys = list(guesses)
    places = _places(read)
    for group, numbers in groups:
        inside, held = {keys[at] for at in group}, [rows[number] for number in numbers]
        if complete(known, {key: guesses[key] for key in inside}, held) is None:
            for place in [place for key in sorted(inside) for place in places.get(key, ())]:
                problems.add("LIN-025", place)
    if not problems.errors:
        problems.add("LIN-025")


def _places(read: Read) -> dict[Key, list[Place]]:
    found: dict[Key, list[Place]] = {}
    for spot, place in read.places():
        found.setdefault(key_of(spot), []).append(place)
    return found


def audit_read(read: Read, findings: Sequence[Finding], rules: Rules, outcome: Outcome) -> None:
    """Bound every hidden count, and tell what could be guessed.

    A hidden count fails where it is pinned, or where it may be small and its interval is narrower than the
    threshold. A shown one fails where it is small, or where it holds a whole group.
    """
    hidden = {
        key_of((name, where))
        for name, population in read.gathered.populations.items()
        for where, n in population.printed.items()
        if n is None
    }
    found = audit(findings, hidden, rules)
    outcome.cells, outcome.hidden_cells = found.cells, found.hidden
    tell_untied(found.remarks, outcome.problems)
    told = set[Key]()
    for number, row, key in _printed(read):
        bounds, weak = _judged(read, row, key, found.intervals.get(key), rules)
        table, (low, high) = read.tables[number], _ends(bounds)
        spot = called(table), row.line, key.population, printed_where(table, row.where)
        if row.n is None:
            outcome.hidden.append(HiddenCell(*spot, low, high, not weak))
        if weak and key not in told:
            told.add(key)
            outcome.weak.append(Weak(weak, *spot, low, high))
    outcome.weak += _unanimous(read, told)
    outcome.weak += _reckoned(read, found.intervals, rules, told)
    outcome.passed = not outcome.weak


def _judged(
    read: Read, row: Row, key: Key, bounds: Interval | None, rules: Rules
) -> tuple[Interval, Why | None]:
    """Say between which ends a reader has the count of a row, and in what way it is not protected."""
    population, threshold = read.gathered.populations[key.population], rules.threshold_for(row.minors)
    known, elsewhere = population.known.get(key.where), population.printed[key.where]
    if row.n is not None:
        small = is_small_count(row.n, threshold) and known is None
        return Interval(row.n, row.n), "shown_small" if small else None
    if elsewhere is not None:
        return Interval(elsewhere, elsewhere), "shown_elsewhere"
    if known is not None:
        return Interval(known, known), None
    bounds = bounds or Interval(0, inf)
    return bounds, _weakness(bounds, threshold)


def _printed(read: Read) -> Iterator[tuple[int, Row, Key]]:
    for number, table in enumerate(read.tables):
        for at, row in enumerate(table.rows):
            spot = read.gathered.names[number][at], read.gathered.wheres[number][at]
            yield number, row, key_of(spot)


def _weakness(bounds: Interval, threshold: int) -> Why | None:
    """Say in what way a hidden count is not protected.

    >>> [_weakness(Interval(*ends), 11) for ends in ((4, 4), (0, 10), (50, 53), (0, 11))]
    ['pinned', 'narrow', None, None]
    """
    if bounds.low == bounds.high:
        return "pinned"
    small = bounds.low < threshold and not is_wide(bounds.low, bounds.high, threshold)
    return "narrow" if small else None


def _ends(bounds: Interval) -> tuple[int, int | None]:
    """Give whole ends; a high one that only the limits of the calculation bound is none."""
    return round(bounds.low), None if bounds.high >= UNLIMITED / 2 else round(bounds.high)


def _unanimous(read: Read, told: set[Key]) -> Iterator[Weak]:
    """Find shown counts that hold a whole shown group: "all 12 said yes"."""
    first = {key: (read.tables[number], row) for number, row, key in reversed(list(_printed(read)))}
    for name, population in read.gathered.populations.items():
        others = beside(read.structures[name].ties)
        for tie in read.structures[name].ties:
            total = population.printed.get(tie.total)
            if total is None:
                continue
            for part in telling(tie, others):
                n, key = population.printed.get(part), key_of((name, part))
                if n is not None and tells_of_all(n, total) and key not in told and key in first:
                    told.add(key)
                    table, row = first[key]
                    where = printed_where(table, row.where)
                    yield Weak("unanimous", called(table), row.line, name, where, n, n)


def _reckoned(read: Read, intervals: Mapping[Key, Interval], rules: Rules, told: set[Key]) -> Iterator[Weak]:
    """Find small counts that no table prints and that follow from those that are printed."""
    for key, bounds in intervals.items():
        if key.where in read.gathered.populations[key.population].printed or key in told:
            continue
        small = bounds.high >= 1 and bounds.low < rules.threshold
        if small and not is_wide(bounds.low, bounds.high, rules.threshold):
            yield Weak("reckoned", "", 0, key.population, _told(key), *_ends(bounds))


def _told(key: Key) -> dict[str, str]:
    """Name a count that no table prints: `…` stands for those in no row, `≠` for those not in one."""
    return {
        name: f"≠ {value[len(OTHERS) :]}" if value.startswith(OTHERS) else "…" if is_rest(value) else value
        for name, value in key.where
    }
