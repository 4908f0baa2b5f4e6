"""What is kept: for how long, what the law asks to be written of it, the register of what went out."""

from __future__ import annotations

import re

from avis.editions.register import check_key, read_register
from avis.errors import Place, Problems
from avis.evaluation import Evaluation, as_of
from avis.folders import passages, read_regular
from avis.i18n import date, join, language, say
from avis.keeping import files_of, read_erased
from avis.marked import MOST_BYTES
from avis.rights.assessment import tell_drafts
from avis.rights.retention import Kept, read_kept
from avis.writing.roles import NAMES

_CALL = re.compile(r"\{(\w+)\}`([^`\n]+)`")
_CALLED = {"quote": "notes", "story": "stories"}
"""What a text calls by its id, and the kind of data that it comes from."""


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


def tell_erased(opened: Evaluation, problems: Problems) -> None:
    """Tell the lines of texts that still call words erased because their time was over: error RIG-044.

    Nothing that was counted of them is left, so that a build would only say that it knows no such words.
    """
    erased, root = read_erased(opened.folders.root, Problems()), opened.folders.root
    gone = {
        kind: date(erased[what].on, language())
        for kind, what in _CALLED.items()
        if what in erased and not files_of(opened, what)
    }
    for path in passages(opened.folders.texts, "*.md", Problems()) if gone else ():
        text = read_regular(path, MOST_BYTES).decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), 1):
            for role, id in _CALL.findall(line):
                kind = NAMES.get(role, "")
                if kind in gone:
                    place = Place(path.relative_to(root).as_posix(), line=number)
                    problems.add("RIG-044", place, id=id.strip(), date=gone[kind])
