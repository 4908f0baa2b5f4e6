"""A word taken back goes at once: from the hand-over, and from every draft that might still show it.

A failed build leaves the last good drafts in place, but never drafts that hold words whose consent
ended, that fewer may read than before, or that the group withdrew.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from itertools import product

from avis.consent.ledger import RECIPIENT
from avis.errors import AvisError
from avis.exhibits import Exhibits, Quote, Recommendation, Statement, Story, Told, Wording
from avis.folders import Folders
from avis.sealing import load

Said = frozenset[tuple[str, str, str]]
"""Id, words, and who may read them."""
EVERYBODY = ""


def said_in(exhibits: Exhibits) -> Said:
    """Give every text of somebody that the exhibits hold, with its id and each audience that may read it."""
    found = set[tuple[str, str, str]]()
    for item in exhibits.exhibits:
        if isinstance(item, Quote):
            found |= _for(item.id, item.wordings, _readers(item))
        if isinstance(item, Story):
            for told in (told for part in item.parts for told in part.told):
                found |= _for(item.id, told.wordings, _readers(told))
        if isinstance(item, Statement | Recommendation):
            for held in (item, *item.dissents):
                found |= _for(held.id, held.wordings, (EVERYBODY,))
            for change in item.changes:
                found |= _for(item.id, (*change.added, *change.why), change.audiences)
    return frozenset(found)


def _readers(said: Quote | Told) -> tuple[str, ...]:
    return (*said.audiences, *(f"{RECIPIENT}:{name}" for name in said.recipients))


def _for(id: str, wordings: Iterable[Wording], audiences: Iterable[str]) -> set[tuple[str, str, str]]:
    return set(product([id], [wording.text for wording in wordings], audiences))


def forget_drafts(folders: Folders, now: Exhibits) -> bool:
    """Remove drafts and executed notebooks made from words that may no longer be shown; tell whether it did.

    Where the earlier hand-over cannot be read, nobody knows what the drafts hold: they go too.
    """
    if not folders.exhibits.is_file():
        return False
    try:
        gone = said_in(load(folders.exhibits)) - said_in(now)
    except AvisError:
        gone = frozenset({("", "", EVERYBODY)})
    if not gone:
        return False
    shutil.rmtree(folders.drafts, ignore_errors=True)
    for notebook in (folders.private / "notebooks").glob("[5-9]*.ipynb"):
        notebook.unlink()
    return True
