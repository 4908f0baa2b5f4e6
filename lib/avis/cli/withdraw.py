"""`avis withdraw`: take words back, change them, suspend them; shown first, then done.

Without a terminal and without `--yes` it shows and changes nothing, with exit status 0.
"""

from __future__ import annotations

import argparse
import sys
from typing import IO, TYPE_CHECKING

from avis.errors import Place, Problems, fail, shown, tell
from avis.i18n import language, say

if TYPE_CHECKING:
    from avis.evaluation import Evaluation
    from avis.rights.asked import Asked
    from avis.rights.withdraw import Plan
    from avis.rights.withdrawals import Kind

WAIT = 20.0
"""Seconds that a withdrawal waits for whoever is at work in the same evaluation."""


def run(arguments: argparse.Namespace) -> int:
    """Show what will change, ask, do it, make the drafts again and say which numbers changed.

    Errors: CLI-025 nobody is named, CLI-026 the file of new words cannot be used, RIG-009 a build or another
    withdrawal is at work, REL-024 and RIG-014 the key by which words are found again is not here.
    """
    from avis.evaluation import open_evaluation

    opened = open_evaluation(arguments.evaluation)
    if arguments.meeting:
        from avis.cli.recognise import read_out

        return read_out(opened, arguments.meeting)
    from avis.rights.changes import numbers_of

    before = numbers_of(opened.folders)
    with alone(opened):
        changed, status = _act(opened, arguments)
    if changed and not arguments.no_build:
        status = max(status, _build(opened, before))
    return status


def alone(opened: Evaluation) -> IO[bytes]:
    """Wait a moment for a build or another withdrawal to end, and keep others away.

    Errors: RIG-009 it goes on.
    """
    import time

    from avis import locks

    path, last = opened.folders.private / ".lock", time.monotonic() + WAIT
    held = locks.take(path)
    if held is None:
        print(say("cli.withdraw.waiting"), file=sys.stderr)
    while held is None and time.monotonic() < last:
        time.sleep(0.2)
        held = locks.take(path)
    if held is None:
        raise fail("RIG-009", Place(opened.slug))
    return held


def _act(opened: Evaluation, arguments: argparse.Namespace) -> tuple[bool, int]:
    from avis.cli.recognise import which_are_hers
    from avis.cli.withdrawn import (
        apply,
        apply_counts,
        finish_broken_off,
        finish_history,
        refuse_another_key,
    )
    from avis.rights.withdraw import look

    refuse_another_key(opened)
    resumed = finish_broken_off(opened, arguments.history)
    rewritten = arguments.history and finish_history(opened)
    if arguments.counts:
        return apply_counts(opened, lambda: _agreed(arguments)) or resumed, 0
    if not arguments.who:
        if resumed or rewritten:
            return resumed, 0
        raise fail("CLI-025")
    asked, problems = _asked(opened, arguments.who), Problems()
    words = _new_words(arguments.change) if arguments.change else ""
    asked = which_are_hers(opened, asked, ask=sys.stdin.isatty() and not arguments.yes)
    plan = look(opened, _kind(arguments), asked, problems, words)
    problems.raise_errors()
    _show(plan, arguments.history)
    if not _agreed(arguments):
        return resumed, 0
    agreed = bool(words) and _quotable_again(arguments)
    return True, apply(plan, agreed, arguments.history)


def _kind(arguments: argparse.Namespace) -> Kind:
    if arguments.change:
        return "changed"
    return "suspended" if arguments.suspend else "resumed" if arguments.resume else "withdrawn"


def _asked(opened: Evaluation, who: list[str]) -> Asked:
    """Find all that was asked for at once; what one code stands for is no less hers for another's."""
    from avis.rights.asked import Asked, find_asked

    problems = Problems()
    found = [find_asked(opened, one, problems) for one in who]
    problems.raise_errors()
    if len(found) == 1:
        return found[0]
    if any(one.by == "person" for one in found):
        raise fail("CLI-027")
    return Asked(tuple(dict.fromkeys(id for one in found for id in one.contributions)))


def _new_words(file: str) -> str:
    """Read the new words of one paragraph. Errors: CLI-026 no words, or what a note would read otherwise."""
    from pathlib import Path

    from avis.files.charsets import decode
    from avis.folders import read_regular

    problems = Problems()
    try:
        data = read_regular(Path(file), 100_000)
    except OSError:
        raise fail("CLI-026", Place(Path(file).name)) from None
    text = " ".join(decode(data, Place(), problems)[0].removeprefix("\ufeff").split())
    if not text or problems.errors or text.startswith(("{", "#", "[")) or len(data) > 100_000:
        raise fail("CLI-026", Place(Path(file).name))
    return text


def _show(plan: Plan, history: bool) -> None:
    for line in _told(plan, history):
        print(line)


def _told(plan: Plan, history: bool) -> list[str]:
    """Say what will change, what must be done by hand and what nobody can call back."""
    lines = [say(f"cli.withdraw.title.{plan.kind}")]
    for key in ("paragraphs", "session_words", "stories", "answers"):
        n = int(getattr(plan, key))
        lines += [f"  {say(f'cli.withdraw.{key}', n=n)}"] if n else []
    lines += [f"  {shown(name)}" for name in plan.files]
    if plan.counted:
        lines.append(say("cli.withdraw.counted", files=", ".join(map(shown, plan.counted))))
    for key, places in (("calls", plan.calls.alone), ("inside", plan.calls.inside)):
        if places:
            lines += [say(f"cli.withdraw.{key}"), *(f"  {place.told(language())}" for place in places)]
    if plan.calls.before:
        lines.append(say("cli.withdraw.introduced"))
        lines += [f"  {place.told(language())} : {shown(text)}" for place, text in plan.calls.before]
    lines += _told_editions(plan)
    if plan.repeated:
        lines += [say("cli.withdraw.repeated"), *(f"  {name}" for name in plan.repeated)]
    lines += [say("cli.withdraw.shared")] if plan.shared else []
    lines += [say("cli.withdraw.short", n=plan.short)] if plan.short else []
    if plan.by_hand:
        lines += [say("cli.withdraw.by_hand"), *(f"  {shown(seen.name)}" for seen in plan.by_hand)]
    if plan.unsearched:
        lines += [say("cli.withdraw.unsearched"), *(f"  {shown(name)}" for name in plan.unsearched)]
    lines += _told_git(plan, history)
    lines += [] if plan.has_key else [say("cli.withdraw.no_key")]
    if plan.asked.by == "person" and plan.kind == "withdrawn" and plan.opened.settings.vault:
        lines.append(say("cli.withdraw.vault"))
    return [*lines, say("cli.withdraw.never")] if plan.kind != "resumed" else lines


def _told_git(plan: Plan, history: bool) -> list[str]:
    lines = []
    if plan.git:
        lines.append(say("cli.withdraw.git_history" if history else "cli.withdraw.git", n=len(plan.git)))
    if plan.git_failed:
        lines.append(say("cli.withdraw.git_failed"))
    if plan.git and plan.remotes:
        lines.append(say("cli.withdraw.remotes", names=", ".join(map(shown, plan.remotes))))
    return lines


def _told_editions(plan: Plan) -> list[str]:
    from avis.i18n import date

    lines = [say("cli.withdraw.editions")] if plan.editions else []
    for edition in plan.editions:
        issued = edition.issued
        lines.append(
            "  " + say("cli.withdraw.edition", id=shown(issued.edition), day=date(issued.on, language()))
        )
        listed = [file for file in issued.files if file.name.endswith((".html", ".pdf", ".docx"))]
        lines += [f"    {shown(file.name)}  sha256 {shown(file.sha256)}" for file in listed]
        if rest := len(issued.files) - len(listed):
            lines.append("    " + say("cli.withdraw.other_files", n=rest))
        for placed in edition.placed:
            where = shown(", ".join(filter(None, (placed.recipient, placed.place))))
            lines.append("    " + say("cli.withdraw.placed", where=where, day=date(placed.on, language())))
    return lines


def _agreed(arguments: argparse.Namespace) -> bool:
    if arguments.yes:
        return True
    if not sys.stdin.isatty():
        print(say("cli.withdraw.nothing"))
        return False
    agreed = _yes("cli.withdraw.sure")
    if not agreed:
        print(say("cli.withdraw.kept"))
    return agreed


def _quotable_again(arguments: argparse.Namespace) -> bool:
    """Ask whether she is there and says yes to the new words; silence is no consent."""
    if arguments.agreed:
        return True
    return sys.stdin.isatty() and not arguments.yes and _yes("cli.withdraw.again")


def _yes(key: str) -> bool:
    from avis.spelling import TRUTHS, fold

    try:
        return TRUTHS.get(fold(input(f"{say(key)} ")), False)
    except EOFError:
        return False


def _build(opened: Evaluation, before: object) -> int:
    """Make the drafts again, and say which numbers changed; a build that fails leaves no old word behind."""
    from avis.cli.asked import status
    from avis.errors import AvisError
    from avis.evaluation import open_evaluation
    from avis.exhibits import Exhibits
    from avis.pipeline.run import Wanted, build
    from avis.rights.changes import compare, numbers_of

    try:
        fresh = open_evaluation(opened.folders.root)
        alone(fresh).close()  # another withdrawal may have begun when this one ended
        build(fresh, Wanted(languages=fresh.settings.languages))
    except AvisError as error:
        print(f"{say('cli.withdraw.no_drafts')}\n{tell(error.problems)}", file=sys.stderr)
        return status(error)
    print(say("cli.withdraw.rebuilt"))
    changed = compare(before if isinstance(before, Exhibits) else None, numbers_of(fresh.folders))
    if changed:
        print(say("cli.withdraw.changed"))
    for one in changed:
        print(f"  {shown(one.what)} : {one.before} → {one.after}")
    return 0
