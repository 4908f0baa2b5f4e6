"""Everything that documents sent back say, in one list: who by number, where, and what it would change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from avis.errors import Place, Problems
from avis.folders import Folders
from avis.returned.comparing import differences
from avis.returned.model import Remark, Returned
from avis.returned.places import Origin, Places, read_places
from avis.returned.reading import read_returned


@dataclass(frozen=True)
class Listed:
    """A remark with where it came from: `who` is a number, and 0 where nothing tells."""

    file: str
    remark: Remark
    who: int = 0
    initials: str = ""
    origin: Origin | None = None


@dataclass
class Gathered:
    """All remarks in the order of files and text, and what was compared with what."""

    listed: list[Listed] = field(default_factory=list)
    against: dict[str, str] = field(default_factory=dict)
    """File that came back → file that it was compared with; empty where there is none."""
    formats: int = 0


def gather(
    files: Sequence[tuple[Path, str]], folders: Folders | None, against: Path | None, problems: Problems
) -> Gathered:
    """Read every file, compare each with what was sent, and find where its words come from.

    Errors: those of `read_returned`. Remarks: DOC-061 nothing to compare a file with.
    """
    places = read_places(folders) if folders is not None else Places()
    found, authors = Gathered(), dict[str, int]()
    for path, name in files:
        back = read_returned(path, name, problems)
        if back is None:
            continue
        found.formats += back.formats
        sent = against or (_draft(folders, name) if folders is not None else None)
        before = read_returned(sent, sent.name, problems) if sent is not None else None
        if before is None:
            problems.warn("DOC-061", Place(name))
        found.against[name] = before.file if before is not None else ""
        changed = differences(before, back) if before is not None else ()
        for remark in sorted((*back.remarks, *changed), key=lambda one: (one.paragraph == 0, one.paragraph)):
            found.listed.append(_listed(name, back, remark, authors, places))
    return found


def _listed(name: str, back: Returned, remark: Remark, authors: dict[str, int], places: Places) -> Listed:
    who = authors.setdefault(remark.author, len(authors) + 1) if remark.author else 0
    at = next((one for one in back.paragraphs if one.number == remark.paragraph), None)
    text = remark.words if remark.kind == "removed" else at.sent or at.now if at is not None else ""
    return Listed(name, remark, who, remark.initials or _initials(remark.author), places.find(text))


def _initials(author: str) -> str:
    """Give the first letters of a name.

    >>> _initials("Marie-Anne Dupont")
    'MAD'
    """
    return "".join(part[0] for part in re.split(r"[\s-]+", author) if part).upper()


def _draft(folders: Folders, name: str) -> Path | None:
    """Find the draft of which a file is a copy: people add words to a name, and seldom take any out."""
    known = [path for path in folders.drafts.glob("*.docx") if Path(name).name.startswith(path.stem)]
    return max(known, key=lambda path: len(path.stem), default=None)
