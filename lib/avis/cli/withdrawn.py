"""What `avis withdraw` does once somebody said yes, and what it says afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from avis.errors import Place, Problems, fail, shown, tell
from avis.evaluation import as_of
from avis.i18n import date, language, say

if TYPE_CHECKING:
    from pathlib import Path

    from avis.evaluation import Evaluation
    from avis.rights.erasing import Erased
    from avis.rights.withdraw import Plan


def apply(plan: Plan, agreed: bool, history: bool) -> int:
    """Write what is meant, do it, and say what is left to do; 1 where something was refused."""
    from avis.editions.keyed import make_key
    from avis.rights.erasing import carry_out
    from avis.rights.withdraw import intent, matcher_of
    from avis.rights.withdrawals import Withdrawal, append, due_day, forget_person

    root, today = plan.opened.folders.root, as_of()
    key = make_key(root)
    asked = intent(plan, key, today.isoformat())
    due = due_day(today)
    counts = Withdrawal(id=f"{asked.id}-c", on=asked.on, kind="counts", person=asked.person, due=due)
    append(root, [asked, counts] if plan.counted and not _waits(root, asked.person) else [asked])
    person = plan.asked.person if asked.person else ""
    words = (person, plan.new_words, agreed)
    known = matcher_of(plan, None)
    done = carry_out(plan.opened, key, asked, plan.editions, today, *words, history=history, known=known)
    if not plan.counted:
        forget_person(root, asked.person)
    tell_done(plan.opened, done)
    if plan.kind == "changed":
        print(say("cli.withdraw.quotable" if agreed else "cli.withdraw.not_quotable"))
    if plan.counted:
        print(say("cli.withdraw.waits", day=date(due, language())))
    return 1 if done.refused else 0


def _waits(root: Path, person: str) -> bool:
    """Tell whether somebody waits already: asked twice, she waits no longer, and is counted as one."""
    from avis.rights.withdrawals import read_withdrawals

    standing = read_withdrawals(root, Problems()).values()
    waiting = (one.asked.person for one in standing if one.asked.kind == "counts" and one.done is None)
    return person in waiting


def refuse_another_key(opened: Evaluation) -> None:
    """Refuse to go on where words of before could never be found again under a new key.

    An empty key file says that the key is lost for good. Errors: REL-024 a register without its key, RIG-014
    withdrawals without it.
    """
    from avis.editions.keyed import KEY
    from avis.editions.register import check_key
    from avis.rights.withdrawals import NAME

    root, problems = opened.folders.root, Problems()
    check_key(root, problems)
    problems.raise_errors()
    if (root / NAME).exists() and not (root / KEY).exists():
        raise fail("RIG-014", Place(KEY))


def finish_broken_off(opened: Evaluation, history: bool) -> bool:
    """Finish the withdrawals that broke off; tells whether there were any.

    Errors: RIG-014 the key is not on this computer.
    """
    from avis.editions.register import read_register
    from avis.rights.erasing import carry_out
    from avis.rights.withdraw import person_of
    from avis.rights.withdrawals import read_withdrawals

    root, problems = opened.folders.root, Problems()
    standing = read_withdrawals(root, problems).values()
    problems.raise_errors()
    broken = [one.asked for one in standing if one.done is None and one.asked.kind != "counts"]
    if not broken:
        return False
    key, editions = _key(opened), read_register(root, Problems())
    print(say("cli.withdraw.finishing", n=len(broken)))
    for asked in broken:
        known = [editions[id] for id in asked.editions if id in editions]
        person = person_of(opened, key, asked.person)
        tell_done(opened, carry_out(opened, key, asked, known, as_of(), person, history=history))
    return True


def finish_history(opened: Evaluation) -> bool:
    """Rewrite the history that withdrawals of before left as it was; tells whether there was any.

    Errors: RIG-014 the key is not on this computer.
    """
    from avis.rights.erasing import clean_history
    from avis.rights.withdrawals import read_withdrawals

    standing = read_withdrawals(opened.folders.root, Problems()).values()
    kept = [one for one in standing if one.done and one.erases and one.asked.traces]
    if kept:
        tell_done(opened, clean_history(opened, _key(opened), kept, as_of()))
    return bool(kept)


def _key(opened: Evaluation) -> bytes:
    from avis.editions.keyed import KEY, read_key

    key = read_key(opened.folders.root)
    if key is None:
        raise fail("RIG-014", Place(KEY))
    return key


def apply_counts(opened: Evaluation, agreed: Callable[[], bool]) -> bool:
    """Take the people who wait out of the counts, all at once; tells whether anything changed.

    Errors: RIG-014 the key is not on this computer.
    """
    from avis.rights.erasing import Erased, count_out, forget_build
    from avis.rights.withdraw import person_of
    from avis.rights.withdrawals import Done, append, forget_person, read_withdrawals

    root, problems = opened.folders.root, Problems()
    standing = read_withdrawals(root, problems).values()
    problems.raise_errors()
    waiting = [one.asked for one in standing if one.done is None and one.asked.kind == "counts"]
    if not waiting:
        print(say("cli.withdraw.nobody_waits"))
        return False
    print(say("cli.withdraw.counts", n=len(waiting)))
    _tell_meaning(opened, [one.due for one in waiting])
    if not agreed():
        return False
    key, today = _key(opened), as_of().isoformat()
    forget_build(opened)
    for asked in waiting:
        done = Erased()
        count_out(opened, person_of(opened, key, asked.person), done)
        append(root, [Done(of=asked.id, on=today, hand=tuple(done.hand.values()))])
        forget_person(root, asked.person)
        tell_done(opened, done)
    return True


def _tell_meaning(opened: Evaluation, due: list[str]) -> None:
    """Say beforehand what leaving the counts means where an edition with numbers has gone out."""
    from avis.editions.register import day_of, read_register

    threshold = opened.settings.disclosure.threshold
    editions = read_register(opened.folders.root, Problems()).values()
    if not any(one.issued.tables for one in editions):
        return
    print(say("cli.withdraw.few", n=len(due), threshold=threshold))
    first = min(due, default="")
    over = first < as_of().isoformat()
    print(say("cli.withdraw.month_over" if over else "cli.withdraw.may_wait", day=day_of(first, language())))


def tell_done(opened: Evaluation, done: Erased) -> None:
    """Say what was done, and all that is left for people to do."""
    print(say("cli.withdraw.done"))
    if done.messages:
        print(say("cli.withdraw.messages"))
        print("\n".join(f"  {shown(opened.name(path))}" for path in done.messages))
    if done.hand:
        print(say("cli.withdraw.left"))
        for one in done.hand.values():
            what = "git_failed" if one.what == "git" and not one.objects else f"what.{one.what}"
            print(f"  {say(f'cli.withdraw.{what}', file=shown(one.file), n=len(one.objects))}")
            if one.what == "git":
                print(say("cli.withdraw.commands"))
    if done.unsearched:
        print(say("cli.withdraw.unsearched"))
        print("\n".join(f"  {shown(name)}" for name in done.unsearched))
    if done.refused:
        print(tell(done.refused))
