"""What an exhibit is called: its anchor, its note, its words, its source as a reader finds it."""

from __future__ import annotations

import re
from hashlib import blake2s

from avis.exhibits import (
    BudgetLine,
    Chart,
    Exhibit,
    Figure,
    FollowUp,
    Quote,
    Recommendation,
    Run,
    Source,
    Statement,
    Story,
    Table,
)
from avis.i18n import Language, Text, date, pick, say
from avis.report.document import Emphasis, Inline, Link, Words

Line = tuple[str, tuple[Inline, ...]]

KINDS: dict[type, str] = {
    Table: "table",
    Chart: "chart",
    Quote: "quote",
    Statement: "statement",
    Recommendation: "recommendation",
    FollowUp: "follow-up",
    BudgetLine: "budget",
    Figure: "figure",
    Story: "story",
}
"""The first part of an anchor, by kind; the same in every language, so that links survive translation."""


def anchor(exhibit: Exhibit) -> str:
    """Give the id under which an exhibit stands in a document.

    >>> from avis.exhibits import Chart, Evidence
    >>> anchor(Chart(id="avant accueil", table="t", form="bars", title={}, evidence=Evidence(rule={})))
    'chart-avant-accueil'
    """
    return f"{KINDS[type(exhibit)]}-{plain_id(exhibit.id)}"


def plain_id(id: str) -> str:
    """Write an id with the characters that HTML, Typst and an address all take."""
    return re.sub(r"[^\w.-]+", "-", id)


def note_of(exhibit: Exhibit) -> str:
    """Give the id of the note that tells where an exhibit comes from."""
    return f"note-{anchor(exhibit)}"


def note_of_source(source: Source) -> str:
    """Give the id of the note of a reference: never its key, which often holds somebody's name.

    >>> note_of_source(Source(id="lettreJeanne2020", kind="reference", title={}))
    'source-a3cb1de4'
    """
    return f"source-{blake2s(source.id.encode(), digest_size=4).hexdigest()}"


def words(text: Text, language: Language) -> Words:
    """Choose words in a language; marked where they exist in another one only; never empty."""
    found, true_language = pick(text, language)
    if not found:
        return Words(text=say("common.not_documented", language))
    return Words(text=found, language="" if true_language == language else true_language)


def opened(text: str) -> str:
    """Begin a title or a caption with a capital letter; the rest stays as it was written.

    >>> opened("rendez-vous individuels")
    'Rendez-vous individuels'
    """
    return text[:1].upper() + text[1:]


def phrase(text: Text, language: Language) -> str:
    """Choose words where a document holds plain text; those of another language say which it is."""
    found, true_language = pick(text, language)
    if not found or true_language == language:
        return found
    return (
        f"{found} ({say('report.compose.in_language', language, language=tongue(true_language, language))})"
    )


def tongue(code: str, language: Language) -> str:
    """Name a language in a language; its code where it has no name here.

    >>> tongue("pcm", "en"), tongue("xx", "fr")
    ('Nigerian Pidgin', 'xx')
    """
    try:
        return say(f"common.languages.{code}", language)
    except KeyError:
        return code


def source_line(source: Source, language: Language) -> tuple[Inline, ...]:
    """Say a source as a reader can find it: title, publisher, locator, dates, address.

    A reference of literature or of law comes finished, with its italics and its links.
    """
    if language in source.reference:
        return tuple(_run(run) for run in source.reference[language])
    own = source.language if source.language not in ("", language) else ""
    title, true_language = pick(source.title, language)
    title = title.rstrip(". ")
    line: list[Inline] = [
        Words(text=title, language=own or ("" if true_language == language else true_language))
    ]
    more = [part for part in (source.publisher, source.locator) if part not in title]
    if source.published_on and source.published_on[:4] not in title:
        more.append(date(source.published_on, language))
    if source.consulted_on:
        on = date(source.consulted_on, language)
        if on not in title:
            key = "consulted" if len(source.consulted_on) == len("2026-01-31") else "consulted_in"
            more.append(say(f"report.compose.{key}", language, date=on))
    rest = ", ".join(part for part in more if part)
    if rest:
        line.append(Words(text=f"{', ' if title else ''}{rest}"))
    if source.url.startswith("https://"):
        line += [Words(text=" · "), Link(href=source.url, content=(Words(text=source.url),))]
    return tuple(line)


def _run(run: Run) -> Inline:
    said: Inline = Words(text=run.text, language=run.language)
    if run.italic:
        said = Emphasis(content=(said,))
    return Link(href=run.href, content=(said,)) if run.href else said


def short(source: Source, language: Language) -> str:
    """Name a source as a sentence does: by what its reference is called, else by author and year.

    >>> bill = "République française, « Loi n° 91-647 du 10 juillet 1991 », 1991."
    >>> short(Source(id="loi", kind="reference", title={"fr": bill}), "fr")
    'République française, 1991'
    """
    if source.call:
        return pick(source.call, language)[0]
    title = pick(source.title, language)[0].rstrip(". ") or source.publisher or source.id
    if source.kind == "published" and source.publisher:
        return title.partition(f", {source.publisher}")[0]
    match = re.fullmatch(r"(?P<author>[^«“]+), [«“].*[»”].*?(?P<year>\d{4})", title)
    return f"{match['author']}, {match['year']}" if match else title


def foreign(source: Source, language: Language) -> str:
    """Tell the language of a source where it is another one than the document's; nothing where it is not."""
    return source.language if source.language != language else ""


def name(item: Exhibit, language: Language) -> str:
    """Name an exhibit as notes and links do: its title, or what it is."""
    if isinstance(item, Table | Chart | Figure | BudgetLine | Story):
        return pick(item.title, language)[0] or item.id
    if isinstance(item, Recommendation):
        return say("report.compose.recommendation", language, number=item.number)
    if isinstance(item, Quote):
        return f"{say('report.compose.quote', language)}, {phrase(item.setting, language)}".rstrip(", ")
    if isinstance(item, FollowUp):
        return pick(item.recommendation, language)[0] or item.id
    return say("report.compose.statement", language)
