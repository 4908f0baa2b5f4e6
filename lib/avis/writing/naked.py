"""Naked numbers: figures that a text gives without saying where they come from.

Digits are allowed where no count hides in them: dates, years, ordinals, articles of law, numbers of
documents, pages, postal codes, addresses, quotations, the numbering of lists and headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from avis.errors import Place, Problem, Problems

_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_THINGS = (
    "personnes?|femmes?|hommes?|filles?|garçons?|membres?|enfants?|mineure?s?|jeunes|médiatrices?|avocate?s?|"
    "rendez-vous|ateliers?|groupes?|maraudes?|réunions?|formations?|présences?|réponses?|heures?|euros?|€|%|"
    "people|women|men|girls?|boys?|members?|children|minors?|appointments?|workshops?|groups?|rounds?|"
    "meetings?|attendances?|answers?|hours?"
)
"""What a figure counts: "2000 personnes" is no year."""

_CODE = r"(?:[LRD]\.?[ \u00a0]?)?\d[\d-]*"
_ARTICLE = rf"\b[Aa]rt(?:icles?|\.)[ \u00a0\u202f]*{_CODE}"

_ALLOWED = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"\A---\n.*?\n---(?:\n|\Z)", re.DOTALL),
        (r"^(`{3,}|:{3,}).*?^\1`*:*[ \t]*$", re.DOTALL | re.MULTILINE),
        (r"\{[\w:+-]+\}(`+).+?\1", re.DOTALL),
        (r"^[ \t]*(?:[-*+][ \t]+)?>.*$", re.MULTILINE),
        (r"^[ \t]*(?:[-*+][ \t]+)*\d+[.)](?=[ \t])", re.MULTILINE),
        (r"^#{1,6}[ \t]+\d+(?:[.)]\d*)+(?=[ \t])", re.MULTILINE),
        (r"«[^«»]*»|“[^“”]*”", 0),
        (r"https?://\S+|mailto:\S+|\]\([^)]*\)|\{#[^}]*\}", 0),
        (r"\b\d{4}-\d{2}(?:-\d{2})?\b|\b\d{1,2}/\d{1,2}/\d{4}\b", 0),
        (rf"\b\d{{1,2}}(?:er)?[ \u00a0\u202f](?:{_MONTHS})\b(?:[ \u00a0\u202f]\d{{4}}\b)?", re.IGNORECASE),
        (rf"\b(?:{_MONTHS})[ \u00a0]\d{{1,2}}(?:st|nd|rd|th)?,[ \u00a0]\d{{4}}\b", re.IGNORECASE),
        (rf"\b(?:19\d\d|20\d\d|2100)(?:[-–]\d\d)?\b(?![.,]\d)(?!\s?(?:{_THINGS})(?!\w))", re.IGNORECASE),
        (r"\b\d+(?:ers?|ères?|res?|es?|èmes?|nde?s?|ds?|st|rd|th)\b", 0),
        (rf"{_ARTICLE}(?:(?:,| et| and| à| to)[ \u00a0]{_CODE})*", 0),
        (r"\b[LRD]\.?[ \u00a0]?\d+(?:-\d+)+", 0),
        (r"(?:\b[Nn]o\.|[Nn][°º]s?|№)[ \u00a0\u202f]*\d[\w./-]*", 0),
        (r"\b(?:pp?|al|vol)\.[ \u00a0\u202f]*\d+(?:[-–]\d+)?|§+[ \u00a0\u202f]*\d+", 0),
        (r"\b[A-Z]+(?:/[\w.]+)+", 0),
        (r"\b[A-ZÉÈÎ][\w’'-]+[ \u00a0]\((?:0[1-9]|[1-8]\d|9[0-5]|97[1-6]|2[AB])\)", 0),
        (r"\b\d{5}[ \u00a0](?=[A-ZÉÈ])", 0),
    )
)
_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[ \u00a0\u202f.,]\d+)*")
_STANDING = re.compile(
    r"\{(?:nombre|letstand)\}`(?P<number>[^`<]*?)\s*(?:<(?P<reason>[^`>]*)>)?`", re.IGNORECASE
)


def naked_numbers(text: str, name: str) -> list[Problem]:
    """List the numbers of a text that lead to no source, each with line and column, as warnings TXT-020.

    >>> [p.place.line for p in naked_numbers("En 2024, art. 3.\\n\\nNous avons vu 18 femmes.", "a.md")]
    [3]
    """
    problems = Problems()
    for number, place in _found(text, name):
        problems.warn("TXT-020", place, number=number)
    return problems.items


_QUOTED = (r"^[ \t]*(?:[-*+][ \t]+)?>.*$", r"«[^«»]*»|“[^“”]*”")
"""Somebody's words: no source is asked of their numbers, and yet they may tell one."""
_LET_STAND = re.compile(r"\{(?:nombre|letstand)\}`([^`<]*)[^`]*`", re.IGNORECASE)


def counting_words(text: str) -> str:
    """Give a text with blanks for all that counts nothing (dates, addresses, roles); offsets stay.

    Quotations stay, and numbers let stand by `{nombre}`.

    >>> " ".join(counting_words("Le 3 mars 2024, « nous étions 4 » ; {nombre}`18 <âge>`.").split())
    'Le , « nous étions 4 » ; 18 .'
    """
    masked = _LET_STAND.sub(_bare, text.replace("\r\n", "\n"))
    for pattern in _ALLOWED:
        if pattern.pattern not in _QUOTED:
            masked = pattern.sub(_blank, masked)
    return masked


def _bare(match: re.Match[str]) -> str:
    before = match.start(1) - match.start()
    return "\u2003" * before + match[1] + "\u2003" * (len(match[0]) - before - len(match[1]))


def _found(text: str, name: str) -> Iterator[tuple[str, Place]]:
    text = text.replace("\r\n", "\n")
    masked = text
    for pattern in _ALLOWED:
        masked = pattern.sub(_blank, masked)
    for match in _NUMBER.finditer(masked):
        yield match.group(), at(text, match.start(), name)


def _blank(match: re.Match[str]) -> str:
    """Blank what is allowed, keeping lines and columns; a letter keeps words from growing together."""
    return re.sub(r"[^\n]", "\u2003", match.group())


def at(text: str, offset: int, name: str, first_line: int = 1) -> Place:
    """Say where an offset of a text stands, as an editor counts.

    >>> at("ab\\ncd", 4, "a.md")
    Place(file='a.md', sheet='', line=2, column=2, field='', unit='line')
    """
    before = text[:offset]
    return Place(name, line=before.count("\n") + first_line, column=offset - before.rfind("\n"))


@dataclass(frozen=True)
class Standing:
    """A number that its author let stand, with her reason, listed for those who review."""

    number: str
    reason: str
    place: Place


def standing_numbers(text: str, name: str) -> list[Standing]:
    """List the numbers let stand by `{nombre}`, with the reason written in `< >`.

    >>> standing_numbers("Le {nombre}`119 <numéro d'appel>`.", "a.md")[0].reason
    "numéro d'appel"
    """
    text = text.replace("\r\n", "\n")
    return [
        Standing(match["number"], match["reason"] or "", at(text, match.start(), name))
        for match in _STANDING.finditer(text)
    ]
