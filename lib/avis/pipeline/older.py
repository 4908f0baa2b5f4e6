"""Drafts that a build leaves as they were and that may not stay: their words or their reader are no more.

A build makes what it was asked for, in the formats and languages asked for. The other drafts stay, unless
somebody took back words since, or a call or a funder has no such document any more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from avis.errors import AvisError
from avis.exhibits import HOUSE, Audience, Exhibits
from avis.folders import Folders
from avis.i18n import LANGUAGES
from avis.pipeline.plan import DOCUMENTS, EXPORTERS, State, tasks

KEY = "words"
"""Under which the words of the last build are noted in `plan.json`, as hashes."""
AUDIENCES: tuple[Audience, ...] = (*HOUSE, "recipient")
DRAFT = re.compile(
    rf"(?P<stem>(?:{'|'.join(DOCUMENTS)})(?:-[a-z0-9-]+)?\.(?:{'|'.join(AUDIENCES)})\.(?:{'|'.join(LANGUAGES)}))"
    rf"\.(?:{'|'.join(map(re.escape, EXPORTERS))})"
)
"""The name of a draft that a build makes; files that people put beside have others."""


def take_away(state: State, made: Collection[Path]) -> list[Path]:
    """Remove drafts that may not stay, of those that this build did not make; gives them.

    Without sealed exhibits nobody knows which words may be printed: nothing is removed then.
    """
    folders = state.folders
    words = words_in(folders)
    if words is None:
        return []
    gone = set(state.done.get(KEY, "").split()) - words
    state.note(KEY, " ".join(sorted(words)))
    known = _stems(state)
    left = []
    for path in sorted(folders.drafts.glob("*")) if folders.drafts.is_dir() else ():
        found = DRAFT.fullmatch(path.name)
        if found and path not in made and (gone or found["stem"] not in known):
            path.unlink(missing_ok=True)
            left.append(path)
    return left


def words_in(folders: Folders) -> set[str] | None:
    """Hash what people said and what the group adopted, with who may read it; none where none is sealed."""
    from avis.sealing import load

    try:
        exhibits = load(folders.exhibits)
    except AvisError:
        return None
    return {hashlib.sha256(told.encode()).hexdigest()[:16] for told in _told(exhibits)}


def _told(exhibits: Exhibits) -> Iterator[str]:
    from avis.release.holds import worded_in
    from avis.report.compose.addressed import addressed

    for audience in HOUSE:
        yield from (f"{audience} {text}" for _, _, text in worded_in(exhibits, audience))
    for call in exhibits.setting.calls:
        held = addressed(exhibits, call)
        yield from (f"{call.id} {text}" for _, _, text in worded_in(held, call.audience))


def _stems(state: State) -> set[str]:
    """Name every document that the settings may ask for, whoever reads it."""
    settings = state.opened.settings
    planned = (
        task for audience in ("", *AUDIENCES) for task in tasks(settings, DOCUMENTS, LANGUAGES, audience)
    )
    return {task.stem for task in planned if task.step.document}
