"""References (BibTeX) and sources of published figures → what a reader needs to find them again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import bibtexparser
import pandas as pd
from bibtexparser.bibdatabase import UndefinedString
from bibtexparser.bparser import BibTexParser
from bibtexparser.customization import convert_to_unicode

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Source
from avis.i18n import LANGUAGES, Language, date, join, say
from avis.periods import parse_period
from avis.sources.files.delimited import decode

MAX_BYTES = 2 * 2**20
"""Bytes of a file of references: several thousand entries; the parser takes seconds beyond."""

_ENTRY = re.compile(r"^[ \t]*@(?!comment\b|string\b|preamble\b)\w+\s*[{(]\s*([^\s,{}]+)\s*,", re.M | re.I)
_LINK = re.compile(r"https?://[^\s\"<>]+", re.I)
_AND = re.compile(r"\s+and\s+")
_LANGUAGES = {"french": "fr", "francais": "fr", "fr": "fr", "english": "en", "en": "en"}
_CONTAINERS = ("journaltitle", "journal", "booktitle", "series")
_PUBLISHERS = ("publisher", "institution", "organization", "school", "howpublished")

Fields = dict[str, str]


def read_references(evaluation: Evaluation, problems: Problems) -> dict[str, Source]:
    """Read the references of an evaluation, by key; each with its reference in words per language.

    Numbers of laws, ECLI, NOR and symbols of the United Nations (field `number`) stay as they are.
    Errors: SRC-006 too big, SRC-030 not readable, SRC-031 double key, SRC-032 no title, SRC-033 address.
    """
    sources: dict[str, Source] = {}
    for path in evaluation.files(evaluation.settings.sources.references):
        for key, source in read_bibliography(path, evaluation.name(path), problems).items():
            sources.setdefault(key, source)
    return sources


def read_bibliography(path: Path, name: str, problems: Problems) -> dict[str, Source]:
    """Read one BibTeX file; see `read_references`."""
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        problems.add("SRC-006", Place(name), size=len(data) // 2**20, most=MAX_BYTES // 2**20)
        return {}
    text = decode(data, Place(name), problems)[0]
    lines: dict[str, list[int]] = {}
    for found in _ENTRY.finditer(text):
        line = text.count("\n", 0, found.start(1)) + 1
        lines.setdefault(found[1], []).append(line)
    entries = _parse(text)
    sources = {}
    for key, where in lines.items():
        for line in where[1:]:
            problems.add("SRC-031", Place(name, line=line, field=key))
        place = Place(name, line=where[0], field=key)
        if key in entries:
            sources[key] = _source(key, entries[key], place, problems)
        else:
            problems.add("SRC-030", place)
    return sources


def _parse(text: str) -> dict[str, Fields]:
    """Parse leniently: an unknown abbreviation (`month = juin`) stands for itself."""
    unknown: dict[str, str] = {}
    while True:
        parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
        parser.bib_database.strings.update(unknown)
        try:
            parsed = bibtexparser.loads(text, parser).entries
        except UndefinedString as error:
            unknown[str(error.args[0])] = str(error.args[0])
            continue
        except RecursionError:  # braces within braces without end: no entry counts as read
            return {}
        entries: dict[str, Fields] = {}
        for entry in parsed:  # the first of two with one key wins, as it is said
            entries.setdefault(entry["ID"], _clean(entry))
        return entries


def _clean(entry: dict[str, Any]) -> Fields:
    plain = convert_to_unicode({name: str(value) for name, value in entry.items()})
    return {name.lower(): " ".join(value.split()) for name, value in plain.items()}


def _source(key: str, fields: Fields, place: Place, problems: Problems) -> Source:
    if not fields.get("title"):
        problems.add("SRC-032", place, missing="title")
    link = fields.get("url", "")
    if link and not _LINK.fullmatch(link):
        problems.add("SRC-033", place)
        link = ""
    consulted, published = parse_period(fields.get("urldate", "")), _published_on(fields)
    return Source(
        id=key,
        kind="reference",
        title={lang: _reference(fields, link, published, consulted, lang) for lang in LANGUAGES},
        publisher=_first(fields, _PUBLISHERS),
        url=link,
        locator=", ".join(filter(None, (fields.get("number", ""), _pages(fields)))),
        published_on=published,
        consulted_on=consulted,
        language=_LANGUAGES.get((fields.get("langid") or fields.get("language", "")).lower(), ""),
    )


def _reference(fields: Fields, link: str, published: str, consulted: str, lang: Language) -> str:
    title = fields.get("title") or say("sources.reference.untitled", lang)
    when = date(published, lang) if published else fields.get("date") or fields.get("year", "")
    return _sentence(
        _people(fields.get("author") or fields.get("editor", ""), lang),
        say("sources.reference.title", lang, title=title),
        _first(fields, _CONTAINERS),
        _first(fields, _PUBLISHERS),
        fields.get("number", ""),
        when,
        _pages(fields),
        link,
        _consulted(consulted, lang),
    )


def _sentence(*parts: str) -> str:
    return ", ".join(filter(None, parts)) + "."


def _consulted(day: str, lang: Language) -> str:
    """Say when a source was read: on a day, or in a month or a year where no day is known."""
    if not day:
        return ""
    key = "consulted" if len(day) == len("2026-01-31") else "consulted_in"
    return say(f"sources.reference.{key}", lang, date=date(day, lang))


def _first(fields: Fields, names: tuple[str, ...]) -> str:
    return next((fields[name] for name in names if fields.get(name)), "")


def _pages(fields: Fields) -> str:
    pages = fields.get("pages", "").replace("--", "-")
    return f"p.\u00a0{pages}" if pages[:1].isdigit() else pages


def _published_on(fields: Fields) -> str:
    month = f"{fields.get('month', '')} {fields.get('year', '')}".strip()
    return parse_period(fields.get("date", "")) or parse_period(month) or parse_period(fields.get("year", ""))


def _people(names: str, lang: Language) -> str:
    """Write authors as a sentence does, first names first.

    >>> _people("Dupont, Jeanne and Collectif des Voisines", "fr")
    'Jeanne Dupont et Collectif des Voisines'
    """
    turned = (" ".join(reversed(name.split(", ", 1))) for name in _AND.split(names) if name)
    return join(list(turned), lang)


def published_sources(figures: pd.DataFrame) -> dict[str, Source]:
    """Give the source of each published figure (see `read_published`), by the figure's id.

    The title is the publication's own; publisher, locator, address and day stand in their fields.
    """
    columns = ["id", "source_fr", "source_en", "publisher", "url", "locator", "consulted_on"]
    sources: dict[str, Source] = {}
    for row in figures[columns].drop_duplicates("id").to_dict("records"):
        facts = {str(name): str(value) for name, value in row.items()}
        titles = {lang: facts[f"source_{lang}"] for lang in LANGUAGES}
        sources[facts["id"]] = Source(
            id=facts["id"],
            kind="published",
            title={lang: title for lang, title in titles.items() if title},
            publisher=facts["publisher"],
            url=facts["url"],
            locator=facts["locator"],
            consulted_on=facts["consulted_on"],
        )
    return sources
