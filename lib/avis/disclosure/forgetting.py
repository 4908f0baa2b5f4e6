"""A word taken back goes at once: from the hand-over, and from every draft that might still show it.

A failed build leaves the last good drafts in place, but never drafts that hold words whose consent
ended or that the group withdrew.
"""

from __future__ import annotations

import shutil

from avis.errors import AvisError
from avis.exhibits import Exhibits, Quote, Recommendation, Statement
from avis.folders import Folders
from avis.sealing import load

Said = frozenset[tuple[str, str]]


def said_in(exhibits: Exhibits) -> Said:
    """Give every text of somebody that the exhibits hold, with its id."""
    found = set()
    for item in exhibits.exhibits:
        if isinstance(item, Quote | Statement | Recommendation):
            found |= {(item.id, wording.text) for wording in item.wordings}
        if isinstance(item, Statement | Recommendation):
            found |= {(d.id, wording.text) for d in item.dissents for wording in d.wordings}
    return frozenset(found)


def forget_drafts(folders: Folders, now: Exhibits) -> bool:
    """Remove drafts and executed notebooks made from words that may no longer be shown; tell whether it did.

    Where the earlier hand-over cannot be read, nobody knows what the drafts hold: they go too.
    """
    if not folders.exhibits.is_file():
        return False
    try:
        gone = said_in(load(folders.exhibits)) - said_in(now)
    except AvisError:
        gone = frozenset({("", "")})
    if not gone:
        return False
    shutil.rmtree(folders.drafts, ignore_errors=True)
    for notebook in (folders.private / "notebooks").glob("[5-9]*.ipynb"):
        notebook.unlink()
    return True
