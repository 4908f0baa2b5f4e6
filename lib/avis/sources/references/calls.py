"""How a sentence calls a reference: author and year, the name of a law, the number of a decision.

Two works that would be called alike get a letter behind the year, the same in both languages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from string import ascii_lowercase

from avis.i18n import LANGUAGES, Language, join, say
from avis.sources.references.citing import numbered
from avis.sources.references.names import OTHERS
from avis.sources.references.wording import said_date, spaced
from avis.sources.references.works import Work
from avis.spelling import fold

MOST_AUTHORS = 2
"""Authors that a call names; beyond, the first and "et al."."""
LONGEST_TITLE = 60
"""Characters of a title that stands for a missing author."""

_NAMED = re.compile(
    r".{0,60}?\bn[°o][\s\u00a0\u202f]?[\w./-]+(?:\s(?:du|of)\s\d{1,2}(?:er)?\s\w+\s\d{4})?"
    r"|.{0,60}?\b\d{2,4}/\d{1,4}(?:/\w{2,4})?\b",
    re.I,
)
"""The name of a law by its number and its date, as its title gives them: what follows is its subject."""


def call(work: Work, lang: Language, letter: str = "") -> str:
    """Name a work in a sentence.

    >>> from avis.sources.references.names import Name
    >>> title = "Loi n° 91-647 du 10 juillet 1991 relative à l’aide juridique"
    >>> call(Work("k", "law", {"title": title}, {}), "fr")
    'Loi n°\xa091-647 du 10 juillet 1991'
    >>> called = {"title": "Convention sur un long sujet", "title-short": "Convention"}
    >>> call(Work("k", "treaty", called, {}, "1979-12-18"), "fr")
    'Convention, 1979'
    >>> authors = {"author": (Name("Ba", "Awa"), Name("Roy", "Zoé"))}
    >>> call(Work("k", "book", {"title": "T"}, authors, "2020-03"), "en")
    'Ba and Roy, 2020'
    """
    if work.kind in ("law", "treaty"):
        return _law(work, lang) + (f" ({letter})" if letter else "")
    if work.kind == "decision":
        number = numbered(work.get("number"), "number", lang) or work.get("ECLI")
        parts = [
            work.get("authority"),
            said_date(work, lang),
            number or _short(spaced(work.get("title"), work), lang),
        ]
        return ", ".join(filter(None, parts)) + (f" ({letter})" if letter else "")
    return f"{_who(work, lang)}, {_year(work, lang)}{letter}"


def _law(work: Work, lang: Language) -> str:
    """Give its short name, else the number and the date that the title tells, else its first words."""
    title, year = work.get("title-short") or work.get("title"), work.issued[:4]
    named = _NAMED.match(title)
    if named:
        return spaced(named[0], work)
    return spaced(_short(title, lang), work) + (f", {year}" if year and year not in title else "")


def letters(works: Iterable[Work]) -> dict[str, str]:
    """Give the letter of each work that is called like another, in the order of their titles; else ""."""
    alike: dict[tuple[str, ...], list[Work]] = defaultdict(list)
    for work in works:
        alike[tuple(fold(call(work, lang)) for lang in LANGUAGES)].append(work)
    found = {}
    for group in alike.values():
        ordered = sorted(group, key=lambda work: (fold(work.get("title")), work.issued, work.key))
        for rank, work in enumerate(ordered):
            found[work.key] = _letter(rank) if len(group) > 1 else ""
    return found


def _letter(rank: int) -> str:
    """Count as spreadsheets do: a…z, aa…

    >>> _letter(0), _letter(25), _letter(26)
    ('a', 'z', 'aa')
    """
    more, last = divmod(rank, len(ascii_lowercase))
    return (_letter(more - 1) if more else "") + ascii_lowercase[last]


def _who(work: Work, lang: Language) -> str:
    names = next(
        (
            work.people[role]
            for role in ("author", "interviewer", "director", "editor")
            if role in work.people
        ),
        (),
    )
    families = [name.family for name in names if name.family != OTHERS]
    if not families:
        return _short(spaced(work.get("title"), work), lang)
    if len(families) > MOST_AUTHORS or len(families) < len(names):
        return f"{families[0]} {say('sources.reference.et_al', lang)}"
    return join(families, lang)


def _year(work: Work, lang: Language) -> str:
    return work.issued[:4] or said_date(work, lang)


def _short(title: str, lang: Language) -> str:
    """Cut a title at a word."""
    title = title or say("sources.reference.untitled", lang)
    if len(title) <= LONGEST_TITLE:
        return title
    return title[: LONGEST_TITLE + 1].rpartition(" ")[0].rstrip(" ,;:\u00a0") + "…"
