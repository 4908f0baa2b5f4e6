"""Protected findings as exhibits: tables that hold what may be shown, and no trace of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from avis.disclosure.audit import read_tables
from avis.disclosure.magnitudes import is_magnitude
from avis.disclosure.protected import Protected
from avis.errors import Problems
from avis.exhibits import Cell, Dimension, Evidence, Table, Words
from avis.findings.model import Finding
from avis.i18n import LANGUAGES, say

SHARE_DIGITS = 4
"""Digits of a share; it is reckoned from two shown counts, so it tells nothing more than they do."""


def protected_tables(findings: Iterable[Finding], protected: Protected) -> list[Table]:
    """Write each finding as a table; a hidden cell has no count, share or upper end.

    The tables are then read back. Errors: DIS-014 a table does not follow what was
    decided (a fault of the software, never of the data).
    """
    kept = list({finding.id: finding for finding in findings}.values())
    tables = [_table(finding, protected) for finding in kept]
    _check(kept, tables, protected)
    return tables


def _check(findings: Sequence[Finding], tables: Sequence[Table], protected: Protected) -> None:
    """The audit's verdict is about certain hidden cells: the tables must hide exactly these."""
    hidden, wrong = read_tables(findings, tables)
    differing = {failure.key for failure in wrong} | (hidden ^ protected.hidden_keys)
    problems = Problems()
    for owner in sorted(
        {finding.id for finding in findings for key, _ in finding.keyed() if key in differing}
    ):
        problems.add("DIS-014", table=owner)
    problems.raise_errors()


def _table(finding: Finding, protected: Protected) -> Table:
    cells = [_cell(finding, cell, protected) for cell in finding.cells]
    idle = _idle(finding, cells)
    kept = tuple(cell for cell in cells if not idle.intersection(cell.where))
    whole = finding.cell(())
    told = whole is None or not finding.protect or protected.shows(finding.key(()))
    return Table(
        id=finding.id,
        subject=finding.subject,
        title=finding.title,
        measure=finding.measure,
        population=finding.population,
        unit=finding.unit,
        dimensions=tuple(_without(dimension, idle) for dimension in finding.dimensions),
        cells=kept,
        evidence=_evidence(finding, sum(cell.status == "hidden" for cell in kept), told, protected),
        base=finding.base,
        multiple=finding.multiple,
        items=finding.items,
        earlier=finding.earlier,
        target=finding.target,
        gap=finding.gap if told else {},  # an explained distance to the target would tell the count
        period=finding.period,
    )


def _cell(finding: Finding, cell: Cell, protected: Protected) -> Cell:
    if cell.n is None:
        return cell
    if finding.protect and not protected.shows(finding.key(cell.where)):
        return Cell(where=cell.where, status="hidden")
    return msgspec.structs.replace(cell, share=_share(finding, cell, protected))


def _share(finding: Finding, cell: Cell, protected: Protected) -> float | None:
    """Reckon a part of the base from shown counts alone; only choices have one, and exact figures."""
    where = finding.base_of(cell.where)
    base = None if where is None else finding.cell(where)
    if base is None or base.where == cell.where or not _is_choice(finding, cell):
        return None
    if finding.protect and not protected.shows(finding.key(base.where)):
        return None
    if not base.n or cell.n is None or (base.qualifier, cell.qualifier) != ("exact", "exact"):
        return None
    return round(cell.n / base.n, SHARE_DIGITS)


def _is_choice(finding: Finding, cell: Cell) -> bool:
    """Tell whether every value of a cell is listed as a choice: a base or a status has no share."""
    listed = {(d.id, v.id): v.role for d in finding.dimensions for v in d.values}
    if finding.base:
        asked = {variable for variable, _ in finding.base}
        return any(v in asked and listed.get((v, id)) == "choice" for v, id in cell.where)
    return bool(cell.where) and all(listed.get(pair) == "choice" for pair in cell.where)


def _idle(finding: Finding, cells: Sequence[Cell]) -> set[tuple[str, str]]:
    """Give the statuses that nobody has and that are not hidden: a shown zero may go without saying."""
    if not finding.protect:
        return set()
    statuses = {(d.id, v.id) for d in finding.dimensions for v in d.values if v.role == "status"}
    busy = {pair for cell in cells if (cell.status, cell.n) != ("shown", 0) for pair in cell.where}
    return statuses - busy


def _without(dimension: Dimension, idle: set[tuple[str, str]]) -> Dimension:
    values = tuple(value for value in dimension.values if (dimension.id, value.id) not in idle)
    return msgspec.structs.replace(dimension, values=values)


def _evidence(finding: Finding, hidden: int, told_whole: bool, protected: Protected) -> Evidence:
    """Say what protection did; what is said beside the whole (a published figure) is hidden with it."""
    beside = finding.beside if told_whole else {}
    rule = {
        lang: " ".join(filter(None, (text, beside.get(lang, ""))))
        for lang, text in finding.evidence.rule.items()
    }
    evidence = msgspec.structs.replace(finding.evidence, rule=rule)
    if not hidden:
        return evidence
    most = protected.rules.threshold_for(finding.minors) - 1
    told: Words = {
        lang: " ".join(
            (
                say("disclosure.note.hidden", lang, n=hidden),
                say(_rule_told(finding), lang, most=most),
            )
        )
        for lang in LANGUAGES
    }
    return msgspec.structs.replace(evidence, protection=told)


def _rule_told(finding: Finding) -> str:
    """Choose the words of the rule: of people and attendances, or of amounts that people stand behind."""
    return "disclosure.magnitude.rule" if is_magnitude(finding.measure) else "disclosure.note.threshold"
