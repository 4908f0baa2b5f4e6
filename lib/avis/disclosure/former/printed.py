"""Protected tables as their readers saw them, for the register of editions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from avis.disclosure.rules import Rules
from avis.editions.printed import PrintedCell, PrintedSum, PrintedTable
from avis.exhibits import Cell, Table, Where, Words
from avis.findings.model import Finding, ref_key


def printed_tables(
    findings: Iterable[Finding], tables: Sequence[Table], rules: Rules
) -> tuple[PrintedTable, ...]:
    """Give each table that is handed over as the public sees it; what is hidden comes from the table itself.

    A sum is kept where its total is printed: it follows from the headings. Links between tables are not:
    some of them follow from people's codes, which nobody saw. A row of statuses that nobody has is not
    printed, and read as zero.
    """
    made = {table.id: table for table in tables}
    return tuple(_printed(one, made[one.id], rules) for one in findings if one.id in made)


def _printed(finding: Finding, table: Table, rules: Rules) -> PrintedTable:
    there = {cell.where: cell for cell in table.cells}
    counted = [cell.where for cell in finding.cells if cell.n is not None]
    latent = {ref_key(one.cell, finding.measure) for one in finding.latent}
    places = {where for relation in finding.relations for where in relation.parts}
    unprinted = sorted(where for where in places if finding.key(where) in latent)
    known = {*counted, *unprinted}
    sums = tuple(
        PrintedSum(total=one.total, parts=one.parts, at_most=one.kind == "cover", telling=one.telling)
        for one in finding.relations
        if one.total in there and known.issuperset((one.total, *one.parts))
    )
    named = {where for one in sums for where in one.parts}
    return PrintedTable(
        id=finding.id,
        measure=finding.measure,
        population=finding.population,
        within=finding.within,
        cells=tuple(_cell(where, there.get(where)) for where in counted),
        sums=sums if finding.protect else (),
        unprinted=tuple(where for where in unprinted if where in named) if finding.protect else (),
        public=finding.public,
        occurring=finding.occurring,
        people=finding.protect,
        minors=finding.minors,
        threshold=rules.threshold_for(finding.minors) if finding.protect else 0,
        labels=labels_of(finding) if finding.protect else {},
    )


def labels_of(finding: Finding) -> dict[str, dict[str, tuple[str, ...]]]:
    """Give the words of the headings, so that a row is known again when only its id changed.

    In one order: findings counted just now and findings read back differ in that of their languages.
    """

    def told(words: Words) -> tuple[str, ...]:
        return tuple(sorted(set(words.values())))

    return {
        dimension.id: {"": told(dimension.label)}
        | {value.id: told(value.label) for value in dimension.values}
        for dimension in finding.dimensions
    }


def _cell(where: Where, cell: Cell | None) -> PrintedCell:
    if cell is None:
        return PrintedCell(where=where, n=0)
    if cell.status == "hidden":
        return PrintedCell(where=where)
    return PrintedCell(where=where, n=cell.n, qualifier=cell.qualifier)
