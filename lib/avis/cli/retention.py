"""`avis retention`: what is kept, until when; what has been kept long enough is shown, then deleted."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING

from avis.errors import Problems
from avis.i18n import date, language, pick, say

if TYPE_CHECKING:
    import datetime as dt

    from avis.evaluation import Evaluation
    from avis.rights.retention import Kept


def run(arguments: argparse.Namespace) -> int:
    """Show what is kept and what is due; delete what is due where `--yes` is given."""
    from avis.evaluation import as_of, open_evaluation
    from avis.rights.retention import delete, read_kept

    opened, problems, today = open_evaluation(arguments.evaluation), Problems(), as_of()
    kept = read_kept(opened, problems)
    problems.raise_errors()
    print(say("cli.retention.title", title=pick(opened.settings.title, language())[0]))
    print("\n".join(_line(one, today) for one in kept) or say("cli.retention.nothing_held"))
    due = [one for one in kept if one.due(today)]
    if not due:
        print(f"\n{say('cli.retention.nothing_due')}")
        return 0
    if not arguments.yes:
        _show(opened, due)
        return 0
    gone = delete(opened, due, today)
    print(f"\n{say('cli.retention.done', n=gone)}")
    _tell_elsewhere(opened, due)
    return 0


def _line(kept: Kept, today: dt.date) -> str:
    name = say(f"rights.retention.kinds.{kept.what}")
    if not kept.files and kept.erased_on:
        return "- " + say("cli.retention.erased", what=name, date=date(kept.erased_on, language()))
    if kept.end is None:
        return "- " + say("cli.retention.undecided", what=name, files=len(kept.files))
    until = date(kept.end.isoformat(), language())
    state = "due" if kept.due(today) else "soon" if kept.soon(today) else "until"
    return "- " + say(f"cli.retention.{state}", what=name, files=len(kept.files), date=until)


def _show(opened: Evaluation, due: list[Kept]) -> None:
    """Say what would go, file by file, and what it means."""
    from avis.rights.retention import made_from

    print(f"\n{say('cli.retention.would_go')}")
    for one in due:
        for path in one.files:
            print(f"  {opened.name(path)}")
    if any(one.files for one in due):
        for path in made_from(opened):
            shown = path.relative_to(opened.folders.root) if opened.holds(path) else path
            print(f"  {shown}/")
        print(f"\n{say('cli.retention.before')}")
    _tell_elsewhere(opened, due)
    print(f"\n{say('cli.retention.to_do', folder=shlex.quote(str(opened.folders.root)))}")


def _tell_elsewhere(opened: Evaluation, due: list[Kept]) -> None:
    """Say what this command cannot reach."""
    from avis.folders import in_repository

    lines = [say("cli.retention.copies")]
    if in_repository(opened.folders.root):
        lines.append(say("cli.retention.git"))
    vault = opened.settings.vault
    if vault and any(one.what == "vault" for one in due):
        lines.append(say("cli.retention.vault", folder=vault.folder))
    print(f"\n{say('cli.retention.by_hand')}\n" + "\n".join(f"- {line}" for line in lines))
