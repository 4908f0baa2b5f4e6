"""A work → its reference in words, in French and in English: one engine for every document.

The words are runs of text, some of them in italics, some of them links: no document has to know more.
How a reference is built is told by `LAYOUTS`, a part after the other, by kind of work. Laws, decisions and
documents of the United Nations are named where a lawyer looks for their number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from avis.exhibits import Run
from avis.i18n import LANGUAGES, Language, date, join, say
from avis.sources.references.names import OTHERS, Name
from avis.sources.references.symbols import KNOWN
from avis.sources.references.wording import pages_of, said_date, says_a_day, spaced
from avis.sources.references.works import Work
from avis.spelling import fold

MOST_NAMES, NAMES_SHOWN = 6, 3
"""Authors printed whole; beyond, the first ones and "et al."."""
LAYOUTS: dict[str, str] = {
    "article": "people quoted container volume issue date pages",
    "book": "people italic edition volume series number place publisher date pages",
    "chapter": "people quoted host edition volume series number place publisher date pages",
    "thesis": "people italic genre publisher date pages",
    "report": "people italic genre number series place publisher date pages",
    "page": "people quoted container genre publisher date section pages",
    "law": "plain number section container volume pages related authority date",
    "decision": "authority date number italic container volume pages related",
    "treaty": "plain number authority publisher container volume pages date",
    "private": "exchange plain date",
    "interview": "people quoted exchange container publisher date pages",
    "other": "people quoted genre container number volume series place publisher date section pages",
}
"""The parts of a reference by kind, in printing order; symbols of law, address and day follow in all."""
_INSIDE = ("number", "authority")
_REPEATED = (*_INSIDE, "publisher", "series")
LEAST_FIGURES = 4
"""Figures from which a number in a title is no chance."""
_OWN_WORDS = ("exchange", "host")
_BEHIND = ("symbols", "link", "accessed")

_NUMBER = re.compile(r"\d[\d\u00a0 ./-]*")
_ARTICLE = re.compile(r"(?:[LRDA]\.?[\u00a0 ]?(?:\*[\u00a0 ]?)?)?\d[\d-]*")
Runs = list[Run]


def cite(work: Work, lang: Language, letter: str = "") -> tuple[Run, ...]:
    """Say a reference in a language, without a full stop; `letter` follows the year (2018a).

    >>> texts = {"title": "Loi relative à l’aide juridique", "number": "91-647"}
    >>> law = Work("k", "law", texts, {}, "1991-07-10")
    >>> "".join(run.text for run in cite(law, "fr"))
    'Loi relative à l’aide juridique, n°\xa091-647, 10 juillet 1991'
    """
    found: Runs = []
    for name in (*LAYOUTS[work.kind].split(), *_BEHIND):
        part = [run for run in _PARTS[name](work, lang, letter) if run.text]
        if part and not (name in _REPEATED and _said(part, found, within=name in _INSIDE)):
            found += [Run(text=", "), *part] if found else _begun(part) if name in _OWN_WORDS else part
    return tuple(found) or (Run(text=say("sources.reference.untitled", lang)),)


def _begun(part: Runs) -> Runs:
    """Begin a reference with a capital, where its first words are ours."""
    first = part[0].text
    return [Run(text=first[:1].upper() + first[1:]), *part[1:]]


def plain(runs: Iterable[Run]) -> str:
    """Give the words alone."""
    return "".join(run.text for run in runs)


def _said(part: Runs, before: Runs, within: bool) -> bool:
    """Tell whether a part only repeats: a publisher who is the author, a number that the title has."""
    words = _bare(plain(part))
    if words.isdigit() and len(words) < LEAST_FIGURES:
        return False  # a title may hold a small number that is another one
    told = [f" {_bare(run.text)} " for run in before]
    return any(f" {words} " in text if within else f" {words} " == text for text in told)


def _bare(text: str) -> str:
    """Give the words to compare, without the signs between them and without "n°"."""
    named = re.sub(r"\b(?:n°|no\.) ?", "", fold(text))
    return " ".join(re.findall(r"[\w./()-]*\w[\w/()-]*", named))


# --- the parts


def _people(work: Work, lang: Language, _: str) -> Runs:
    for role in ("author", "interviewer", "director"):
        if role in work.people:
            return [Run(text=_names(work.people[role], lang))]
    return _edited(work.people.get("editor", ()), lang)


def _edited(names: tuple[Name, ...], lang: Language) -> Runs:
    if not names:
        return []
    return [Run(text=say("sources.reference.edited", lang, names=_names(names, lang), n=len(names)))]


def _names(names: tuple[Name, ...], lang: Language) -> str:
    """Say authors as a sentence does, first names first."""
    named = [name.shown for name in names if name.family != OTHERS]
    if len(named) > MOST_NAMES or len(named) < len(names):
        shown = named[:NAMES_SHOWN] if len(named) > MOST_NAMES else named
        return f"{', '.join(shown)} {say('sources.reference.et_al', lang)}"
    return join(named, lang)


def _title(work: Work, lang: Language) -> str:
    return spaced(work.get("title"), work) or say("sources.reference.untitled", lang)


def _tongue(work: Work, lang: Language) -> str:
    return work.language if work.language != lang else ""


def _quoted(work: Work, lang: Language, _: str) -> Runs:
    opening, closing = say("sources.reference.title", lang, title="\0").split("\0")
    title = re.sub(r"«\s*(.*?)\s*»", r"“\1”", _title(work, lang)) if lang == "fr" else _title(work, lang)
    inner = title if lang == "fr" else title.replace("“", "‘").replace("”", "’")
    return [Run(text=opening), Run(text=inner, language=_tongue(work, lang)), Run(text=closing)]


def _plain(work: Work, lang: Language, _: str) -> Runs:
    return [Run(text=_title(work, lang), language=_tongue(work, lang))]


def _italic(work: Work, lang: Language, _: str) -> Runs:
    return [Run(text=_title(work, lang), italic=True, language=_tongue(work, lang))]


def _slanted(name: str) -> Callable[[Work, Language, str], Runs]:
    def part(work: Work, lang: Language, _: str) -> Runs:
        return [Run(text=spaced(work.get(name), work), italic=True, language=_tongue(work, lang))]

    return part


def _host(work: Work, lang: Language, _: str) -> Runs:
    """Say in which book a chapter stands, and who made it."""
    inside = say("sources.reference.inside", lang)
    editors = _edited(work.people.get("editor", ()), lang)
    if not editors and "container-author" in work.people:
        editors = [Run(text=_names(work.people["container-author"], lang))]
    book = [run for run in _slanted("container-title")(work, lang, "") if run.text]
    if not book:
        return editors
    comma = [Run(text=", ")] if editors else []
    return [Run(text=f"{inside} "), *editors, *comma, *book]


def _written(name: str) -> Callable[[Work, Language, str], Runs]:
    return lambda work, lang, _: [Run(text=spaced(work.get(name), work))]


def _numbered(key: str, *names: str) -> Callable[[Work, Language, str], Runs]:
    """Say a bare number with what it counts; any other symbol as it is."""

    def part(work: Work, lang: Language, _: str) -> Runs:
        text = next((work.get(name) for name in names if work.get(name)), "")
        return [Run(text=spaced(numbered(text, key, lang), work))]

    return part


def numbered(text: str, key: str, lang: Language) -> str:
    """Say a bare number as a number or a volume; a symbol stays as it is.

    >>> numbered("91-647", "number", "en"), numbered("A/HRC/39/28", "number", "en")
    ('no.\xa091-647', 'A/HRC/39/28')
    """
    return say(f"sources.reference.{key}", lang, n=text) if _NUMBER.fullmatch(text) else text


def _pages(work: Work, lang: Language, _: str) -> Runs:
    return [Run(text=pages_of(work, lang))]


def _section(work: Work, lang: Language, _: str) -> Runs:
    section = work.get("section")
    if work.kind == "law" and _ARTICLE.fullmatch(section):
        return [Run(text=say("sources.reference.article", lang, n=section))]
    return [Run(text=section)]


def _authority(work: Work, lang: Language, _: str) -> Runs:
    return [Run(text=work.get("authority") or _names(work.people.get("author", ()), lang))]


def _edition(work: Work, lang: Language, _: str) -> Runs:
    text = work.get("edition")
    if not text.isdigit():
        return [Run(text=text)]
    return [Run(text=say("sources.reference.edition", lang, number=ordinal(int(text), lang)))]


def ordinal(n: int, lang: Language) -> str:
    """Write a rank.

    >>> ordinal(2, "fr"), ordinal(2, "en"), ordinal(13, "en")
    ('2e', '2nd', '13th')
    """
    if lang == "fr":
        return "1re" if n == 1 else f"{n}e"
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def _genre(work: Work, lang: Language, _: str) -> Runs:
    genre = work.get("genre")
    known = genre.lower() in ("phdthesis", "mathesis")
    return [Run(text=say(f"sources.reference.{genre.lower()}", lang) if known else genre)]


def _exchange(work: Work, lang: Language, _: str) -> Runs:
    return [Run(text=say(f"sources.reference.{work.kind}", lang))]


def _date(work: Work, lang: Language, letter: str) -> Runs:
    """Say when; nothing where the title of a law says it already."""
    title = work.get("title")
    known = {date(work.issued, other) for other in LANGUAGES} | {work.issued[:4]} if work.issued else set()
    if work.kind in ("law", "treaty") and any(re.search(rf"\b{re.escape(day)}\b", title) for day in known):
        return []
    if len(work.issued) == len("2026") and not (letter or work.until) and says_a_day(work):
        return []
    return [Run(text=said_date(work, lang) + letter)]


def _symbols(work: Work, lang: Language, _: str) -> Runs:
    told = [say(f"sources.reference.{name}", lang, symbol=work.get(name)) for name in KNOWN if work.get(name)]
    return [Run(text=", ".join(told))]


def _link(work: Work, lang: Language, _: str) -> Runs:
    return [Run(text=work.link, href=work.link if work.link.startswith("https://") else "")]


def _accessed(work: Work, lang: Language, _: str) -> Runs:
    """Say when a source was read: on a day, or in a month or a year where no day is known."""
    if not work.accessed:
        return []
    key = "consulted" if len(work.accessed) == len("2026-01-31") else "consulted_in"
    return [Run(text=say(f"sources.reference.{key}", lang, date=date(work.accessed, lang)))]


_PARTS: dict[str, Callable[[Work, Language, str], Runs]] = {
    "people": _people,
    "quoted": _quoted,
    "plain": _plain,
    "italic": _italic,
    "container": _slanted("container-title"),
    "host": _host,
    "volume": _numbered("volume", "volume"),
    "issue": _numbered("number", "issue", "number"),
    "number": _numbered("number", "number"),
    "section": _section,
    "series": _written("collection-title"),
    "related": _written("references"),
    "place": _written("publisher-place"),
    "publisher": _written("publisher"),
    "authority": _authority,
    "edition": _edition,
    "genre": _genre,
    "exchange": _exchange,
    "date": _date,
    "pages": _pages,
    "symbols": _symbols,
    "link": _link,
    "accessed": _accessed,
}
