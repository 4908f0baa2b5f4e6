"""Pages, dates and spaces of a reference in words."""

from __future__ import annotations

import re

from avis.i18n import Language, date, say
from avis.sources.references.works import BEFORE_CHRIST, Work

LEGAL = ("law", "decision", "treaty")
"""Kinds whose texts have their date in their name, or none."""


def spaced(text: str, work: Work) -> str:
    """Keep French signs on the line of the word before them, and a number on that of « n° »; signs stay.

    >>> spaced("Loi n° 2018-703", Work("k", "law", {}, {}))
    'Loi n°\xa02018-703'
    """
    if work.language not in ("", "fr"):
        return text
    return re.sub(r"(?<=«) |(?<=\b[nN]°) (?=\w)| (?=[:»])", "\u00a0", re.sub(r" (?=[;!?])", "\u202f", text))


def pages_of(work: Work, lang: Language) -> str:
    """Say the pages of a work as its locator; between two, English has a dash and French a hyphen."""
    pages = work.get("page")
    if not re.match(r"\d|[ivxlc]+\b", pages):
        return pages
    key = "pages" if re.search(r"[-,]", pages) else "page"
    told = re.sub(r"(?<=\w)-(?=\w)", "\u2013", pages) if lang == "en" else pages
    return say(f"sources.reference.{key}", lang, pages=told)


def said_date(work: Work, lang: Language) -> str:
    """Write the date of a work: a day, a month, a year, two of them, or the words of the entry."""
    if not work.issued:
        undated = "" if work.kind in LEGAL else say("sources.reference.undated", lang)
        before = BEFORE_CHRIST.fullmatch(work.get("issued"))
        if before:
            return say("sources.reference.before_christ", lang, year=before[1])
        return work.get("issued") or undated
    ends = [date(day, lang) for day in (work.issued, work.until) if day]
    return "\u2013".join(dict.fromkeys(ends))


def says_a_day(work: Work) -> bool:
    """Tell whether a number or a container says a day of the year: « JORF n°0179 du 5 août 2018 »."""
    said = " ".join(work.get(name) for name in ("container-title", "number", "publisher"))
    return re.search(rf"\b\d{{1,2}}(?:er|st|nd|rd|th)? [^\W\d_]+ {work.issued}\b", said) is not None
