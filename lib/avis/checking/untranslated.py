"""Every text that one language of the evaluation lacks, all at once: nothing is translated by a machine.

`evaluation.yaml` and passages tell theirs where they are read (EVA-028, TXT-006); the rest is told here.
Quotes are no gap: exact words stand in the language in which they were said, and the document names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.i18n import LANGUAGES, say
from avis.marked import Marked, load_yaml
from avis.sources.declared import places, shown
from avis.sources.stories import texts_in
from avis.told import Wording
from avis.writing.deliberation import Item

COLUMNS = {
    "budget": ("line", "explanation"),
    "follow_up": ("recommendation", "addressee"),
    "published": ("title",),
}
"""Columns of tables that hold a text a language, by table; those that may stay empty are in `_said` alone."""


def tell_untranslated(
    opened: Evaluation,
    tables: Mapping[str, pd.DataFrame],
    items: Iterable[Item],
    problems: Problems,
) -> None:
    """Remark on each text that exists in one language of the evaluation and not in the other (EVA-028)."""
    languages = tuple(opened.settings.languages)
    for name, table in tables.items():
        for column in COLUMNS.get(name, ()):
            for place, missing in _in_table(table, name, column, languages):
                _tell(problems, place, missing)
    for marked in _files(opened):
        for place, missing in _in_yaml(marked, languages):
            _tell(problems, place, missing)
    for item in items:
        if item.adopted and item.wordings:
            for id, wordings in (
                (item.id, item.wordings),
                *((one.id, one.wordings) for one in item.dissents),
            ):
                for missing in _without(wordings, languages):
                    _tell(problems, Place("seances", field=id), missing)


def _tell(problems: Problems, place: Place, language: str) -> None:
    problems.warn("EVA-028", place, language=say(f"common.languages.{language}"))


def _in_table(
    table: pd.DataFrame, name: str, column: str, languages: tuple[str, ...]
) -> Iterator[tuple[Place, str]]:
    held = {language: f"{column}_{language}" for language in languages if f"{column}_{language}" in table}
    if len(held) < 2:
        return
    said = pd.concat([table[key].fillna("").astype("str") != "" for key in held.values()], axis=1).any(axis=1)
    for language, key in held.items():
        empty = table[key].fillna("").astype("str") == ""
        for place in places(table, said & empty, shown(name, key)):
            yield place, language


def _files(opened: Evaluation) -> Iterator[Marked]:
    """Give the files beside `evaluation.yaml` that hold texts in several languages."""
    sources = opened.settings.sources
    found = [(opened.file(name), name) for name in (sources.method, sources.codebook) if name]
    found += [(path, opened.name(path)) for path in opened.files(sources.stories)]
    for path, name in found:
        if path is not None and path.suffix in (".yaml", ".yml"):
            marked = load_yaml(path, name, Problems())  # what is wrong with it is told where it is read
            if marked is not None:
                yield marked


def _in_yaml(marked: Marked, languages: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    held: dict[tuple[str | int, ...], set[str]] = {}
    for keys, language, text in texts_in(marked.data):
        held.setdefault(keys, set()).update({language} if text.strip() else ())
    for keys, known in held.items():
        for missing in languages:
            if known and missing not in known:
                yield marked.place(keys), missing


def _without(wordings: tuple[Wording, ...], languages: tuple[str, ...]) -> list[str]:
    """Give the languages of the evaluation that a text has no wording in."""
    known = {wording.language for wording in wordings if wording.text}
    return (
        [language for language in languages if language not in known and language in LANGUAGES]
        if known
        else []
    )
