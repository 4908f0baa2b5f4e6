"""LimeSurvey's form: `.lss`, or the one within a `.lsa` archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from avis.errors import Place, Problems
from avis.files.archives import open_archive
from avis.files.opening import Opened
from avis.sources.surveys.codechoices import kind_by_labels, report_by_labels
from avis.sources.surveys.form import (
    CHOICE_COLUMNS,
    OTHER_CODES,
    QUESTION_COLUMNS,
    Form,
    empty_form,
    form_frame,
)
from avis.sources.surveys.formlinks import Entry, tell_names_apart
from avis.sources.surveys.limefields import Fields
from avis.sources.surveys.limequestions import entries_of
from avis.sources.surveys.limetables import MOST_BYTES, Item, Lss, Option, read_tables
from avis.sources.surveys.limetypes import (
    BUILT_IN,
    KINDS,
    OTHER_LIST,
    OTHER_SEVERAL,
    OTHER_WORDS,
    OWN,
)


@dataclass(frozen=True)
class Read:
    """A form, and what LimeSurvey calls its columns within (`fields`)."""

    form: Form
    fields: Fields = field(repr=False)


def read_lss(opened: Opened, problems: Problems) -> Form:
    """Read the form of a `.lss` or `.lsa` file that is open; see `read_lime`."""
    found = read_lime(opened, problems)
    return found.form if found else empty_form()


def read_lime(opened: Opened, problems: Problems) -> Read | None:
    """Read a LimeSurvey form, old (DB 126 and on) or new.

    Errors: SRC-003 damaged, SRC-007 too large, SRC-052 a code twice, SRC-270 no questions, SRC-271 an archive
    without a form. Remarks: SRC-272 an unknown type, SRC-273 a condition that is not judged,
    SRC-256 choices that are no opinion by their labels.
    """
    data, place = opened.data, opened.place
    if opened.kind == "lsa":
        archive = open_archive(data, place, problems)
        if archive is None:
            return None
        member = next((name for name in archive.names if name.lower().endswith(".lss")), "")
        if not member:
            problems.add("SRC-271", place)
            return None
        inner = archive.read(member, MOST_BYTES)
        if inner is None:
            return None
        data, place = inner, Place(opened.name, member)
    lss = read_tables(data, place, problems)
    return form_of(lss, place, problems) if lss else None


def form_of(lss: Lss, place: Place, problems: Problems) -> Read:
    """Make a form of LimeSurvey's tables."""
    languages = {lang: column_language(lang) for lang in lss.languages}
    fields = Fields(lss)
    entries = [
        _labelled(entry, languages) for entry in entries_of(lss, fields, place, problems, lss.languages)
    ]
    choices = [_labelled_row(choice, languages) for choice in _choices(lss)]
    report_by_labels(choices, place, problems)
    entries = tell_names_apart(entries, place.file, problems)
    columns = tuple(dict.fromkeys(languages.values()))
    form = Form(
        form_frame([entry.row for entry in entries], QUESTION_COLUMNS, columns),
        form_frame(choices, CHOICE_COLUMNS, columns),
        columns,
        "",
        {entry.row["name"]: entry.spellings for entry in entries},
    )
    return Read(form, fields)


def column_language(code: str) -> str:
    """Write LimeSurvey's code of a language as the end of a column's name.

    >>> column_language("pt-BR"), column_language("fr")
    ('pt_br', 'fr')
    """
    return code.strip().casefold().replace("-", "_")


def _labelled(entry: Entry, languages: Mapping[str, str]) -> Entry:
    return Entry(_labelled_row(entry.row, languages), entry.spellings)


def _labelled_row(row: dict[str, Any], languages: Mapping[str, str]) -> dict[str, Any]:
    """Put texts by language in their columns; without French or English, the survey's own stand in."""
    texts = {languages.get(lang, lang): text for lang, text in row.pop("texts").items() if text}
    if not texts.get("fr") and not texts.get("en"):
        base = (texts.get(lang) for lang in languages.values())
        texts["fr"] = next((text for text in base if text), row.get("code") or row.get("name", ""))
    return {**row, **{f"label_{lang}": text for lang, text in texts.items()}}


def _choices(lss: Lss) -> Iterable[dict[str, Any]]:
    used: dict[str, None] = {}
    for item in lss.questions:
        kind = KINDS.get(item.letter)
        if kind is None:
            continue
        if kind.shape == "several":
            yield from _boxes(item, lss.parts.get(item.qid, ()))
        elif kind.list == OWN:
            yield from _list(item, lss, dual=kind.shape == "dual")
        elif kind.list:
            used.setdefault(kind.list)
    for name in used:
        for word in BUILT_IN[name]:
            yield _choice(name, word.code, {"fr": word.fr, "en": word.en})


def _boxes(item: Item, parts: Iterable[Item]) -> Iterable[dict[str, Any]]:
    alone = set(item.attribute("exclude_all_others").replace(",", ";").split(";"))
    for part in parts:
        yield _choice(item.code, part.code, part.texts, exclusive=part.code in alone)
    if item.other:
        yield _other(item, OTHER_SEVERAL)


def _list(item: Item, lss: Lss, dual: bool) -> Iterable[dict[str, Any]]:
    options = lss.options.get(item.qid, ())
    if item.letter == "R" and not options:  # since version 7, what is ranked stands where rows do
        options = tuple(Option(part.code, part.texts, 0) for part in lss.parts.get(item.qid, ()))
    for option in options:
        name = f"{item.code}_{option.scale}" if dual else item.code
        yield _choice(name, option.code, option.texts)
    if item.other and item.letter in ("L", "!"):
        yield _other(item, OTHER_LIST)


def _other(item: Item, code: str) -> dict[str, Any]:
    texts = OTHER_WORDS | item.attribute_texts("other_replace_text")
    return {**_choice(item.code, code, texts), "other": True}


def _choice(of: str, code: str, texts: Mapping[str, str], exclusive: bool = False) -> dict[str, Any]:
    folded = code.casefold()
    missing = kind_by_labels(code, texts.values())
    return {
        **{"list": of, "code": code, "texts": dict(texts), "added": False, "line": 0},
        **{"other": folded in OTHER_CODES, "exclusive": exclusive or bool(missing), "missing": missing},
    }
