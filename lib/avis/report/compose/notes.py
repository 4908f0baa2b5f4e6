"""Notes: the end of the thread that starts at a figure, a quote or a statement.

What was established in the same way, on the same base, from the same sources has one note, called several
times: eleven texts adopted in the same sessions need not say so eleven times.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from avis.errors import Place, fail
from avis.exhibits import (
    Audience,
    Evidence,
    Exhibit,
    Exhibits,
    Figure,
    FollowUp,
    Quote,
    Recommendation,
    Source,
    Statement,
)
from avis.i18n import Language, say
from avis.report.compose.courses import came_about
from avis.report.compose.evidence import (
    Line,
    foreign,
    name,
    note_of,
    note_of_source,
    opened,
    short,
    source_line,
    tongue,
    words,
)
from avis.report.compose.voices import original, untranslated
from avis.report.document import Note, Words

FAMILIES: dict[type, str] = {
    Quote: "quotes",
    Statement: "adopted",
    Recommendation: "adopted",
    FollowUp: "follow_up",
}
"""Kinds whose texts stand in the document: several together are named by what they are, not by title."""
Key = tuple[str, tuple[Line, ...]]


@dataclass(frozen=True)
class Noted:
    """The notes of a document in the order of the first call, and which note each call leads to."""

    notes: tuple[Note, ...]
    ids: dict[str, str] = field(default_factory=dict)


def gather(calls: list[str], exhibits: Exhibits, language: Language, audience: Audience) -> Noted:
    """Make the notes that a document calls, one for all calls that it answers with the same words.

    Raises TXT-017 where a quote was not allowed for this audience, TXT-027 where a call leads nowhere:
    what has no evidence does not build.
    """
    items = {note_of(item): item for item in exhibits.exhibits}
    references = {note_of_source(item): item for item in exhibits.sources}
    titled: dict[Key, dict[str, str]] = {}
    for call in dict.fromkeys(calls):
        if call in items:
            item = items[call]
            _check_audience(item, audience)
            key = (FAMILIES.get(type(item), "figures"), tuple(_lines(item, exhibits, language)))
            titled.setdefault(key, {})[call] = opened(name(item, language))
        elif call in references:
            source = references[call]
            told = opened(short(source, language))
            titled[call, _reference(source, told, language)] = {call: told}
        else:
            raise fail("TXT-027", Place(), id=call)
    made = tuple(
        Note(
            id=next(iter(titles)),
            title=_title(family, list(titles.values()), language),
            lines=lines,
            language=foreign(references[family], language) if family in references else "",
        )
        for (family, lines), titles in titled.items()
    )
    ids = {call: next(iter(titles)) for titles in titled.values() for call in titles}
    return Noted(made, ids)


def _title(family: str, titles: list[str], language: Language) -> str:
    """Name a note: by its one title, by what its texts are, or by all its titles.

    >>> _title("figures", ["Appointments", "Appointments, by year", "Groups"], "en")
    'Appointments; Groups'
    """
    distinct = list(dict.fromkeys(titles))
    if len(distinct) == 1 and len(titles) == 1:
        return distinct[0]
    if family in FAMILIES.values():
        return say(f"report.compose.together.{family}", language)
    kept = [t for t in distinct if not any(t != other and t.startswith(f"{other},") for other in distinct)]
    return say("report.compose.separator", language).join(kept)


def _check_audience(item: Exhibit, audience: Audience) -> None:
    if isinstance(item, Quote) and audience not in item.audiences:
        raise fail("TXT-017", Place(), id=item.id)


def _lines(item: Exhibit, exhibits: Exhibits, language: Language) -> list[Line]:
    evidence: Evidence = item.evidence
    lines: list[Line] = [(_term("rule", language), (words(evidence.rule, language),))]
    if isinstance(item, Statement | Recommendation):
        lines.append((_term("course", language), (Words(text=came_about(item, language)),)))
    if isinstance(item, FollowUp) and item.source:
        lines.append((_term("answered_in", language), (_where(item, language),)))
    if isinstance(item, Figure) and item.remark:
        lines.append((_term("remark", language), (words(item.remark, language),)))
    if evidence.base:
        lines.append((_term("base", language), (words(evidence.base, language),)))
    if evidence.protection:
        lines.append((_term("protection", language), (words(evidence.protection, language),)))
    if isinstance(item, Quote) and untranslated(item, language):
        spoken = tongue(original(item.wordings).language, language)
        to_come = say("report.compose.quote_to_translate", language, language=spoken)
        lines.append((_term("language", language), (Words(text=to_come),)))
    known = {source.id: source for source in exhibits.sources}
    found = [known[id] for id in evidence.sources if id in known]
    lines += [(_term("source", language), source_line(source, language)) for source in found]
    if not found:
        missing = say("common.not_documented", language)
        lines.append((_term("source", language), (Words(text=missing),)))
    return lines


def _where(item: FollowUp, language: Language) -> Words:
    """Say where an answer can be read: a letter is named in the language that it is written in."""
    spoken = next(iter(item.words), language)
    return Words(text=item.source, language="" if spoken == language else spoken)


def _reference(source: Source, told: str, language: Language) -> tuple[Line, ...]:
    """Give the whole reference, nothing where the title of the note says all of it."""
    line = source_line(source, language)
    if len(line) == 1 and isinstance(line[0], Words) and line[0].text == told:
        return ()
    return ((_term("reference", language), line),)


def _term(key: str, language: Language) -> str:
    return say(f"report.compose.term.{key}", language)
