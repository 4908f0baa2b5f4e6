"""What went out before: read from the register, for the protection of what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from avis.disclosure.editions import counts_of
from avis.disclosure.former.reading import Former, former
from avis.disclosure.protect import Protected, protect
from avis.disclosure.rules import Rules
from avis.editions.printed import PrintedTable, content_of
from avis.editions.register import NAME, read_register
from avis.errors import Place, Problem, Problems, shown
from avis.evaluation import Evaluation
from avis.exhibits import Exhibit, Quote, Recommendation, Statement, Table
from avis.findings.model import Finding
from avis.findings.themes import MEETINGS
from avis.folders import Folders, write_whole
from avis.steps.renamed import DOUBTS, UNUSED, follow_names

COMPARED = "compared.json"
"""In the private folder: what comparing editions costs, to be said again after a build that ran nothing."""
_CODES = ("DIS-050", "DIS-051", "DIS-052", "DIS-053", "DIS-054", "DIS-055", *DOUBTS.values(), UNUSED)


@dataclass(frozen=True)
class Before:
    """Former editions: those that printed the same are one."""

    ids: tuple[str, ...]
    tables: tuple[tuple[PrintedTable, ...], ...]
    """In the names of today."""
    former: Former

    def compared(self, now: Iterable[PrintedTable]) -> int:
        """Count the editions that printed something else than what is printed now.

        An edition that was made from this very hand-over is itself: building again tells nothing new.
        """
        own = content_of(now)
        return sum(content_of(tables) != own for tables in self.tables)


def read_before(opened: Evaluation, findings: Sequence[Finding], rules: Rules, problems: Problems) -> Before:
    """Read the tables of all that went out: editions for every audience, drafts, and what was taken back.

    Errors: those of the register. Remarks: DIS-050 an edition of which no table was kept, DIS-051 tables that
    contradict each other, DIS-056 to DIS-059 names that may have changed.
    """
    found: dict[bytes, tuple[str, tuple[PrintedTable, ...]]] = {}
    for id, edition in read_register(opened.folders.root, problems).items():
        tables = edition.issued.tables
        if tables:
            found[content_of(tables)] = (id, tables)  # of two, the words that were printed last
        else:
            problems.warn("DIS-050", Place(NAME), id=shown(id))
    problems.raise_errors()
    ids = tuple(id for id, _ in found.values())
    printed = follow_names(opened, [tables for _, tables in found.values()], findings, problems).editions
    made = former(printed, findings, rules)
    for number in made.contradictory:
        problems.warn("DIS-051", Place(NAME), id=shown(ids[number]))
    return Before(ids, printed, made)


def tell_cost(
    findings: Sequence[Finding],
    protected: Protected,
    tables: Iterable[Table],
    before: Before,
    problems: Problems,
) -> None:
    """Say what comparing editions costs, where the counts changed since one of them.

    Remarks: DIS-052 more numbers are hidden because few people came or left; DIS-053 whole tables are.
    """
    if not _moved(findings, before):
        return
    alone = protect(findings, protected.rules)
    more = protected.hidden - alone.hidden
    if more <= 0:
        return
    problems.warn("DIS-052", Place(NAME), n=more, threshold=protected.rules.threshold)
    counted = {finding.id: finding for finding in findings}
    blank = [
        table
        for table in tables
        if all(cell.status == "hidden" for cell in table.cells if (cell.status, cell.n) != ("shown", 0))
        and any(alone.shows(counted[table.id].key(cell.where)) for cell in table.cells)
    ]
    if blank:
        problems.warn("DIS-053", Place(NAME), n=len(blank))


def _moved(findings: Sequence[Finding], before: Before) -> bool:
    """Tell whether a number that an edition showed is another one today."""
    today = counts_of(finding for finding in findings if finding.protect)
    shown_then = (
        (finding.key(cell.where), cell.n)
        for edition in before.former.editions
        for finding in edition
        for cell in finding.cells
    )
    return any(key in today and today[key] != n for key, n in shown_then)


def tell_absent(opened: Evaluation, exhibits: Iterable[Exhibit], problems: Problems) -> None:
    """Say where a new edition would differ from the last one by one quote or text that is not there any more.

    Words go at once, whatever it tells; what can wait is the next edition. Remark: DIS-054.
    """
    said = [item for item in exhibits if isinstance(item, Quote | Statement | Recommendation)]
    last: dict[str, set[str]] = {}
    for edition in read_register(opened.folders.root, Problems()).values():
        held = {one.id for one in edition.issued.held if one.kind in ("quote", "statement", "recommendation")}
        if held:
            last[edition.issued.audience] = held
    last.pop("recipient", None)  # its next edition answers another call
    for audience, held in last.items():
        now = {item.id for item in said if audience in getattr(item, "audiences", (audience,))}
        if len(held - now) == 1 and not now - held:  # words that are new make the difference larger
            problems.warn("DIS-054", Place(NAME))
            return


def without_lost_themes(
    findings: Iterable[Finding], before: Before, problems: Problems
) -> tuple[Finding, ...]:
    """Leave out the tables of themes where a meeting lost a theme that an edition showed there.

    Words that were taken back count no more: beside the edition before, the table would tell in which meeting
    they were said, on which theme, and that nobody else there spoke of it. Remark: DIS-055.
    """
    kept = tuple(findings)
    now = {(one.id, cell.where): cell.n or 0 for one in kept for cell in one.cells}
    lost = any(
        (cell.n or 0) > now.get((table.id, cell.where), 0)
        for tables in before.tables
        for table in tables
        if table.population in MEETINGS
        for cell in table.cells
    )
    if not lost:
        return kept
    problems.warn("DIS-055", Place(NAME))
    return tuple(one for one in kept if one.population not in MEETINGS)


def keep_told(folders: Folders, problems: Iterable[Problem]) -> None:
    """Keep the remarks on former editions: a build says them too, for who does not open notebook 40."""
    kept = list(dict.fromkeys(item for item in problems if item.code in _CODES))
    write_whole(folders.private / COMPARED, msgspec.json.encode(kept))


def told_before(folders: Folders) -> list[Problem]:
    """Give the remarks on former editions of the last hand-over; none where there is none."""
    try:
        return msgspec.json.decode((folders.private / COMPARED).read_bytes(), type=list[Problem])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return []
