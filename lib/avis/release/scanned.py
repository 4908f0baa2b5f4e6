"""The last look: every byte of a finished folder is searched before it becomes an edition.

What is found is told by file and kind, never by its words: who reads the message may not read them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from avis.editions.manifest import Scanned
from avis.errors import AvisError, Place, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Exhibits
from avis.i18n import language, say, words
from avis.identifiers.model import KINDS
from avis.release.looked_for import looked_for
from avis.release.papers import Paper
from avis.scanning.scan import scan


def scan_edition(
    folder: Path, opened: Evaluation, exhibits: Exhibits, papers: Iterable[Paper], problems: Problems
) -> Scanned:
    """Search a folder for all that must not leave; gives what was searched for.

    Errors: REL-050 something was found, REL-051 a file that could not be opened to the end, those of the
    scan (SCA-…) and of gathering what to look for.
    """
    try:
        report = scan(folder, looked_for(opened, exhibits, tuple(papers)))
    except AvisError as error:
        problems.extend(error.problems)
        return Scanned()
    for hit in report.hits:
        problems.add("REL-050", Place(hit.file, field=hit.where), kind=_told(hit.kind), n=hit.n)
    for name in report.unread:
        problems.add("REL-051", Place(name))
    return Scanned(
        lists=report.lists, missing=report.missing, plants=report.plants, pictures=len(report.pictures)
    )


def _told(kind: str) -> str:
    """Name a kind of what was found: every identifier by its own word."""
    kinds: dict[str, str] = words("release", language())["found"]
    if kind in KINDS and kind not in kinds:
        return say("release.found.identifier", kind=say(f"identifiers.kinds.{kind}"))
    return kinds.get(kind, kinds["other"])
