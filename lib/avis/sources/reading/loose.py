"""`avis read`: files that belong to no evaluation → what they are and what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from avis.errors import Place, Problems
from avis.files.grids import Grid
from avis.files.headernames import clean
from avis.files.opening import open_file
from avis.files.sheets import grids_of
from avis.sources.declared import Files
from avis.sources.reading.model import FileFacts, Kind, Reading, Recognised, SheetFacts
from avis.sources.reading.pairing import best_form, closed_questions
from avis.sources.reading.parting import of_one_tool, without_form
from avis.sources.reading.recognised import is_form, is_list_of_presence, kind_of_content, kind_of_export
from avis.sources.reading.unnamed import names_to_hide, shown_name, without_values
from avis.sources.surveys.codebooks import Codebook
from avis.sources.surveys.exports import TABLES as GRIDS
from avis.sources.surveys.exports import Export, open_export
from avis.sources.surveys.form import Form
from avis.sources.surveys.forms import read_any_form
from avis.sources.surveys.limesurvey import is_lime_form
from avis.sources.surveys.verdict import pyxform_verdict

_WITH_NAMES: tuple[Kind, ...] = ("survey", "activities")
"""Kinds of tables whose first row names columns."""


@dataclass(frozen=True)
class _Loose:
    """A file that was opened, and what it is; `export` has its grids where they were needed."""

    export: Export
    kind: Kind

    @property
    def file(self) -> tuple[Path, str]:
        return self.export.opened.path, self.export.name

    @property
    def grids(self) -> Sequence[Grid]:
        """The tables of the file, read now where its reader reads them itself."""
        opened = self.export.opened
        given = self.export.grids or not opened.data or opened.kind not in GRIDS
        return self.export.grids if given else grids_of(opened, Problems())

    @property
    def facts(self) -> FileFacts:
        first = self.export.grids[0] if self.export.grids else None
        sheets = tuple(
            SheetFacts(clean(grid.name), len(grid.rows), max(map(len, grid.rows), default=0))
            for grid in self.export.grids
        )
        encoding, delimiter = (first.encoding, first.delimiter) if first else ("", "")
        return FileFacts(self.export.name, self.export.opened.kind, self.kind, encoding, delimiter, sheets)


def read_files(
    files: Files,
    problems: Problems,
    form: tuple[Path, str] | None = None,
    wanted: Kind | None = None,
    person: str = "",
) -> list[Reading]:
    """Read files of any kind; one reading for the files of each kind, `wanted` for all where it is given.

    A form among the files is the form of the answers beside it. No name of a column that looks like what
    somebody answered leaves this room, be it in a reading or in a problem. Errors: those of the readers,
    SRC-401 two forms, SRC-402 another tool, SRC-404 which form. Remark: SRC-413 a first row of data.
    """
    since = len(problems.items)
    loose = [item for path, name in files if (item := _open(path, name, wanted, form is not None, problems))]
    groups: dict[Kind, list[_Loose]] = {}
    for item in loose:
        groups.setdefault(item.kind, []).append(item)
    tables = [item for kind in _WITH_NAMES for item in groups.get(kind, [])]
    hidden = names_to_hide([(item.export.name, grid) for item in tables for grid in item.grids], problems)
    survey = _read_survey(groups, form, person, problems) if {"survey", "form"} & groups.keys() else None
    _tell_lists_alone(loose, problems)
    readings = [*([survey] if survey else ()), *_read_others(groups, problems)]
    without_values(problems, hidden, since)
    return [
        replace(reading, left_out=tuple(shown_name(name, 0, hidden) for name in reading.left_out))
        for reading in readings
    ]


def _read_others(groups: Mapping[Kind, list[_Loose]], problems: Problems) -> Iterator[Reading]:
    if "activities" in groups:
        from avis.sources.reading.others import read_logs

        yield read_logs(*_named(groups["activities"]), problems)
    if {"notes", "codes"} & groups.keys():
        from avis.sources.reading.others import read_words

        notes, codes = groups.get("notes", []), groups.get("codes", [])
        facts = [item.facts for item in (*notes, *codes)]
        yield read_words([item.file for item in notes], [item.file for item in codes], facts, problems)
    if "references" in groups:
        from avis.sources.reading.others import read_bibliographies

        yield read_bibliographies(*_named(groups["references"]), problems)


MOST_SHOWN = 6
"""Questions of a form that are proposed to be shown."""


def recognise(files: Files, problems: Problems) -> list[Recognised]:
    """Tell what each file is, and which form belongs to which answers.

    Remark: SRC-403 an attendance list without a log. What is wrong inside a form is told when it is read.
    """
    loose = [item for path, name in files if (item := _open(path, name, None, False, problems))]
    _tell_lists_alone(loose, problems)
    forms = {item.file[0]: read_any_form(*item.file, Problems()) for item in loose if item.kind == "form"}
    return [_recognised(item, forms) for item in loose]


def _recognised(item: _Loose, forms: Mapping[Path, Form]) -> Recognised:
    path = item.file[0]
    form = best_form(item.export, forms) if item.kind == "survey" else path if path in forms else None
    shown = closed_questions(forms[form], MOST_SHOWN) if form else ()
    return Recognised(path, item.kind, form if form != path else None, shown)


def _tell_lists_alone(loose: Sequence[_Loose], problems: Problems) -> None:
    """Remark on attendance lists where no log stands beside them (SRC-403)."""
    logs = [item for item in loose if item.kind == "activities"]
    if all(is_list_of_presence(item.export) for item in logs):
        for item in logs:
            problems.warn("SRC-403", Place(item.export.name))


def _named(items: Sequence[_Loose]) -> tuple[Files, list[FileFacts]]:
    return [item.file for item in items], [item.facts for item in items]


def _open(path: Path, name: str, wanted: Kind | None, form: bool, problems: Problems) -> _Loose | None:
    opened = open_file(path, name, problems)
    if opened is None:
        return None
    known = kind_of_content(opened)
    words = known is not None and known != "survey" and opened.kind not in ("lss", "lsa")
    if wanted not in (None, "survey") or (words and wanted is None):
        # The reader of this kind opens the file itself, and says what is wrong with it.
        return _Loose(Export(opened), wanted or known or "survey")
    if opened.kind in ("lss", "lsa"):
        return _Loose(Export(opened), known or "survey")
    export = open_export(opened, problems)
    if not export.grids:
        if opened.kind not in GRIDS:
            grids_of(opened, problems)  # says what it is, and that it is none of ours
        return None
    found = "form" if is_form(export.grids) else kind_of_export(export)
    if found != "form" and (wanted == "survey" or form):
        found = "survey"
    return _Loose(export, found or "survey")


def _read_survey(
    groups: dict[Kind, list[_Loose]], form: tuple[Path, str] | None, person: str, problems: Problems
) -> Reading | None:
    from avis.sources.reading.surveys import read_form_file, read_survey_exports

    forms, answers = groups.get("form", []), groups.get("survey", [])
    exports, known = [item.export for item in answers], None
    named = form or (forms[0].file if forms else None)
    if len(forms) + bool(form) > 1:
        problems.add("SRC-401", Place(forms[-1].export.name))
        exports, forms = without_form(exports, problems), []
    elif named:
        known = _read_form(named, problems)
        if known is None:
            return None
    elif exports:
        exports = of_one_tool(exports, problems)
    if known and forms and not answers:
        return read_form_file(known, forms[0].facts)
    if not exports:
        return None
    facts = [item.facts for item in answers if item.export in exports] + [item.facts for item in forms]
    return read_survey_exports(exports, facts, known, person, problems)


def _read_form(named: tuple[Path, str], problems: Problems) -> Form | None:
    """Read a form, and ask what else may be wrong with it; none where it cannot be read."""
    before = len(problems.errors)
    known = read_any_form(*named, problems)
    if len(problems.errors) > before:
        return None
    if not (isinstance(known, Codebook) or is_lime_form(known)):
        pyxform_verdict(*named, problems)
    return known
