"""Printed tables of a former edition as findings: shown counts are cells, all others are printed nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from avis.disclosure.completion import Bounds
from avis.editions.printed import PrintedTable
from avis.exhibits import Cell, Evidence, Where
from avis.findings.model import Finding, Key, Latent, Link, Ref, Relation, Stated, changed, ref_key

NO_LIMIT = float("inf")


def finding_of(table: PrintedTable) -> Finding:
    """Give a table as a finding; what it hid is counted as 0 until it is completed.

    Rows that are listed because they occur hold somebody: a hidden one at least one person.
    """

    def ref(where: Where) -> Ref:
        return Ref(population=table.population, where=tuple(sorted({*table.within, *where})))

    hidden = [cell.where for cell in table.cells if cell.hidden]
    shown = (cell for cell in table.cells if not cell.hidden)
    held = [where for where in hidden if table.occurring and where]
    return Finding(
        id=table.id,
        subject=table.id,
        title={},
        measure=table.measure,
        population=table.population,
        within=table.within,
        cells=tuple(Cell(where=cell.where, n=cell.n, qualifier=cell.qualifier) for cell in shown),
        relations=tuple(
            Relation(
                total=one.total, parts=one.parts, kind="cover" if one.at_most else "sum", telling=one.telling
            )
            for one in table.sums
        ),
        latent=tuple(Latent(cell=ref(where), n=0) for where in (*hidden, *table.unprinted)),
        stated=tuple(Stated(terms=((ref(where), 1.0),), low=1.0, high=NO_LIMIT) for where in held),
        public=table.public,
        occurring=table.occurring,
        unit={},
        evidence=Evidence(rule={}),
        minors=table.minors,
    )


def with_structure(old: Sequence[Finding], people: Iterable[Finding]) -> list[Finding]:
    """Add what today's findings tell of the same tables: ties that follow from codes, never printed."""
    now = {(one.id, one.population, one.measure, one.within): one for one in people}
    lent = []
    for finding in old:
        like = now.get((finding.id, finding.population, finding.measure, finding.within))
        if like is not None:
            held = {key for key, _ in finding.keyed()} | latent_keys(finding)
            more = (one for one in like.latent if ref_key(one.cell, like.measure) not in held)
            finding = changed(
                finding,
                latent=(*finding.latent, *more),
                relations=tuple(dict.fromkeys((*finding.relations, *like.relations))),
                links=like.links,
            )
        lent.append(finding)
    return lent


def nested(
    findings: Sequence[Finding], tables: Iterable[PrintedTable], today: Mapping[Key, int]
) -> list[Finding]:
    """Tie what was printed inside something printed, where one of them was hidden: the rest counts too."""
    shown = shown_counts(findings)
    printed = {
        Key(table.population, table.measure, tuple(sorted({*table.within, *cell.where}))): table
        for table in tables
        for cell in table.cells
    }
    over = _over(findings)
    found = []
    for inner in sorted(printed):
        reached = _above(inner, over)
        wheres = (where for size in range(len(inner.where)) for where in combinations(inner.where, size))
        for outer in (inner._replace(where=where) for where in wheres):
            if outer in printed and outer not in reached and not {outer, inner} <= shown.keys():
                found.append(_rest(outer, inner, printed[inner], today))
    return found


def _rest(outer: Key, inner: Key, table: PrintedTable, today: Mapping[Key, int]) -> Finding:
    rest = outer._replace(where=(*outer.where, ("rest", str(inner.where))))
    refs = [Ref(population=k.population, where=k.where, measure=k.measure) for k in (outer, inner, rest)]
    n = max(0, today.get(outer, 0) - today.get(inner, 0))
    return changed(
        finding_of(table),
        id=f"{table.id}|{rest.where}",
        cells=(),
        relations=(),
        public=(),
        stated=(),
        latent=(Latent(cell=refs[2], n=n),),
        links=(Link(total=refs[0], parts=(refs[1], refs[2])),),
    )


def _over(findings: Sequence[Finding]) -> dict[Key, set[Key]]:
    over: dict[Key, set[Key]] = {}
    for keys, _ in sums_of(findings):
        for part in keys[1:]:
            over.setdefault(part, set()).add(keys[0])
    return over


def _above(key: Key, over: Mapping[Key, set[Key]]) -> set[Key]:
    reached, ahead = set[Key](), [key]
    while ahead:
        new = over.get(ahead.pop(), set()) - reached
        reached |= new
        ahead += sorted(new)
    return reached


def latent_keys(finding: Finding) -> set[Key]:
    """Give the keys of the counts that a finding does not print."""
    return {ref_key(one.cell, finding.measure) for one in finding.latent}


def shown_counts(findings: Iterable[Finding]) -> dict[Key, int]:
    """Give the shown counts of an edition."""
    return {key: int(cell.n or 0) for finding in findings for key, cell in finding.keyed()}


def hidden_guesses(findings: Sequence[Finding]) -> dict[Key, int]:
    """Give the counts of an edition that are not shown, as they stand."""
    found = {ref_key(one.cell, finding.measure): int(one.n) for finding in findings for one in finding.latent}
    shown = shown_counts(findings)
    return {key: n for key, n in found.items() if key not in shown}


def sums_of(findings: Sequence[Finding]) -> Iterator[tuple[tuple[Key, ...], bool]]:
    """Give every total with its parts, all of them counts of the edition; true where it is at most theirs."""
    held = shown_counts(findings).keys() | hidden_guesses(findings).keys()
    for finding in findings:
        for one in finding.relations:
            keys = tuple(finding.key(where) for where in (one.total, *one.parts))
            if held >= set(keys):
                yield keys, one.kind == "cover"
        for link in finding.links:
            keys = tuple(ref_key(ref, finding.measure) for ref in (link.total, *link.parts))
            if held >= set(keys):
                yield keys, link.kind == "cover"


def rows_of(findings: Sequence[Finding]) -> Iterator[Bounds]:
    """Write every sum, and all that is stated, as bounds of counts."""
    for keys, at_most in sums_of(findings):
        terms = ((keys[0], 1.0), *((key, -1.0) for key in keys[1:]))
        yield terms, -NO_LIMIT if at_most else 0.0, 0.0
    for finding in findings:
        for told in finding.stated:
            terms = tuple((ref_key(ref, finding.measure), factor) for ref, factor in told.terms)
            yield terms, told.low, told.high


def with_reckoned(findings: Sequence[Finding]) -> list[Finding]:
    """Take for shown what one subtraction gives: who did not tick a choice, where both others are shown."""
    told = set(shown_counts(findings))
    sums, before = [keys for keys, at_most in sums_of(findings) if not at_most], -1
    while len(told) > before:
        before = len(told)
        for keys in sums:
            left = set(keys) - told
            told |= left if len(left) == 1 and keys.count(next(iter(left))) == 1 else set()
    return [_reckoned(finding, told) for finding in findings]


def _reckoned(finding: Finding, told: set[Key]) -> Finding:
    def place(one: Latent) -> Where | None:
        key = ref_key(one.cell, finding.measure)
        where = tuple(pair for pair in key.where if pair not in finding.within)
        return where if key in told and not one.harmless and finding.key(where) == key else None

    found = {where: Cell(where=where, n=one.n) for one in finding.latent if (where := place(one)) is not None}
    if not found:
        return finding
    left = tuple(one for one in finding.latent if place(one) is None)
    return changed(finding, cells=(*finding.cells, *found.values()), latent=left)
