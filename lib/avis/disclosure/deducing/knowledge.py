"""What the audit takes for true and for known, learnt from the findings by its own path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import isfinite

from avis.disclosure.editions import is_former
from avis.disclosure.frame import NOTHING, Frame
from avis.disclosure.magnitudes import is_magnitude, required, units
from avis.disclosure.rules import Rules, is_small_count, is_small_group, tells_of_all
from avis.findings.model import Finding, Key, Stated, ref_key


@dataclass
class Facts:
    """What is true, what is known without us, and every equation between counts."""

    truth: dict[Key, int]
    floor: dict[Key, int]
    threshold: dict[Key, int]
    printed: set[Key]
    public: set[Key]
    equations: dict[tuple[tuple[Key, float], ...], tuple[float, float]]
    protected: set[Key]
    alone: set[Key] = field(default_factory=set)
    """Cells that hold one person: she knows that count, or that amount."""
    ours: dict[tuple[tuple[Key, float], ...], tuple[float, float]] = field(default_factory=dict)
    """Bounds that we state ourselves, as they were before: a pardon for what is public leaves these out."""


def learn(findings: Sequence[Finding], rules: Rules, before: Frame = NOTHING) -> Facts:
    """Gather counts, thresholds, equations, what is public and what the primary rules protect.

    What earlier editions showed is public; what they hid, and who moved since, is counted and not printed.
    """
    facts = Facts({}, {}, {}, set(), set(), {}, set())
    people = [finding for finding in (*findings, *before.findings) if finding.protect]
    for finding in people:
        _learn_cells(finding, rules.threshold_for(finding.minors), facts)
    for finding in findings:
        if not finding.protect:
            exact = {key for key, cell in finding.keyed() if cell.qualifier == "exact"}
            facts.public |= exact & facts.truth.keys()
    facts.public |= before.known & facts.truth.keys()
    for finding in people:
        _learn_relations(finding, facts)
    _learn_nesting(facts)
    # after: what is stated is no total of its parts; what is public first, since ours comes on top of it
    told = [(finding, one) for finding in people for one in finding.stated]
    past = {id(finding) for finding in before.findings}
    for public in (True, False):
        for finding, one in told:
            if (one.public or id(finding) in past) is public:
                _learn_stated(finding, one, public, facts)
    facts.alone |= {
        k for k, n in facts.truth.items() if n == 1 and not is_magnitude(k.measure) and not is_former(k)
    }
    facts.protected |= {k for k, n in facts.truth.items() if is_small_count(n, facts.threshold[k])}
    facts.protected -= facts.public
    return facts


def without_ours(facts: Facts) -> Facts:
    """Give what is known without anything that we state; bounds that bound nothing fall out."""
    rows = {terms: ends for terms, ends in (facts.equations | facts.ours).items() if any(map(isfinite, ends))}
    return replace(facts, equations=rows)


def _learn_cells(finding: Finding, threshold: int, facts: Facts) -> None:
    measure, widths = finding.measure, required(finding, threshold)
    counted = {key: (units(cell.n or 0, measure), bool(cell.where)) for key, cell in finding.keyed()}
    facts.printed |= counted.keys()
    facts.public |= {finding.key(where) for where in finding.public} & counted.keys()
    for key, (n, inner) in counted.items():
        facts.truth[key] = n
        if inner and finding.occurring:
            facts.floor[key] = 1
    for latent in finding.latent:
        key = ref_key(latent.cell, measure)
        facts.truth.setdefault(key, units(latent.n, key.measure))
    facts.protected |= {
        ref_key(latent.cell, finding.measure) for latent in finding.latent if latent.owed and threshold
    }
    harmless = {ref_key(latent.cell, finding.measure) for latent in finding.latent if latent.harmless}
    unprinted = {ref_key(latent.cell, finding.measure) for latent in finding.latent}
    facts.protected |= widths.keys()
    facts.alone |= {finding.key(one.where) for one in finding.contributions if one.people == 1}
    for key in counted.keys() | unprinted:
        owed = 0 if key in harmless else widths.get(key, 0) if is_magnitude(measure) else threshold
        facts.threshold[key] = max(owed, facts.threshold.get(key, 0))


def _learn_relations(finding: Finding, facts: Facts) -> None:
    for relation in finding.relations:
        total, parts = finding.key(relation.total), [finding.key(where) for where in relation.parts]
        if not _equate(total, parts, relation.kind == "cover", facts):
            continue
        whole = facts.truth[total]
        if relation.kind == "sum" and is_small_group(whole, facts.threshold[total]):
            facts.protected |= set(parts)
        telling = [finding.key(where) for where in relation.telling]
        facts.protected |= {part for part in telling if tells_of_all(facts.truth[part], whole)}
    for link in finding.links:
        linked = [ref_key(ref, finding.measure) for ref in link.parts]
        whole_key = ref_key(link.total, finding.measure)
        _equate(whole_key, linked, link.kind == "cover", facts)


def _learn_stated(finding: Finding, told: Stated, public: bool, facts: Facts) -> None:
    """A percentage or a mean bounds a sum of counts; said twice, the narrower bounds hold."""
    terms = tuple((ref_key(ref, finding.measure), factor) for ref, factor in told.terms)
    if all(key in facts.truth for key, _ in terms):
        low, high = before = facts.equations.get(terms, (-float("inf"), float("inf")))
        if not public:
            facts.ours.setdefault(terms, before)
        facts.equations[terms] = (max(low, told.low), min(high, told.high))


def _equate(total: Key, parts: Sequence[Key], at_most: bool, facts: Facts) -> bool:
    if not all(key in facts.truth for key in (total, *parts)):
        return False
    factor = dict.fromkeys((total, *parts), 0.0)
    factor[total] += 1
    for part in parts:
        factor[part] -= 1
    terms = tuple((key, held) for key, held in factor.items() if held)
    if terms:
        facts.equations[terms] = (-float("inf") if at_most else 0.0, 0.0)
    return True


def _learn_nesting(facts: Facts) -> None:
    """What is printed inside something printed is at most as large, and the rest is a count too."""
    over: dict[Key, set[Key]] = {}
    for terms in facts.equations:
        if terms[0][1] > 0:  # else the total was its own part and fell out
            for part, _ in terms[1:]:
                over.setdefault(part, set()).add(terms[0][0])
    for inner in sorted(facts.printed):
        reached, ahead = set[Key](), [inner]
        while ahead:
            new = over.get(ahead.pop(), set()) - reached
            reached |= new
            ahead += sorted(new)
        wheres = (where for size in range(len(inner.where)) for where in combinations(inner.where, size))
        for outer in ({inner._replace(where=where) for where in wheres} & facts.printed) - reached:
            rest = Key(outer.population, outer.measure, (*outer.where, ("rest", str(inner.where))))
            facts.truth[rest] = facts.truth[outer] - facts.truth[inner]
            facts.threshold[rest] = max(facts.threshold[outer], facts.threshold[inner])
            _equate(outer, [inner, rest], False, facts)
