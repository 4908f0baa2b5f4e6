"""`avis read`: files that belong to no evaluation → what they are and what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from avis.errors import Place, Problems
from avis.sources.files.grids import Grid
from avis.sources.files.opening import Opened, open_file
from avis.sources.files.sheets import grids_of
from avis.sources.reading.model import FileFacts, Kind, Reading, SheetFacts
from avis.sources.reading.recognised import kind_of_content, kind_of_grids
from avis.sources.surveys.exports import TABLES, Export
from avis.sources.surveys.form import Form
from avis.sources.surveys.forms import read_any_form

Files = Sequence[tuple[Path, str]]


@dataclass(frozen=True)
class _Loose:
    """A file that was opened, and what it is."""

    opened: Opened
    grids: tuple[Grid, ...]
    kind: Kind

    @property
    def export(self) -> Export:
        return Export(self.opened, tuple(grid for grid in self.grids if not grid.hidden))

    @property
    def file(self) -> tuple[Path, str]:
        return self.opened.path, self.opened.name

    @property
    def facts(self) -> FileFacts:
        first = self.grids[0] if self.grids else None
        sheets = tuple(
            SheetFacts(grid.name, len(grid.rows), max(map(len, grid.rows), default=0), grid.hidden)
            for grid in self.grids
        )
        encoding, delimiter = (first.encoding, first.delimiter) if first else ("", "")
        return FileFacts(self.opened.name, self.opened.kind, self.kind, encoding, delimiter, sheets)


def read_files(
    files: Files,
    problems: Problems,
    form: tuple[Path, str] | None = None,
    wanted: Kind | None = None,
    person: str = "",
) -> list[Reading]:
    """Read files of any kind; one reading for the files of each kind, `wanted` for all where it is given.

    A form among the files is the form of the answers beside it. Errors: those of the readers, SRC-401 two
    forms.
    """
    loose = [item for path, name in files if (item := _open(path, name, wanted, form, problems))]
    groups: dict[Kind, list[_Loose]] = {}
    for item in loose:
        groups.setdefault(item.kind, []).append(item)
    readings = [_read_survey(groups, form, person, problems)] if {"survey", "form"} & groups.keys() else []
    if "activities" in groups:
        from avis.sources.reading.others import read_logs

        readings.append(read_logs(*_named(groups["activities"]), problems))
    if {"notes", "codes"} & groups.keys():
        from avis.sources.reading.others import read_words

        notes, codes = groups.get("notes", []), groups.get("codes", [])
        facts = [item.facts for item in (*notes, *codes)]
        readings.append(
            read_words([item.file for item in notes], [item.file for item in codes], facts, problems)
        )
    if "references" in groups:
        from avis.sources.reading.others import read_bibliographies

        readings.append(read_bibliographies(*_named(groups["references"]), problems))
    return [reading for reading in readings if reading is not None]


def recognise(files: Files, problems: Problems) -> list[tuple[Path, Kind]]:
    """Tell what each file is, without reading more of it than that takes."""
    loose = [_open(path, name, None, None, problems) for path, name in files]
    return [(item.opened.path, item.kind) for item in loose if item is not None]


def _named(items: Sequence[_Loose]) -> tuple[Files, list[FileFacts]]:
    return [item.file for item in items], [item.facts for item in items]


def _open(
    path: Path, name: str, wanted: Kind | None, form: tuple[Path, str] | None, problems: Problems
) -> _Loose | None:
    opened = open_file(path, name, problems)
    if opened is None:
        return None
    known = kind_of_content(opened)
    if wanted in ("notes", "codes", "references", "activities") or (known and not wanted):
        tables = opened.kind in TABLES and wanted == "activities"
        grids = grids_of(opened, Problems()) if tables else []
        return _Loose(opened, tuple(grids), wanted or known or "survey")
    if known and opened.kind not in TABLES:
        return _Loose(opened, (), known if known in ("survey", "form") else wanted or known)
    before = len(problems.errors)
    grids = grids_of(opened, problems)
    if len(problems.errors) > before and not grids:
        return None
    found = kind_of_grids(grids)
    if wanted == "survey" or form:
        found = "form" if found == "form" else "survey"
    return _Loose(opened, tuple(grids), found or "survey")


def _read_survey(
    groups: dict[Kind, list[_Loose]], form: tuple[Path, str] | None, person: str, problems: Problems
) -> Reading | None:
    from avis.sources.reading.surveys import read_form_file, read_survey_exports

    forms, answers = groups.get("form", []), groups.get("survey", [])
    if len(forms) + bool(form) > 1:
        problems.add("SRC-401", Place(forms[-1].opened.name))
        return None
    known: Form | None = None
    named = form or (forms[0].file if forms else None)
    if named:
        before = len(problems.errors)
        known = read_any_form(*named, problems)
        if len(problems.errors) > before:
            return None
    if not answers:
        return read_form_file(known, forms[0].facts) if known and forms else None
    facts = [item.facts for item in (*answers, *forms)]
    return read_survey_exports([item.export for item in answers], facts, known, person, problems)
