"""`avis sent`: note where an edition went; without a place or a recipient, list what has gone out."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from avis.errors import Problems, fail, shown, tell
from avis.i18n import language, say

if TYPE_CHECKING:
    from avis.editions.register import Edition
    from avis.folders import Folders


def run(arguments: argparse.Namespace) -> int:
    """Note one place or recipient, or print the register in words."""
    from avis.editions.register import read_register
    from avis.folders import find

    folders, problems = find(arguments.evaluation), Problems()
    editions = read_register(folders.root, problems)
    if arguments.to is not None or arguments.at is not None:
        problems.raise_errors()
        return _note(arguments, folders, editions, problems)
    if arguments.on or arguments.draft:
        raise fail("CLI-034")
    if arguments.edition and arguments.edition not in editions:
        from avis.release.outgoing import refuse_edition

        refuse_edition(editions, problems)
        problems.raise_errors()
    _list(editions, arguments.edition)
    if problems.items:
        print(tell(problems), file=sys.stderr)
    return 1 if problems.errors else 0


def _note(
    arguments: argparse.Namespace, folders: Folders, editions: dict[str, Edition], problems: Problems
) -> int:
    from avis.cli.release import asked_for
    from avis.evaluation import open_evaluation
    from avis.release import outgoing

    if arguments.to is not None:
        outgoing.check_recipient(arguments.to, problems)
        if not problems.errors and outgoing.may_be_person(arguments.to):
            _check_organisation(arguments.organisation, problems)
    if arguments.at is not None:
        outgoing.check_address(arguments.at, problems)
    on = outgoing.read_day(arguments.on, problems)
    edition = "" if arguments.draft else outgoing.find_edition(editions, arguments.edition, problems)
    if edition and on < editions[edition].issued.on:
        problems.add("CLI-032")
    problems.raise_errors()
    if arguments.draft:
        opened = open_evaluation(arguments.evaluation)
        audience, call = asked_for(opened, arguments.audience, arguments.call)
        edition = outgoing.note_drafts(opened, audience, on, problems, call)
        problems.raise_errors()
    outgoing.note_placed(folders, edition, on, arguments.to or "", arguments.at or "")
    where = ", ".join(part for part in (arguments.to, arguments.at) if part)
    print(say("cli.sent.noted", id=edition, where=shown(where)))
    if edition in editions and editions[edition].taken_back_on:
        print(say("cli.sent.was_taken_back"))
    return 0


def _check_organisation(said: bool, problems: Problems) -> None:
    """Ask about a recipient that looks like a person's name; without a terminal, `--organisation` says it."""
    from avis.spelling import TRUTHS, fold

    if not said and sys.stdin.isatty():
        try:
            said = TRUTHS.get(fold(input(f"{say('cli.sent.organisation')} ")), False)
        except EOFError:
            said = False
    if not said:
        problems.add("CLI-038")


def _list(editions: dict[str, Edition], only: str | None) -> None:
    """Print each edition: id, day, files, where it is, whether it was taken back."""
    wanted = [edition for id, edition in editions.items() if only in (None, id)]
    if not editions:
        print(say("cli.sent.none"))
    for edition in wanted:
        print("\n".join(_described(edition)))


def _described(edition: Edition) -> list[str]:
    from avis.editions.register import day_of

    issued, lang = edition.issued, language()
    kind = say("cli.sent.draft" if issued.draft else "cli.sent.edition")
    facts = {
        "kind": kind,
        "id": shown(issued.edition),
        "date": day_of(issued.on, lang),
        "audience": issued.audience,
    }
    lines = [say("cli.sent.line", **facts)]
    if edition.taken_back_on:
        lines.append(say("cli.sent.taken_back", date=day_of(edition.taken_back_on, lang)))
    if issued.tables:
        hidden = sum(cell.hidden for table in issued.tables for cell in table.cells)
        cells = sum(len(table.cells) for table in issued.tables)
        lines.append(say("cli.sent.tables", n=len(issued.tables), cells=cells, hidden=hidden))
    else:
        lines.append(say("cli.sent.no_tables"))
    lines += [f"  {shown(file.name)}  sha256 {shown(file.sha256)}" for file in issued.files]
    for placed in edition.placed:
        for key, where in (("to", placed.recipient), ("at", placed.place)):
            if where:
                lines.append(say(f"cli.sent.{key}", lang, where=shown(where), date=day_of(placed.on, lang)))
    return lines if edition.placed else [*lines, say("cli.sent.nowhere")]
