"""XLSForm: the workbook (or the one CSV) in which a survey was written.

Read leniently: real forms break rules that no reader of answers needs. Refused is only what has no meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from avis.errors import Place, Problems
from avis.sources.surveys.codechoices import kind_by_labels, report_by_labels
from avis.sources.surveys.form import (
    CHOICE_COLUMNS,
    OTHER_CODES,
    QUESTION_COLUMNS,
    Form,
    empty_form,
    form_frame,
)
from avis.sources.surveys.formlinks import Entry, add_specify, check_relevance, tell_names_apart
from avis.sources.surveys.formsheets import SHEETS, Row, read_choices_file, read_form_sheets
from avis.sources.surveys.questiontypes import (
    META_TYPES,
    SILENT_TYPES,
    UNREAD_TYPES,
    QuestionType,
    read_header,
    read_type,
)
from avis.spelling import TRUTHS, fold, suggest


def read_form(path: Path, name: str, problems: Problems) -> Form:
    """Read a form from XLSX, XLS, ODS or a single CSV (sheet names in its first column).

    Errors: SRC-050 no survey sheet, SRC-051 a list that does not exist, SRC-052 one path twice, SRC-053 a
    column or a name is missing, SRC-248 a column twice. Remarks: SRC-054 groups that do not close, SRC-055
    unknown type, SRC-056 a choice twice, SRC-057 and SRC-058 a condition that cannot be judged, SRC-059 a
    choice without code, SRC-247 choice filters, SRC-249 choices in a file that is not there, SRC-256 choices
    that are no opinion by their labels.
    """
    before = len(problems.errors)
    sheets = read_form_sheets(path, name, problems)
    if len(problems.errors) > before:
        return empty_form()
    if "survey" not in sheets:
        problems.add("SRC-050", Place(name))
        return empty_form()
    rows = {kind: sheets.get(kind, []) for kind in SHEETS}
    missing = [want for want in ("type", "name") if not any((want, "") in row for row in rows["survey"])]
    for column in missing:
        problems.add("SRC-053", Place(name, "survey", line=1, field=column))
    return empty_form() if missing else _Reader(name, problems, rows, path.parent).form()


def _truthy(text: str) -> bool:
    return TRUTHS.get(fold(text).removesuffix("()"), False)


@dataclass(frozen=True)
class _Group:
    name: str
    labels: dict[str, str]
    relevance: str
    repeat: bool
    line: int


class _Reader:
    """One reading of one form: what was seen so far, and in which groups we stand."""

    def __init__(self, name: str, problems: Problems, rows: Mapping[str, list[Row]], beside: Path) -> None:
        self.name, self.problems, self.rows, self.beside = name, problems, rows, beside
        settings: Row = rows["settings"][0] if rows["settings"] else {}
        self.version = settings.get(("version", ""), "")
        every = [*rows["survey"], *rows["choices"]]
        spoken = dict.fromkeys(lang for row in every for base, lang in row if base == "label")
        default = read_header(f"label::{settings.get(('default_language', ''), '')}")[1]
        # A column « label » without a language is in the form's own; failing that, in the one not yet there.
        self.plain = default or next((lang for lang in ("fr", "en") if lang not in spoken), "")
        self.languages = tuple(dict.fromkeys(lang or self.plain for lang in spoken))
        self.groups: list[_Group] = []
        self.entries: list[Entry] = []
        self.repeats: dict[str, None] = {}

    def form(self) -> Form:
        choices = self.choices()
        self.lists = dict.fromkeys(choice["list"] for choice in choices)
        choices += self.choices_in_files()
        report_by_labels(choices, Place(self.name, "choices"), self.problems)
        self.report_filters()
        for row in self.rows["survey"]:
            self.survey_row(row)
        for group in self.groups:
            self.problems.warn("SRC-054", self.place(group.line, group.name))
        entries = tell_names_apart(self.entries, self.name, self.problems)
        choices += _added_choices(entries, choices)
        entries = add_specify(entries, choices)
        check_relevance(entries, self.name, self.problems)
        return Form(
            form_frame([entry.row for entry in entries], QUESTION_COLUMNS, self.languages),
            form_frame(choices, CHOICE_COLUMNS, self.languages),
            self.languages,
            self.version,
            {entry.row["name"]: entry.spellings for entry in entries},
            tuple(self.repeats),
        )

    def place(self, line: int | str, what: str = "", sheet: str = "survey") -> Place:
        return Place(self.name, sheet, line=int(line), field=what)

    def labels(self, row: Row, fallback: str) -> dict[str, str]:
        """Give a row's labels by language; without French or English, what is there stands in."""
        found = {lang or self.plain: text for (base, lang), text in row.items() if base == "label" and text}
        if not found.get("fr") and not found.get("en"):
            found["fr"] = next(iter(found.values()), fallback)
        return {lang: " ".join(text.split()) for lang, text in found.items()}

    def choices(self) -> list[dict[str, Any]]:
        seen: set[tuple[str, str]] = set()
        found = []
        for row in [*self.rows["choices"], *self.rows["external_choices"]]:
            line, of, code = row["", "line"], row.get(("list_name", ""), ""), row.get(("name", ""), "")
            if not of or not code:
                self.problems.warn("SRC-059", self.place(line, of or code, "choices"))
            elif (of, code) in seen:
                self.problems.warn("SRC-056", self.place(line, of, "choices"), choice=code)
            else:
                seen.add((of, code))
                found.append(self.choice(row, of, code))
        return found

    def choice(self, row: Row, of: str, code: str) -> dict[str, Any]:
        folded = code.casefold()
        labels, declared = self.labels(row, code), row.get(("missing", ""), "")
        missing = declared or kind_by_labels(code, labels.values())
        if TRUTHS.get(fold(declared)) is False:  # « non »: an opinion, whatever its label
            missing = ""
        return {
            **{"list": of, "code": code, "line": int(row["", "line"]), "added": False, "missing": missing},
            **_columns(labels),
            "declared": bool(declared),
            "other": folded in OTHER_CODES or _truthy(row.get(("other", ""), "")),
            "exclusive": bool(missing) or _truthy(row.get(("exclusive", ""), "")),
        }

    def choices_in_files(self) -> list[dict[str, Any]]:
        """Take the choices that stand in a CSV beside the form; one that is not there is said (SRC-249)."""
        found = []
        for row in self.rows["survey"]:
            kind = read_type(row.get(("type", ""), ""))
            if kind.from_file and kind.list not in self.lists:
                rows = read_choices_file(self.beside, kind.list, row)
                seen = {one["name", ""]: one for one in reversed(rows) if one["name", ""]}
                found += [self.choice(one, kind.list, code) for code, one in reversed(seen.items())]
                if seen:
                    self.lists[kind.list] = None
                else:
                    place = self.place(row["", "line"], row.get(("name", ""), ""))
                    self.problems.warn("SRC-249", place, file=kind.list)
        return found

    def report_filters(self) -> None:
        """Say how many questions offer part of their list: all of it is admitted."""
        filtered = sum(1 for row in self.rows["survey"] if row.get(("choice_filter", "")))
        if filtered:
            self.problems.warn("SRC-247", Place(self.name, "survey", field="choice_filter"), n=filtered)

    def survey_row(self, row: Row) -> None:
        line, cell = row["", "line"], row.get(("type", ""), "")
        kind, name = read_type(cell), row.get(("name", ""), "")
        if kind.kind.startswith("begin "):
            labels = self.labels(row, name)
            relevance = row.get(("relevant", ""), "")
            self.groups.append(_Group(name, labels, relevance, kind.kind == "begin repeat", int(line)))
            if self.repeat():
                self.repeats[self.repeat()] = None
        elif kind.kind.startswith("end "):
            if self.groups:
                self.groups.pop()
            else:
                self.problems.warn("SRC-054", self.place(line, cell))
        elif name:
            self.question(row, kind, cell, name)
        elif cell and kind.kind not in SILENT_TYPES:
            self.problems.add("SRC-053", self.place(line, "name"))

    def question(self, row: Row, kind: QuestionType, cell: str, name: str) -> None:
        line = int(row["", "line"])
        if kind.from_file and kind.list not in self.lists:
            kind = QuestionType("external")  # read as it was written
        if not kind.kind:
            self.problems.warn("SRC-055", self.place(line, name), type=cell)
        if kind.is_select and kind.list not in self.lists:
            near = suggest(kind.list, self.lists)
            self.problems.add("SRC-051", self.place(line, name), list=kind.list, **near)
        labels = self.labels(row, name)
        meta = kind.kind in META_TYPES | SILENT_TYPES | UNREAD_TYPES
        path = "/".join([*(group.name for group in self.groups if group.name), name])
        question = {
            **{"name": name, "path": path, "type": kind.kind or "text", "list": kind.list, "line": line},
            **{"relevance": self.relevance(row), "role": "meta" if meta else "question"},
            **{"scale": "", "parent": "", "or_other": kind.or_other, "repeat": self.repeat()},
            **{"tool_type": " ".join(cell.split()), "version": self.version},
            **_columns(labels),
        }
        self.entries.append(Entry(question, self.spellings(name, path, labels)))

    def repeat(self) -> str:
        """Give the path of the innermost repeat in which we stand."""
        inner = max((n for n, group in enumerate(self.groups) if group.repeat), default=-1)
        return "/".join(group.name for group in self.groups[: inner + 1] if group.name)

    def relevance(self, row: Row) -> str:
        """Give the condition of a question: its own and those of the groups around it, all of them."""
        every = [group.relevance for group in self.groups] + [row.get(("relevant", ""), "")]
        conditions = [condition for condition in every if condition]
        return conditions[0] if len(conditions) == 1 else " and ".join(f"({c})" for c in conditions)

    def spellings(self, name: str, path: str, labels: dict[str, str]) -> tuple[str, ...]:
        """Give the headers that an export may use: name, path, label, labels of the groups and label."""
        around = [
            "/".join([*(group.labels.get(lang, group.name) for group in self.groups if group.name), label])
            for lang, label in labels.items()
        ]
        return tuple(dict.fromkeys([name, path, *labels.values(), *around]))


def _columns(labels: Mapping[str, str]) -> dict[str, str]:
    return {f"label_{lang}": label for lang, label in labels.items()}


def _added_choices(entries: list[Entry], choices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the « other » that Kobo adds to the list of a question that says « or other »."""
    declared = {(choice["list"], choice["code"]) for choice in choices}
    lists = dict.fromkeys(entry.row["list"] for entry in entries if entry.row["or_other"])
    common = {"code": "other", "label_fr": "Autre", "label_en": "Other", "other": True, "added": True}
    blank = {"exclusive": False, "missing": "", "line": 0}
    return [{"list": of, **common, **blank} for of in lists if (of, "other") not in declared]
