"""Why each hidden count is hidden, in kinds that an evaluator can act upon.

For her eyes alone: that a count is hidden for its own sake, or only beside another, must never be printed
(see `tables`: one mark for both).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from avis.disclosure.deducing.knowledge import Facts, learn
from avis.disclosure.editions import MOVED, Editions, is_former
from avis.disclosure.frame import frame
from avis.disclosure.magnitudes import is_magnitude
from avis.disclosure.protected import Protected
from avis.disclosure.rules import (
    Rules,
    has_few_contributors,
    is_dominated,
    is_small_count,
    is_small_group,
    tells_of_all,
)
from avis.findings.model import Finding, Key, ref_key

Kind = Literal["few", "all", "group", "few_behind", "one_person", "edition", "edition_too", "reckoned"]
"""Why a count is hidden.

`few`: 1 to threshold − 1 people. `all`: a whole group gave this answer, or stands in this line. `group`:
the group itself is that small, zeros included. `few_behind`, `one_person`: few people stand behind an
amount, or one of them made most of it. `edition`: comparing with an earlier edition would tell who came or
went. `edition_too`: an earlier edition hid it and it would come out now. `reckoned`: nothing of its own,
but with it another hidden count could be reckoned.
"""

OWN: tuple[Kind, ...] = ("few", "all", "group", "few_behind", "one_person")
"""Reasons that lie in the count itself, those first that explain most."""


@dataclass(frozen=True)
class Reason:
    """Why one count is hidden; for `reckoned`, the printed total and the count that would come out."""

    kind: Kind
    total: Key | None = None
    other: Key | None = None


def explain(findings: Sequence[Finding], protected: Protected, published: Editions = ()) -> dict[Key, Reason]:
    """Say of every hidden count why it is hidden; `findings` and `published` as they were protected."""
    beside = frame(findings, published)
    facts = learn(findings, protected.rules, beside)
    own = _own(findings, facts, protected.rules)
    edition = _editions([*findings, *beside.findings], facts)
    simple = _reckoned(facts, protected.hidden_keys)
    return {
        key: own.get(key) or edition.get(key) or simple.get(key) or Reason("reckoned")
        for key in sorted(protected.hidden_keys)
    }


def _own(findings: Sequence[Finding], facts: Facts, rules: Rules) -> dict[Key, Reason]:
    """Apply the primary rules once more, each by its name."""
    found: dict[Key, set[Kind]] = {}
    for finding in (one for one in findings if one.protect):
        for key, kind in (*_by_count(finding, facts, rules), *_by_group(finding, facts)):
            found.setdefault(key, set()).add(kind)
    return {
        key: Reason(next(kind for kind in OWN if kind in kinds))
        for key, kinds in found.items()
        if key in facts.protected
    }


def _by_count(finding: Finding, facts: Facts, rules: Rules) -> Iterator[tuple[Key, Kind]]:
    behind = {finding.key(one.where): one for one in finding.contributions}
    for key, cell in finding.keyed():
        if not is_magnitude(key.measure):
            if is_small_count(facts.truth[key], facts.threshold[key]):
                yield key, "few"
        elif key in behind:
            if is_dominated(cell.n or 0, behind[key].largest):
                yield key, "one_person"
            if has_few_contributors(behind[key].people, rules.threshold_for(finding.minors)):
                yield key, "few_behind"


def _by_group(finding: Finding, facts: Facts) -> Iterator[tuple[Key, Kind]]:
    for relation in finding.relations:
        total, parts = finding.key(relation.total), [finding.key(where) for where in relation.parts]
        if not facts.truth.keys() >= {total, *parts}:
            continue
        if relation.kind == "sum" and is_small_group(facts.truth[total], facts.threshold[total]):
            yield from ((part, "group") for part in parts)
        telling = (finding.key(where) for where in relation.telling)
        yield from ((part, "all") for part in telling if tells_of_all(facts.truth[part], facts.truth[total]))


def _editions(findings: Sequence[Finding], facts: Facts) -> dict[Key, Reason]:
    """Find today's counts from which an earlier edition's would tell who moved, or what it hid."""
    found: dict[Key, Reason] = {}
    for finding in findings:
        for link in finding.links:
            keys = [ref_key(ref, finding.measure) for ref in (link.total, *link.parts)]
            moved = [key for key in keys if MOVED in key.where]
            owed = [key for key in keys if is_former(key) and key in facts.protected and key not in moved]
            for key in keys:
                if moved and not is_former(key):
                    if any(one in facts.protected and facts.truth[one] for one in moved):
                        found[key] = Reason("edition")
                    elif owed:
                        found.setdefault(key, Reason("edition_too"))
    return found


def _reckoned(facts: Facts, hidden: frozenset[Key]) -> dict[Key, Reason]:
    """Find, for a count that is hidden beside another, one printed sum that would give the other away."""
    known = (facts.printed - hidden) | facts.public
    found: dict[Key, Reason] = {}
    for terms, (low, high) in facts.equations.items():
        unknown = [key for key, _ in terms if key not in known]
        total = next((key for key, factor in terms if factor > 0 and key in known), None)
        if low == high and len(unknown) == 2 and total is not None:
            for key, other in (unknown, unknown[::-1]):
                if key in hidden and other in facts.protected:
                    shown = Reason("reckoned", total, other if other in facts.printed else None)
                    if key not in found or (found[key].other is None and shown.other):
                        found[key] = shown
    return found
