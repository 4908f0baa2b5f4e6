"""Headers of forms on the web → questions of a form: a column is a question, an option, a row of a grid."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from avis.errors import Place, Problems
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.form import Form
from avis.sources.surveys.headers import Matched
from avis.sources.surveys.tables import Table
from avis.spelling import fold

_INNER = re.compile(r"(?P<title>.+?)\s*\[(?P<part>.+)\]")
_SLASH = re.compile(r"(?P<title>.+?)\s*/\s*(?P<part>[^/]+)")
_OTHER = re.compile(r"autres?\b.*|others?\b.*")


def match_heads(
    table: Table, titles: Mapping[int, str], form: Form, known: Collection[int], problems: Problems
) -> tuple[Matched, dict[str, int]]:
    """Match the columns that are not `known`; give also, by question, the column where « other » is written.

    Remarks: SRC-077 two columns for one question (the first is used).
    """
    reader = _Heads(table, form, problems)
    for number, header in enumerate(table.headers):
        if number not in known and tidy(header):
            reader.match(number, tidy(header), tidy(titles.get(number, "")))
    return reader.matched, reader.others


class _Heads:
    """One matching of the headers of a table."""

    def __init__(self, table: Table, form: Form, problems: Problems) -> None:
        self.table, self.problems = table, problems
        self.matched, self.others = Matched(), dict[str, int]()
        self.spelled: dict[str, str] = {}
        for name, spellings in form.spellings.items():
            for spelling in spellings:
                if spelling:
                    self.spelled.setdefault(fold(spelling), name)
        # A column a choice, ticked, may also hold a question with one answer.
        several = form.questions.loc[form.questions["type"].isin(["select_multiple", "select_one"]), "name"]
        self.options = {str(name): _options(form, str(name)) for name in several}

    def match(self, number: int, header: str, title: str) -> None:
        spellings = [f"{title} [{header}]", f"{title}/{header}", header] if title else [header]
        pairs = [(title, header)] if title else _pairs(header)
        asked = [self.spelled.get(fold(one)) for one, _ in pairs]
        for question, (_, part) in zip(asked, pairs, strict=True):
            code = self.options.get(question or "", {}).get(fold(part))
            if question and code:
                self.keep(self.matched.splits.setdefault(question, {}), code, number, question)
                if code == self.options[question].get("\0other"):
                    self.others.setdefault(question, number)
                return
        whole = next((self.spelled[fold(one)] for one in spellings if fold(one) in self.spelled), None)
        if whole:
            self.keep(self.matched.questions, whole, number, whole)
        elif not self.other(number, asked, pairs):
            self.matched.unknown.append(number)

    def other(self, number: int, asked: list[str | None], pairs: list[tuple[str, str]]) -> bool:
        """Take a column « Autre… » for the other choice of its question, where that has one."""
        for question, (_, part) in zip(asked, pairs, strict=True):
            code = self.options.get(question or "", {}).get("\0other")
            if question and code and _OTHER.fullmatch(fold(part)):
                self.keep(self.matched.splits.setdefault(question, {}), code, number, question)
                self.others.setdefault(question, number)
                return True
        return False

    def keep(self, slot: dict[str, int], key: str, number: int, question: str) -> None:
        if key in slot:
            place, header = self.table.place, tidy(self.table.headers[number])
            here = Place(place.file, place.sheet, place.line, number + 1, header)
            self.problems.warn("SRC-077", here, question=question)
        else:
            slot[key] = number


def _pairs(header: str) -> list[tuple[str, str]]:
    found = [pattern.fullmatch(header) for pattern in (_INNER, _SLASH)]
    return [(match["title"], match["part"]) for match in found if match]


def _options(form: Form, question: str) -> dict[str, str]:
    """Give the codes of a question by what a header may call them; that of « other » also under a mark."""
    choices = form.admitted(question)
    labels = [column for column in choices.columns if column.startswith("label_")]
    found = {
        fold(str(word)): str(code)
        for column in ("code", *labels)
        for word, code in zip(choices[column], choices["code"], strict=True)
        if str(word).strip()
    }
    others = choices.loc[choices["other"], "code"].tolist()
    return found | ({"\0other": str(others[0])} if others else {})
