"""Activity logs, notes, codes and references → what was understood of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd

from avis.errors import Problems
from avis.exhibits import Source
from avis.sources.activities import read_activity_files
from avis.sources.coding.exchange import codebook_text
from avis.sources.coding.projects import attach, read_project
from avis.sources.declared import Files
from avis.sources.meetings import read_note_files
from avis.sources.notes.model import Notes
from avis.sources.reading.model import FileFacts, Reading
from avis.sources.reading.shape import shaped
from avis.sources.references.bibliography import read_reference_files

_TOLD = ("codes", "described", "categories", "sets", "sources", "users")


def read_logs(files: Files, facts: Sequence[FileFacts], problems: Problems) -> Reading:
    """Read activity logs; see `read_activity_files` for the errors."""
    table = read_activity_files(files, problems)
    counts: dict[str, int] = {
        "rows": len(table),
        "acts": int(table["count"].sum()),
        "undated": int((table["period_start"] == "").sum()),
        "types": table.loc[table["type"] != "", "type"].nunique(),
        "people": len(set(" ".join(table["person_codes"]).split())),
    }
    frame = table.assign(date=table["period_start"].where(table["period_start"] == table["period_end"], ""))
    return Reading(
        kind="activities",
        tool="",
        files=tuple(facts),
        versions=tuple(sorted({str(year) for year in table["year"].dropna()})),
        counts=counts,
        tables={"activities": lambda: [shaped(frame, "activities")]},
    )


def read_words(notes: Files, projects: Files, facts: Sequence[FileFacts], problems: Problems) -> Reading:
    """Read notes, and projects of coding tools; codings of words that a note holds go to that note."""
    held = read_note_files(notes, problems)
    codes, tools, facts_of = pd.DataFrame(), list[str](), Counter[str]()
    for path, name in projects:
        coded = read_project(path, name, problems)
        if coded is not None:
            held = attach(held, coded, problems)
            codes = pd.concat([codes, coded.codes], ignore_index=True)
            tools.append(coded.tool)
            facts_of.update({name: n for name, n in coded.facts.items() if isinstance(n, int)})
    tables = {"meetings": held.meetings, "segments": held.segments, "codings": held.codings}
    if projects:
        tables["codes"] = codes.drop_duplicates("code") if len(codes) else codes
    return Reading(
        kind="codes" if projects and not notes else "notes",
        tool=", ".join(dict.fromkeys(tools)),
        files=tuple(facts),
        languages=tuple(sorted(set(held.segments["language"]) - {""})),
        # What a project says of itself; its codings are those of the project, its sources all it names.
        counts=_counts_of(held) | {name: facts_of[name] for name in _TOLD},
        tables={name: partial(_shaped, frame, name) for name, frame in tables.items()},
        exported={"codes.qdc": codebook_text(tables["codes"])} if len(codes) else {},
    )


def _counts_of(held: Notes) -> dict[str, int]:
    spoken = held.segments[held.segments["kind"] == "speech"]
    return {
        "meetings": len(held.meetings),
        "segments": len(held.segments),
        "speech": len(spoken),
        "speakers": len(set(spoken["speaker"]) - {"", "group"}),
        "memos": int((held.segments["kind"] == "memo").sum()),
        "codings": len(held.codings),
    }


def _shaped(frame: pd.DataFrame, name: str) -> list[pd.DataFrame]:
    return [shaped(frame, name)]


def read_bibliographies(files: Files, facts: Sequence[FileFacts], problems: Problems) -> Reading:
    """Read references; see `read_reference_files` for the errors."""
    sources = read_reference_files(files, problems)
    frame = pd.DataFrame([_row(source) for source in sources.values()])
    return Reading(
        kind="references",
        tool="",
        files=tuple(facts),
        counts={"references": len(sources), "links": sum(bool(source.url) for source in sources.values())},
        tables={"references": lambda: [shaped(frame, "references")]},
    )


def _row(source: Source) -> Mapping[str, str]:
    return {
        "id": source.id,
        "title_fr": source.title.get("fr", ""),
        "title_en": source.title.get("en", ""),
        "publisher": source.publisher,
        "url": source.url,
        "locator": source.locator,
        "published_on": source.published_on,
        "consulted_on": source.consulted_on,
        "language": source.language,
    }
