"""Values of a variable put together in one finding: « 15–17 ans » and « 18–24 ans » become one line.

The merged line is the sum of the lines it takes the place of, which is right only where nobody stands
in two of them. The single counts stay as counts that no table prints, with all that ties them: what an
earlier edition printed of them, or another table, still weighs in protection and in the audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from avis.exhibits import Cell, Dimension, Value, Where, Words
from avis.findings.model import (
    Contribution,
    Finding,
    Key,
    Latent,
    Link,
    Ref,
    Relation,
    Stated,
    changed,
    ref_key,
    ref_of,
)

ENDLESS = float("inf")


@dataclass(frozen=True)
class Merge:
    """One line in the place of several, for a variable whose values are known to be there."""

    variable: str
    values: tuple[str, ...]
    value: Value
    note: Words

    def single(self, where: Where) -> str:
        """Give the value that a cell has of those to be merged, empty where it has none.

        >>> Merge("age", ("a", "b"), Value(id="ab", label={}), {}).single((("age", "b"), ("sex", "f")))
        'b'
        """
        return next((id for name, id in where if name == self.variable and id in self.values), "")

    def over(self, where: Where) -> Where:
        """Give the merged cell in which a cell lies."""
        return tuple(
            (name, self.value.id) if name == self.variable and id in self.values else (name, id)
            for name, id in where
        )


def is_shared(finding: Finding, merge: Merge) -> bool:
    """Tell whether one person may stand in two of the values: their sum would count her twice."""
    along = [
        relation
        for relation in finding.relations
        if len({merge.single(where) for where in relation.parts} - {""}) > 1
        and not merge.single(relation.total)
    ]
    if any(relation.kind == "cover" for relation in along):
        return True
    asked = any(name == merge.variable for name, _ in finding.base or ())
    return finding.multiple and not along and (asked or len(finding.dimensions) == 1)


def merged(finding: Finding, merge: Merge) -> Finding:
    """Give a finding whose lines are merged; one that does not break down by the variable stays as it is."""
    present = {v.id for d in finding.dimensions if d.id == merge.variable for v in d.values}
    if len(present.intersection(merge.values)) < 2:
        return finding
    groups = _groups(finding, merge)
    cells = tuple(_together(finding, merge, groups))
    counted = {at: [cell for cell in held if cell.n is not None] for at, held in groups.items()}
    latent, links = _tied(finding, merge, counted)
    kept, arithmetic = _relations(finding, merge, counted)
    return changed(
        finding,
        dimensions=tuple(_dimension(dimension, merge) for dimension in finding.dimensions),
        cells=cells,
        relations=kept,
        links=(*finding.links, *links, *arithmetic),
        latent=(*finding.latent, *latent),
        stated=(*finding.stated, *_stated(finding, merge, counted)),
        contributions=_contributions(finding, merge),
        public=_public(finding, merge, counted),
        base=None if finding.base is None else merge.over(finding.base),
        evidence=msgspec.structs.replace(finding.evidence, rule=_after(finding.evidence.rule, merge.note)),
    )


Groups = dict[Where, list[Cell]]
"""The counted cells that each merged cell takes the place of."""


def _groups(finding: Finding, merge: Merge) -> Groups:
    groups: Groups = {}
    for cell in finding.cells:
        if merge.single(cell.where):
            groups.setdefault(merge.over(cell.where), []).append(cell)
    return groups


def _together(finding: Finding, merge: Merge, groups: Groups) -> Iterator[Cell]:
    done = set[Where]()
    for cell in finding.cells:
        at = merge.over(cell.where)
        if not merge.single(cell.where):
            yield cell
        elif at not in done:
            done.add(at)
            yield _sum(at, groups[at])


def _sum(at: Where, held: Sequence[Cell]) -> Cell:
    """Add cells; what nobody counted brings nothing, and makes the sum a lowest one."""
    counted = [cell for cell in held if cell.n is not None]
    if not counted:
        return msgspec.structs.replace(held[0], where=at)
    qualifiers = {cell.qualifier for cell in counted}
    n = sum(cell.n or 0 for cell in counted)
    if qualifiers == {"exact"}:
        return Cell(where=at, n=n, qualifier="exact" if len(counted) == len(held) else "at_least")
    if qualifiers <= {"exact", "range"} and len(counted) == len(held):
        return Cell(where=at, n=n, qualifier="range", high=sum(c.high or c.n or 0 for c in counted))
    one_sided = qualifiers - {"exact"}
    single = one_sided.pop() if len(one_sided) == 1 else "about"
    return Cell(where=at, n=n, qualifier="about" if single == "range" else single)


def _tied(finding: Finding, merge: Merge, groups: Groups) -> tuple[list[Latent], list[Link]]:
    """Keep the single counts unprinted, and say that they add up to the merged one."""
    latent, links = list[Latent](), list[Link]()
    for at, held in groups.items():
        if held:
            parts = tuple(ref_of(finding, cell.where) for cell in held)
            latent += [Latent(cell=part, n=c.n or 0) for part, c in zip(parts, held, strict=True)]
            links.append(Link(total=ref_of(finding, at), parts=parts))
    beside: dict[tuple[Ref, bool], list[Latent]] = {}
    for one in finding.latent:
        if one.cell.population == finding.population and merge.single(one.cell.where):
            over = msgspec.structs.replace(one.cell, where=merge.over(one.cell.where))
            beside.setdefault((over, one.harmless), []).append(one)
    for (over, harmless), several in beside.items():
        n, owed = sum(one.n for one in several), any(one.owed for one in several)
        latent.append(Latent(cell=over, n=n, harmless=harmless, owed=owed))
        links.append(Link(total=over, parts=tuple(one.cell for one in several)))
    return latent, links


def _relations(finding: Finding, merge: Merge, groups: Groups) -> tuple[tuple[Relation, ...], list[Link]]:
    """Give the relations of the merged lines, and the old ones of the single counts as plain arithmetic."""
    kept, arithmetic = list[Relation](), list[Link]()
    inside: dict[Relation, set[str]] = {}
    for relation in finding.relations:
        touched = {merge.single(where) for where in relation.parts} - {""}
        own = merge.single(relation.total)
        if not touched and not own:
            kept.append(relation)
            continue
        total, *parts = (ref_of(finding, where) for where in (relation.total, *relation.parts))
        arithmetic.append(Link(total=total, parts=tuple(parts), kind=relation.kind))
        new = Relation(
            total=merge.over(relation.total),
            parts=tuple(dict.fromkeys(map(merge.over, relation.parts))),
            kind=relation.kind,
            telling=tuple(dict.fromkeys(map(merge.over, relation.telling))),
        )
        if not own and _is_whole(relation, merge, groups):
            kept.append(new)
        elif own and touched == {own} and all(map(merge.single, relation.parts)):
            if new not in inside:
                kept.append(new)
            inside.setdefault(new, set()).add(own)
    incomplete = {new for new, singles in inside.items() if singles != _singles(groups.get(new.total), merge)}
    return tuple(dict.fromkeys(one for one in kept if one not in incomplete)), arithmetic


def _is_whole(relation: Relation, merge: Merge, groups: Groups) -> bool:
    """Tell whether a relation has, for each merged part, all the single counts that it is the sum of."""
    found: dict[Where, set[str]] = {}
    for where in relation.parts:
        if merge.single(where):
            found.setdefault(merge.over(where), set()).add(merge.single(where))
    return all(singles == _singles(groups.get(at), merge) for at, singles in found.items())


def _singles(held: Iterable[Cell] | None, merge: Merge) -> set[str]:
    return {merge.single(cell.where) for cell in held or ()}


def _stated(finding: Finding, merge: Merge, groups: Groups) -> Iterator[Stated]:
    """What everybody knows of the single counts remains known: public ones, and those that occur."""
    public = set(finding.public)
    for held in groups.values():
        for cell in held:
            term = ((ref_of(finding, cell.where), 1.0),)
            if cell.where in public:
                yield Stated(terms=term, low=float(cell.n or 0), high=float(cell.n or 0))
            elif finding.occurring:
                yield Stated(terms=term, low=1.0, high=ENDLESS)


def _public(finding: Finding, merge: Merge, groups: Groups) -> tuple[Where, ...]:
    public = set(finding.public)
    kept = [where for where in finding.public if not merge.single(where)]
    whole = [at for at, held in groups.items() if held and all(cell.where in public for cell in held)]
    return (*kept, *whole)


def _contributions(finding: Finding, merge: Merge) -> tuple[Contribution, ...]:
    """One person may stand behind several of them: fewest people, and the most that one may have given."""
    found: dict[Where, Contribution] = {}
    for one in finding.contributions:
        at = merge.over(one.where)
        before = found.get(at)
        if before is None:
            found[at] = Contribution(where=at, people=one.people, largest=one.largest)
        else:
            people = max(before.people, one.people)
            found[at] = Contribution(where=at, people=people, largest=before.largest + one.largest)
    return tuple(found.values())


def _dimension(dimension: Dimension, merge: Merge) -> Dimension:
    """Put the merged value where the first of its values stood."""
    if dimension.id != merge.variable:
        return dimension
    first = next((v.id for v in dimension.values if v.id in merge.values), "")
    kept = (merge.value if v.id == first else v for v in dimension.values)
    return msgspec.structs.replace(
        dimension, values=tuple(v for v in kept if v.id == merge.value.id or v.id not in merge.values)
    )


def _after(rule: Words, note: Words) -> Words:
    return {lang: " ".join(filter(None, (rule.get(lang), note.get(lang)))) for lang in {**rule, **note}}


def tied_inside(findings: Sequence[Finding], merge: Merge, populations: set[str]) -> list[Finding]:
    """Tie what is printed inside a single count that is merged away (appointments of those of 15 to 17).

    Such a finding has the value in its filter and keeps it. Its counts lie in the single count, and so
    in the merged one, which its conditions do not say any more.
    """
    among = [finding for finding in findings if finding.population in populations]
    singles = {
        ref_key(latent.cell, finding.measure): latent.n
        for finding in among
        for latent in finding.latent
        if merge.single(latent.cell.where) and len(latent.cell.where) == 1
    }
    inside = {finding.id for finding in among if merge.single(finding.within)}
    return [_inside(finding, merge, singles) if finding.id in inside else finding for finding in findings]


def _inside(finding: Finding, merge: Merge, singles: Mapping[Key, float]) -> Finding:
    where = ((merge.variable, merge.single(finding.within)),)
    whole = singles.get(Key(finding.population, finding.measure, where))
    latent, links = list[Latent](), list[Link]()
    for key, cell in finding.keyed():
        left = -1 if whole is None else whole - (cell.n or 0)
        if key.where != where and left >= 0:
            outer = Ref(population=finding.population, where=where)
            rest = Ref(population=finding.population, where=(*where, ("rest", str(key.where))))
            links.append(Link(total=outer, parts=(Ref(population=finding.population, where=key.where), rest)))
            latent.append(Latent(cell=rest, n=left))
    return changed(finding, latent=(*finding.latent, *latent), links=(*finding.links, *links))
