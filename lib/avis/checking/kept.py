"""What is kept: for how long, what the law asks to be written of it, the register of what went out."""

from __future__ import annotations

from avis.editions.register import check_key, read_register
from avis.errors import Problems
from avis.evaluation import Evaluation, as_of
from avis.i18n import date, join, language, say
from avis.rights.assessment import tell_drafts
from avis.rights.retention import Kept, read_kept


def tell_kept(opened: Evaluation, problems: Problems) -> None:
    """Tell what was kept too long, what ends soon, what nobody decided, and the state of the drafts.

    Where everything is invented nobody's data are kept: what is missing is then not asked for.
    Errors: RIG-040 kept too long, RIG-043 an unreadable log. Warnings: RIG-041 kinds of data without an end,
    RIG-042 ends within 60 days; those of `tell_drafts`.
    """
    kept, today = read_kept(opened, problems), as_of()
    place = opened.place("retention")
    for one in kept:
        if one.due(today):
            problems.add("RIG-040", place, **_facts(one))
        elif one.soon(today):
            problems.warn("RIG-042", place, **_facts(one))
    undecided = [kind_name(one) for one in kept if one.end is None and (one.files or one.elsewhere)]
    if undecided and not opened.settings.organisation.fictional:
        problems.warn("RIG-041", place, kinds=join(undecided, language()))
    tell_drafts(opened, problems)


def tell_register(opened: Evaluation, problems: Problems) -> None:
    """Tell what is wrong with the register of editions: where a line is lost, words are not found again.

    Errors: REL-001 to REL-003, REL-024 its key is gone. Warning REL-019.
    """
    read_register(opened.folders.root, problems)
    check_key(opened.folders.root, problems)


def kind_name(kept: Kept) -> str:
    """Give the name of a kind of data in the language of messages."""
    return say(f"rights.retention.kinds.{kept.what}")


def _facts(kept: Kept) -> dict[str, str | int]:
    end = date(kept.end.isoformat(), language()) if kept.end else ""
    return {"what": kind_name(kept), "end": end, "n": len(kept.files)}
