"""An evaluation: `evaluation.yaml`, read and checked whole, with its folder and its decisions."""

from __future__ import annotations

import datetime as dt
import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from avis.errors import Place, Problems, fail
from avis.folders import Folders, find, lies_within
from avis.i18n import LANGUAGES, say, words
from avis.keeping import is_erased
from avis.marked import Marked, load_yaml
from avis.schema import check_document, leave_out_wrong, read_as
from avis.settings import DEFAULT_THRESHOLD, Indicator, Settings, Sources

STAND_INS: dict[str, Any] = {
    "title": {"fr": "…"},
    "organisation": {"name": "…"},
    "period": {"start": "2000", "end": "2000"},
    "status": "planned",
}
"""What stands for a missing part while the rest is checked; nothing is ever built with it."""
ONE_FILE = ("codebook", "method")
"""Sources that are one file each: a `*` in their path would stand for itself."""
FIRST_SESSION = "seances/*.jsonl"
"""Where the room keeps its sessions; the pattern stands in `evaluation.yaml` before there is any."""
LONGEST_NAME = 255
"""Bytes of a file's name on common disks; asking for a longer one is an error of the system."""


@dataclass(frozen=True)
class Evaluation:
    """An evaluation that was read and found right."""

    folders: Folders
    settings: Settings
    marked: Marked

    @property
    def slug(self) -> str:
        """The name of its folder."""
        return self.folders.slug

    def file(self, relative: str) -> Path | None:
        """Give the one file that stands at a path; none where there is none, or it leaves the folder."""
        return next(iter(self.files(glob.escape(relative))), None)

    def name(self, path: Path) -> str:
        """Name a file as messages do: relative to the evaluation."""
        return path.relative_to(self.folders.root).as_posix()

    def files(self, patterns: tuple[str, ...] | str) -> list[Path]:
        """Give the files of one or more patterns, sorted by name; missing ones were reported at opening.

        A pattern that leaves the evaluation's folder is never looked for, and a link that does is left out.
        """
        several = (patterns,) if isinstance(patterns, str) else patterns
        found = (path for pattern in several for path in self._matches(pattern))
        return sorted({path for path in found if path.is_file() and self.holds(path)})

    def holds(self, path: Path) -> bool:
        """Tell whether a file lies in the evaluation's folder, links followed."""
        return lies_within(path, self.folders.root)

    def leaving(self, pattern: str) -> bool:
        """Tell whether a link that the pattern meets leads out of the folder."""
        return not all(self.holds(path) for path in self._matches(pattern) if not path.is_dir())

    def unreadable(self, pattern: str) -> list[Path]:
        """Give what the pattern meets that is neither file nor folder: pipes, devices, links to nothing."""
        return sorted({path for path in self._matches(pattern) if not path.is_file() and not path.is_dir()})

    def _matches(self, pattern: str) -> Iterator[Path]:
        parts = PurePosixPath(pattern).parts
        named = parts and max(len(part.encode()) for part in parts) <= LONGEST_NAME
        if not named or refusal(pattern):
            return iter(())
        # A file may be called « export [1].csv »: what is written stands for itself too.
        return chain(self.folders.root.glob(pattern), self.folders.root.glob(glob.escape(pattern)))

    def place(self, *keys: str | int) -> Place:
        """Say where a key stands in `evaluation.yaml`."""
        return self.marked.place(keys)


def refusal(pattern: str) -> str:
    """Say why a path or pattern is not looked for, as an error's code; empty where it is.

    EVA-022 it leaves the evaluation's folder, EVA-034 it goes through folders without end.

    >>> [refusal(pattern) for pattern in ("sources/*.csv", "/etc/hosts", "~/a.csv", "../a.csv", "**/*.md")]
    ['', 'EVA-022', 'EVA-022', 'EVA-022', 'EVA-034']
    """
    windows, parts = PureWindowsPath(pattern), PureWindowsPath(pattern).parts
    if windows.drive or windows.root or ".." in parts or pattern.startswith("~"):
        return "EVA-022"
    return "EVA-034" if "**" in pattern else ""


def as_of() -> dt.date:
    """The day on which consents are judged: `AVIS_AS_OF`, else today. Errors: EVA-050 that is no day."""
    fixed = os.environ.get("AVIS_AS_OF")
    try:
        return dt.date.fromisoformat(fixed) if fixed else dt.date.today()
    except ValueError:
        raise fail("EVA-050", Place("AVIS_AS_OF")) from None


def open_evaluation(evaluation: str | Path) -> Evaluation:
    """Open an evaluation; raises `AvisError` with every problem of its `evaluation.yaml` at once.

    Errors: EVA-001 not found, EVA-002… see `docs/reference/erreurs.md`.
    """
    problems = Problems()
    opened = check_evaluation(find(evaluation), problems)
    problems.raise_errors()
    assert opened is not None  # without errors there is an evaluation
    return opened


def check_evaluation(folders: Folders, problems: Problems) -> Evaluation | None:
    """Read and check `evaluation.yaml`, adding to `problems`; none where it cannot be used."""
    marked = load_yaml(folders.root / "evaluation.yaml", "evaluation.yaml", problems)
    if marked is None:
        return None
    before = len(problems.errors)
    data: dict[str, Any] = check_document(marked, "evaluation", problems)
    if len(problems.errors) > before:
        return None
    settings = read_as(data, Settings)
    opened = Evaluation(folders, settings, marked)
    _check_meaning(opened, problems)
    return opened


def check_rest(folders: Folders, problems: Problems) -> tuple[Evaluation, frozenset[str]]:
    """Give what can be used of an `evaluation.yaml` that is wrong, and the keys of which something is lost.

    For `avis check`, so that one mistake hides no other; nothing is built from it.
    """
    marked = load_yaml(folders.root / "evaluation.yaml", "evaluation.yaml", Problems())
    if marked is None or not isinstance(marked.data, dict):
        settings = read_as(STAND_INS, Settings)
        marked = Marked("evaluation.yaml", {}, {})
        return Evaluation(folders, settings, marked), frozenset(Settings.__struct_fields__)
    data, dropped = leave_out_wrong(marked, "evaluation")
    lost = frozenset({*(str(keys[0]) for keys in dropped), *(STAND_INS.keys() - data.keys())})
    opened = Evaluation(folders, read_as(STAND_INS | data, Settings), replace(marked, dropped=dropped))
    _check_files(opened, problems)
    _check_ids(opened, problems)
    if "sources" not in lost:
        _check_indicators(opened, problems)
    return opened, lost


def _check_meaning(opened: Evaluation, problems: Problems) -> None:
    """What a schema cannot say: files that exist, identifiers that differ, decisions that are whole."""
    settings = opened.settings
    _check_files(opened, problems)
    _check_ids(opened, problems)
    _check_reports(opened, problems)
    _check_indicators(opened, problems)
    _check_threshold(opened, problems)
    if settings.period.end < settings.period.start[: len(settings.period.end)]:
        problems.add("EVA-023", opened.place("period", "end"))
    if "avis" in settings.documents and not (settings.request and settings.request.questions):
        problems.add("EVA-029", opened.place("request"))
    if settings.public_source and not settings.removal_contact:
        problems.add("EVA-030", opened.place("removal_contact"))
    if settings.sources.sessions and not settings.scales:
        problems.add("EVA-031", opened.place("scales"))
    _check_languages(opened, problems)


def _check_files(opened: Evaluation, problems: Problems) -> None:
    for keys, pattern in _patterns(opened.settings.sources):
        place = opened.place("sources", *keys)
        refused = refusal(pattern)
        if refused:
            problems.add(refused, place)
        elif opened.leaving(pattern):
            problems.add("EVA-022", place)
        elif unreadable := opened.unreadable(pattern):
            for path in unreadable:
                problems.add("SRC-041", replace(place, file=opened.name(path), line=0, column=0))
        elif is_erased(opened.folders.root, str(keys[0])):
            continue  # there is nothing to read any more, and that was the purpose
        elif pattern == FIRST_SESSION:
            continue  # before the first one there is none
        elif not (opened.file(pattern) if keys[0] in ONE_FILE else opened.files(pattern)):
            problems.add("EVA-021", place, pattern=pattern)


def _patterns(sources: Sources) -> list[tuple[tuple[str | int, ...], str]]:
    found: list[tuple[tuple[str | int, ...], str]] = []
    for key in sources.__struct_fields__:
        value = getattr(sources, key)
        if isinstance(value, str):
            found.append(((key,), value))
        elif key == "surveys":
            for index, survey in enumerate(sources.surveys):
                found += [((key, index, "file"), survey.file), ((key, index, "form"), survey.form)]
        else:
            found += [((key, index), pattern) for index, pattern in enumerate(value)]
    return [(keys, pattern) for keys, pattern in found if pattern]


def _check_ids(opened: Evaluation, problems: Problems) -> None:
    settings = opened.settings
    questions = settings.request.questions if settings.request else ()
    calls = enumerate(settings.calls)
    for keys, ids in (
        (("indicators",), [item.id for item in settings.indicators]),
        (("records",), [item.id for item in settings.records]),
        (("request", "questions"), [item.id for item in questions]),
        (("sources", "surveys"), [item.id for item in settings.sources.surveys]),
        (("calls",), [item.id for item in settings.calls]),
        *((("calls", at, "questions"), [item.id for item in call.questions]) for at, call in calls),
        (("funders",), [item.id for item in settings.funders]),
        *(
            (("funders", at, "fields"), [field.id for field in item.fields])
            for at, item in enumerate(settings.funders)
        ),
    ):
        first: dict[str, int] = {}
        for index, id in enumerate(ids):
            place = opened.place(*keys, index, "id")
            if id and id in first:
                problems.add("EVA-020", place, id=id, other=first[id])
            first.setdefault(id, place.line)


def _check_reports(opened: Evaluation, problems: Problems) -> None:
    """A report is named by its funder's id, and is due to somebody."""
    funders = opened.settings.funders
    for index, funder in enumerate(funders):
        if funder.report and not funder.id:
            problems.add("EVA-080", opened.place("funders", index, "report"))
    if "compte-rendu" in opened.settings.documents and not any(funder.report for funder in funders):
        problems.add("EVA-081", opened.place("documents"))


def _check_indicators(opened: Evaluation, problems: Problems) -> None:
    for index, indicator in enumerate(opened.settings.indicators):
        _check_people(opened, index, indicator, problems)
        if indicator.count == "figure" and not (indicator.figure and opened.settings.sources.published):
            problems.add("EVA-027", opened.place("indicators", index, "figure"))
        _check_items(opened, index, indicator, problems)


def _check_items(opened: Evaluation, index: int, indicator: Indicator, problems: Problems) -> None:
    """Only what was made has names to count by, and each name stands once."""
    if indicator.items and indicator.measure != "productions":
        problems.add("EVA-190", opened.place("indicators", index, "items"), measure=indicator.measure)
    ids = [item.id for item in indicator.items]
    for at, id in enumerate(ids):
        if id in ids[:at]:
            problems.add("EVA-191", opened.place("indicators", index, "items", at, "id"), id=id)


def _check_people(opened: Evaluation, index: int, indicator: Indicator, problems: Problems) -> None:
    """People are counted as people, and under no other name: what is called acts is not protected."""
    counts_people = indicator.count in ("person_codes", "people")
    place = opened.place("indicators", index, "count")
    if indicator.measure in ("people", "engaged"):
        if not counts_people and indicator.count != "figure":
            problems.add("EVA-026", place, count=indicator.count)
    elif counts_people:
        problems.add("EVA-032", place, count=indicator.count, measure=indicator.measure)
    if indicator.measure != "people" and {"age_band", "sex"} & indicator.variables:
        problems.add("EVA-033", opened.place("indicators", index, "by"))


def _check_threshold(opened: Evaluation, problems: Problems) -> None:
    """Where minors are counted no decision lowers the threshold; `disclosure.rules` asks for the decision."""
    lowered = opened.settings.disclosure.threshold < DEFAULT_THRESHOLD
    if lowered and opened.settings.minors != "none":
        problems.add("EVA-025", opened.place("disclosure", "threshold"))


def _check_languages(opened: Evaluation, problems: Problems) -> None:
    """List every text that lacks one of the evaluation's languages."""
    codes = set(words("common", "fr")["languages"])
    for keys in sorted(opened.marked.marks, key=str):
        value: Any = opened.marked.data
        for key in keys:
            value = value[key]
        if not isinstance(value, dict) or not set(value) <= codes or not any(map(value.get, LANGUAGES)):
            continue
        for missing in (code for code in opened.settings.languages if not value.get(code)):
            if all(isinstance(text, str) for text in value.values()):  # who proofread is no text
                problems.warn("EVA-028", opened.place(*keys), language=say(f"common.languages.{missing}"))
