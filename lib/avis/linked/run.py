"""From named files to an outcome: everything is read and checked before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from avis.disclosure.choosing.prices import Costs
from avis.disclosure.rules import Rules
from avis.errors import AvisError, Place, Problems
from avis.folders import cannot_write, make_folder, read_regular, write_whole
from avis.linked.auditing import audit_read, complete_read
from avis.linked.bringing import bring_together
from avis.linked.combining import check_combined, combine_tables, parse_combined
from avis.linked.known import KnownCell, read_hierarchy, read_known
from avis.linked.model import CountTable
from avis.linked.outcome import Outcome, called
from avis.linked.proposing import propose
from avis.linked.protecting import hide, protect_read, tell_hidden
from avis.linked.reading import read_tables
from avis.linked.rewriting import Changes, check_written, rewrite
from avis.linked.telling import refuse_slips, tell_structure, tell_untied
from avis.linked.wholes import add_wholes

Doing: TypeAlias = Literal["reading", "protecting", "proposing", "auditing"]


@dataclass(frozen=True)
class Asked:
    """What the command was asked for."""

    files: tuple[tuple[Path, str], ...]
    rules: Rules
    out: Path | None = None
    known: Path | None = None
    hierarchy: Path | None = None
    combine: tuple[str, ...] = ()
    cost: Costs = "useful"
    exact: bool = False
    doing: Callable[[Doing], None] = lambda what: None
    """Told what begins, for whoever waits."""


def protect_files(asked: Asked) -> Outcome:
    """Protect tables together, and write them where that is asked.

    Errors: those of the files; LIN-040 a number that agrees with none of its sums; LIN-028 what would be
    written is not what was decided.
    """
    outcome = Outcome("protect", asked.rules.threshold)
    problems = outcome.problems
    asked.doing("reading")
    tables = read_all(asked.files, problems, hidden=False)
    known, declared = _beside(asked, problems)
    add_wholes(tables, declared, problems)
    outputs = _outputs(tables, asked, problems)
    wanted = parse_combined(asked.combine, tables, problems)
    problems.raise_errors()
    read = bring_together(tables, known, declared, problems)
    refuse_slips(read, problems)
    problems.raise_errors()
    changes = [Changes() for _ in tables]
    if wanted:
        check_combined({name for held in read.structures.values() for name in held.several}, wanted, problems)
        problems.raise_errors()
        combined, changes, levels = combine_tables(tables, wanted)
        for name, pairs in levels.items():
            declared.setdefault(name, []).extend(pairs)
        read = bring_together(combined, known, declared, problems)
    tell_structure(read, asked.rules, problems)
    outcome.tables = len(tables)
    asked.doing("protecting")
    found = protect_read(read, asked.rules, asked.cost, asked.exact)
    tell_untied(found.audit.remarks, problems)
    if found.whole:
        problems.warn("LIN-044")
    tell_hidden(read, found, outcome)
    if not outcome.passed:
        return outcome
    asked.doing("proposing")
    outcome.proposals = propose(read, found, asked.rules, known, declared)
    if asked.out is not None:
        hide(read, found, changes)
        _write(_contents(tables, outputs, changes), asked.out)
        outcome.files = {called(table): path.name for table, path in zip(tables, outputs, strict=True)}
    return outcome


def _contents(
    tables: Sequence[CountTable], outputs: Sequence[Path], changes: Sequence[Changes]
) -> dict[Path, bytes]:
    """Make the bytes of every file, and read each back before any is written."""
    contents = {}
    for table, path, changed in zip(tables, outputs, changes, strict=True):
        data = rewrite(read_regular(table.path, table.path.stat().st_size), table, changed)
        check_written(data, table, changed)
        contents[path] = data
    return contents


def audit_files(asked: Asked) -> Outcome:
    """Audit tables that were protected elsewhere; nothing is written. Errors: LIN-025 they contradict."""
    outcome = Outcome("audit", asked.rules.threshold)
    problems = outcome.problems
    asked.doing("reading")
    tables = read_all(asked.files, problems, hidden=True)
    known, declared = _beside(asked, problems)
    add_wholes(tables, declared, problems)
    problems.raise_errors()
    asked.doing("auditing")
    for arithmetic, loose in ((True, False), (False, False), (False, True)):
        read = bring_together(tables, known, declared, problems, loose, arithmetic)
        findings = complete_read(read, problems)
        if findings is not None:
            tell_structure(read, asked.rules, problems)
            outcome.tables = len(tables)
            audit_read(read, findings, asked.rules, outcome)
            return outcome
    raise AvisError(problems)


def read_all(files: Sequence[tuple[Path, str]], problems: Problems, hidden: bool) -> list[CountTable]:
    """Read every table of every file; all that is wrong is told at once."""
    tables = []
    for path, name in files:
        tables += read_tables(path, name, problems, hidden)
    return tables


def _beside(asked: Asked, problems: Problems) -> tuple[list[KnownCell], dict[str, list[tuple[str, str]]]]:
    """Read what the public knows, and what contains what."""
    known = read_known(asked.known, asked.known.name, problems) if asked.known else []
    declared = read_hierarchy(asked.hierarchy, asked.hierarchy.name, problems) if asked.hierarchy else {}
    return known, declared


def _outputs(tables: Sequence[CountTable], asked: Asked, problems: Problems) -> list[Path]:
    """Name the files to write. Errors: LIN-022 two of one name, LIN-023 one that would replace an input."""
    if asked.out is None:
        return []
    inputs = {path.resolve() for path, _ in asked.files}
    names: dict[str, str] = {}
    outputs = []
    for table in tables:
        name = table.path.name
        if not table.delimiter:
            name = f"{table.path.stem}{'-' + table.sheet if table.sheet else ''}.csv".replace("/", "-")
            problems.warn("LIN-032", Place(table.name, table.sheet))
        if names.setdefault(name.casefold(), table.name) != table.name:
            problems.add("LIN-022", Place(table.name))
        if (asked.out / name).resolve() in inputs:
            problems.add("LIN-023", Place(table.name))
        outputs.append(asked.out / name)
    return outputs


def _write(files: dict[Path, bytes], out: Path) -> None:
    """Write all files, or none: what was written before one fails is taken away again."""
    done: list[Path] = []
    try:
        make_folder(out)
        for path, data in files.items():
            write_whole(path, data, shared=True)
            done.append(path)
    except OSError as error:
        raise cannot_write(out, error) from None
    finally:
        if len(done) < len(files):
            for path in done:
                path.unlink(missing_ok=True)
