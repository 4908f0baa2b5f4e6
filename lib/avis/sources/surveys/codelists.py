"""The lists of choices of a codebook: one a question, or shared where questions admit the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from avis.errors import Place, Problems
from avis.sources.surveys.codechoices import (
    Choice,
    ChoicesError,
    find_choice,
    missing_kind,
    parts_of,
    read_choices,
)
from avis.spelling import TRUTHS, fold, header_key, suggest

OTHER_WORDS = (
    "autre",
    "autres",
    "other",
    "others",
    "autre (precisez)",
    "autre, precisez",
    "autre (preciser)",
)
Better = Literal["high", "low", "neither"]


@dataclass(frozen=True)
class List:
    """A list, read: `labels` by language and code; `levels` from lowest to highest where declared."""

    name: str
    choices: tuple[Choice, ...]
    labels: Mapping[str, Mapping[str, str]]
    other: str = ""
    added: bool = False
    missing: Mapping[str, str] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    better: Better = "neither"
    line: int = 0

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it is written."""
        return tuple(self.labels)

    def rows(self) -> list[dict[str, Any]]:
        """Give its choices as rows of a form's choices."""
        return [
            {
                **{"list": self.name, "code": choice.code, "line": self.line},
                **{f"label_{lang}": words.get(choice.code, "") for lang, words in self.labels.items()},
                "other": choice.code == self.other,
                "missing": self.missing.get(choice.code, ""),
                "exclusive": choice.code in self.missing,
                "added": self.added and choice.code == self.other,
            }
            for choice in self.choices
        ]


class Lists:
    """The lists read so far, and the cells that gave them."""

    def __init__(self, place: Callable[[int, str], Place], problems: Problems) -> None:
        self.place, self.problems = place, problems
        self.found: dict[str, List] = {}
        self.cells: dict[tuple[str, ...], str] = {}

    def rows(self) -> list[dict[str, Any]]:
        """Give the choices of every list."""
        return [row for found in self.found.values() for row in found.rows()]

    def read(self, line: int, row: Mapping[str, str], id: str) -> List | None:
        """Read the list of a question; one that is named, or written alike, before is that one."""
        named = header_key(row["list"])
        if not row["choices"]:
            if named not in self.found:
                self.problems.add("SRC-292", self.place(line, "choices"))
            return self.found.get(named)
        columns = ("choices", "choices_fr", "choices_en", "language", "other", "order", "better", "missing")
        key = (named, row["type"], *(row[column] for column in columns))
        if key not in self.cells:
            read = self.one(line, row, named or id)
            if read is None:
                return None
            if read.name in self.found:
                self.problems.add("SRC-301", self.place(line, "list"), list=read.name)
                return None
            self.found[read.name], self.cells[key] = read, read.name
        return self.found[self.cells[key]]

    def one(self, line: int, row: Mapping[str, str], name: str) -> List | None:
        """Read one list from the cells of a row."""
        try:
            choices = read_choices(row["choices"], scale=row["type"] == "scale")
        except ChoicesError as error:
            self.problems.add(str(error), self.place(line, "choices"))
            return None
        own = "en" if fold(row["language"]) in ("en", "english", "anglais") else "fr"
        labels = {own: {choice.code: choice.label for choice in choices}}
        for lang in ("fr", "en"):
            if row[f"choices_{lang}"] and lang != own:
                labels[lang] = self.translated(line, row, f"choices_{lang}", choices)
        other, added = self.other(line, row, choices)
        if added:
            choices.append(Choice(other, "Autre"))
            for lang, words in labels.items():
                words[other] = "Other" if lang == "en" else "Autre"
        missing = self.missing(line, row, choices)
        levels, better = self.scale(
            line, row, [one.code for one in choices if one.code not in (*missing, other)]
        )
        return List(name, tuple(choices), labels, other, added, missing, levels, better, line)

    def translated(
        self, line: int, row: Mapping[str, str], column: str, choices: Sequence[Choice]
    ) -> dict[str, str]:
        """Read the labels in another language, by code or in the same order."""
        try:
            found = read_choices(row[column], scale=row["type"] == "scale")
        except ChoicesError as error:
            self.problems.add(str(error), self.place(line, column))
            return {}
        if "=" in row[column] and {one.code for one in found} <= {one.code for one in choices}:
            return {one.code: one.label for one in found}
        if len(found) != len(choices):
            self.problems.add("SRC-302", self.place(line, column), found=len(found), expected=len(choices))
            return {}
        return {one.code: two.label for one, two in zip(choices, found, strict=True)}

    def other(self, line: int, row: Mapping[str, str], choices: list[Choice]) -> tuple[str, bool]:
        """Give the code of « other », and whether it is added to those written; "" where there is none."""
        word = fold(row["other"])
        # « oui » says that there is an « other », even where a choice is called so; « 1 » may be a code.
        named = (
            find_choice(row["other"], choices) if word and (word.isdigit() or word not in TRUTHS) else None
        )
        if named:
            return named.code, False
        usual = next((one for one in choices if fold(one.label) in OTHER_WORDS), None)
        if not word or TRUTHS.get(word) is False:
            return ("", False) if word or usual is None else (usual.code, False)
        if not TRUTHS.get(word):
            hint = suggest(row["other"], [one.label for one in choices])
            self.problems.add("SRC-295", self.place(line, "other"), **hint)
            return "", False
        if usual:
            return usual.code, False
        taken = {one.code for one in choices}
        return next(code for code in ("other", "other_choice", "other_choice_2") if code not in taken), True

    def missing(self, line: int, row: Mapping[str, str], choices: Sequence[Choice]) -> dict[str, str]:
        """Give the choices that are no opinion, with their status: by usual code, or as declared."""
        known = {one.code: missing_kind(one) for one in choices if missing_kind(one)}
        for word in parts_of(row["missing"]):
            label, _, kind = (part.strip() for part in word.partition("="))
            choice = find_choice(word, choices) or find_choice(label, choices)
            if choice is None:
                self.problems.add("SRC-295", self.place(line, "missing"))
                continue
            status = missing_kind(Choice(kind, kind)) if kind else missing_kind(choice)
            if not status:
                self.problems.add("SRC-303", self.place(line, "missing"), label=choice.label)
            else:
                known[choice.code] = status
        return known

    def scale(self, line: int, row: Mapping[str, str], codes: list[str]) -> tuple[tuple[str, ...], Better]:
        """Give the levels from lowest to highest and the better end, where both are declared."""
        if row["order"] and row["better"]:
            levels = codes if row["order"] == "ascending" else codes[::-1]
            return tuple(levels), cast("Better", row["better"])
        if row["order"] or row["better"] or row["type"] == "scale":
            self.problems.warn("SRC-300", self.place(line, "better" if row["order"] else "order"))
        return (), "neither"
