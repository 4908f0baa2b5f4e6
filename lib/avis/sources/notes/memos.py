"""Memos: what whoever writes the note keeps for herself, and what no page may ever show.

A memo is told by a word at the beginning of a line, or of a heading: then all its section is one. Rather one
paragraph too many than one too few: what is taken for a memo by its place is counted and said.
"""

from __future__ import annotations

import re

from avis.spelling import fold

_WORDS = (
    r"m[eé]mos?(?:randum)?"
    r"|note(?:s|\(s\))? (?:personnelles?|priv[eé]es?|confidentielles?|internes?|pour (?:moi|nous|soi))"
    r"|(?:journal|carnet)s? (?:de (?:terrain|bord|recherche)|personnels?|intimes?|priv[eé]s?)"
    r"|(?:private|personal|internal|confidential) (?:notes?|memos?)|notes? to (?:self|myself)"
    r"|field ?(?:diary|journal|notes?)|(?:research|personal) (?:diary|journal)"
    r"|confidentiel(?:le)?s?|confidential|priv[eé]e?s?|private"
)
_HEADING = re.compile(rf"[\W\d_]*(?:{_WORDS})\b", re.IGNORECASE)
_LINE = re.compile(
    rf"(?P<head>(?:\{{[^{{}}]{{0,100}}\}}\s*)?)[\s*_>\[(]*(?:{_WORDS})\b(?:[\]*_\s]*[\])*_][\])*_:\s]*"
    r"|[^:\n.\[\]()]{0,50}(?:\([^()]{0,40}\)\s*)?[*_]*\s*:[*_]*|\s*(?:[-–—.=|]\s+|$))\s*",
    re.IGNORECASE,
)


def is_memo_heading(title: str) -> bool:
    """Tell whether a heading opens a section of memos.

    >>> is_memo_heading("2. Mémo privé"), is_memo_heading("Notes personnelles"), is_memo_heading("Mémoire")
    (True, True, False)
    """
    return bool(_HEADING.match(fold(title)))


def cut_memo(line: str) -> str:
    """Write the beginning of a memo as the one label that is read.

    >>> cut_memo("[Mémo] Elle hésite."), cut_memo("Note personnelle : non"), cut_memo("Un mémo : non")
    ('Mémo : Elle hésite.', 'Mémo : non', 'Un mémo : non')
    """
    found = _LINE.match(line)
    return f"{found['head']}Mémo : {line[found.end() :]}".rstrip() if found else line
