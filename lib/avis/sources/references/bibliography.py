"""Files of references, and sources of published figures → what a reader needs to find them again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Run, Source
from avis.files.delimited import decode
from avis.files.opening import open_file
from avis.i18n import LANGUAGES
from avis.sources.references.biblatex import read_biblatex
from avis.sources.references.calls import call, letters
from avis.sources.references.citing import cite, plain
from avis.sources.references.csl import is_json, read_csl
from avis.sources.references.wording import pages_of
from avis.sources.references.works import Record, Work, make_work

if TYPE_CHECKING:
    import pandas as pd

MAX_BYTES = 2 * 2**20
"""Bytes of a file of references: several thousand entries."""
_TEXT = ("csv", "json", "html", "etherpad")
"""Kinds of content that may be a bibliography: text, whatever its first words look like."""


def read_references(evaluation: Evaluation, problems: Problems) -> dict[str, Source]:
    """Read the references of an evaluation, by key; see `read_reference_files`."""
    paths = evaluation.files(evaluation.settings.sources.references)
    return read_reference_files([(path, evaluation.name(path)) for path in paths], problems)


def read_reference_files(files: Sequence[tuple[Path, str]], problems: Problems) -> dict[str, Source]:
    """Read files of references, BibTeX or CSL-JSON by their content, each with its name in messages.

    Gives the sources by key, each with its reference in words, in runs and as a call, per language.
    Errors: SRC-006 too big, SRC-030 an entry that cannot be read, SRC-031 a key twice (the first is kept),
    SRC-032 no title, SRC-033 address, SRC-380, SRC-381, SRC-387 no bibliography. Remarks: SRC-382 to
    SRC-386, SRC-388 no reference.
    """
    works: dict[str, Work] = {}
    for path, name in files:
        for record in _records(path, name, problems):
            if record.key in works:
                problems.add("SRC-031", record.place)
            else:
                works[record.key] = make_work(record, problems)
    behind = letters(works.values())
    return {key: _source(work, behind[key]) for key, work in works.items()}


def _records(path: Path, name: str, problems: Problems) -> list[Record]:
    opened = open_file(path, name, problems, MAX_BYTES)
    if opened is None:
        return []
    if opened.kind not in _TEXT:
        problems.add("SRC-387", Place(name))
        return []
    text = decode(opened.data, Place(name), problems)[0]
    before = len(problems.items)
    records = read_csl(text, name, problems) if is_json(text) else read_biblatex(text, name, problems)
    if not records and len(problems.items) == before:
        problems.warn("SRC-388", Place(name))
    return records


def _source(work: Work, letter: str) -> Source:
    runs: dict[str, tuple[Run, ...]] = {lang: cite(work, lang, letter) for lang in LANGUAGES}
    return Source(
        id=work.key,
        kind="reference",
        title={lang: f"{plain(said).rstrip('.')}." for lang, said in runs.items()},
        reference=runs,
        call={lang: call(work, lang, letter) for lang in LANGUAGES},
        publisher=work.get("publisher") or work.get("authority"),
        url=work.link,
        locator=pages_of(work, "fr"),
        published_on=work.issued,
        consulted_on=work.accessed,
        language=work.language,
    )


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
