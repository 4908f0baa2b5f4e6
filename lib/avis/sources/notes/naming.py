"""Ids of meetings from names of files and documents, which may be names of people."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from avis.spelling import header_key

KINDS = {
    **dict.fromkeys(("atelier", "ateliers", "workshop"), "workshop"),
    **dict.fromkeys(("entretien", "entretiens", "interview"), "interview"),
    **dict.fromkeys(("seance", "session"), "session"),
}
_WORDS = {*KINDS, "groupe", "group", "focus", "reunion", "meeting", "rencontre", "note", "notes", "document"}
_WORDS |= {"transcription", "transcript", "verbatim", "compte", "rendu", "cr", "jour", "day", "source", "no"}
_WORDS |= {"de", "du", "le", "la", "des", "et", "the", "of", "and"}
_CODE = re.compile(r"\d{1,8}|[a-z]{1,4}\d{1,4}")


def safe_name(name: str, coded: bool = True) -> str:
    """Write a document's name as an id where it holds nothing but codes, dates and common words; else empty.

    `coded`: common words alone name nothing, since a project has many documents.

    >>> [safe_name(name) for name in ("Atelier 2024-03-12.docx", "AT03", "Fatima.docx", "Entretien Fatima 3")]
    ['atelier-2024-03-12', 'at03', '', '']
    """
    stem = PurePosixPath(name.replace("\\", "/")).name
    stem = re.sub(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", "", stem)
    words = header_key(stem).split("_")
    codes = [bool(_CODE.fullmatch(word)) for word in words]
    fine = all(code or word in _WORDS for code, word in zip(codes, words, strict=True))
    fine = fine and (any(codes) or not coded)
    return "-".join(words)[:60] if fine else ""
