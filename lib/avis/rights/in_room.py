"""Words taken back in the room itself: they are gone at once, and what is left elsewhere is not forgotten.

The room's process holds its log and reads no notes, so it erases what it writes and nothing more. Editions
that went out, drafts, copies and git are for a process apart, which is given the words while somebody still
knows them. Until that one has ended, `avis check` says that a withdrawal broke off (RIG-012), and
`avis withdraw` finishes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.rights.recalled import editions_with
from avis.rights.withdrawals import Done, Withdrawal, append, read_withdrawals


def note_withdrawal(
    opened: Evaluation, id: str, gone: Iterable[str], words: Iterable[str], today: dt.date
) -> None:
    """Write under an id that words are taken back, before any goes; once, however often it is asked.

    Errors: RIG-004 somebody else is writing; RUN-010 to RUN-012.
    """
    root = opened.folders.root
    if id in read_withdrawals(root, Problems()):
        return
    ids = tuple(sorted(set(gone)))
    editions = tuple(edition.issued.edition for edition in editions_with(opened, ids, words))
    day = today.isoformat()
    append(root, [Withdrawal(id=id, on=day, kind="withdrawn", contributions=ids, editions=editions)])


def close_note(opened: Evaluation, id: str, today: dt.date) -> None:
    """Say that what a line asked for was done by another, which found the words everywhere."""
    append(opened.folders.root, [Done(of=id, on=today.isoformat())])
