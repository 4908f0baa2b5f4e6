"""LimeSurvey's questions → the rows of a form: one a question, one a row of an array, one a comment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from avis.errors import Place, Problems
from avis.sources.surveys.formlinks import Entry
from avis.sources.surveys.limefields import Fields, kind_of, rows_and_columns
from avis.sources.surveys.limerelevance import Variable, is_unread, joined, quoted, translate, unread
from avis.sources.surveys.limetables import Item, Lss, Texts
from avis.sources.surveys.limetypes import (
    COMMENT_WORDS,
    KINDS,
    OTHER_LIST,
    OTHER_SEVERAL,
    OTHER_WORDS,
    OWN,
    SCALE_WORDS,
    Kind,
)

SILENT = frozenset({"X", "*", "I"})
"""Letters that ask nobody anything: a text, a formula, the switch of languages."""


def entries_of(
    lss: Lss, fields: Fields, place: Place, problems: Problems, languages: tuple[str, ...]
) -> list[Entry]:
    """Give the questions of a survey; labels stand in `texts`, by language.

    Remarks: SRC-272 an unknown type, SRC-273 a condition that is not judged.
    """
    return _Writer(lss, fields, place, problems, languages).entries()


class _Writer:
    """One pass over a survey: the conditions of earlier questions serve those of later ones."""

    def __init__(
        self, lss: Lss, fields: Fields, place: Place, problems: Problems, languages: tuple[str, ...]
    ) -> None:
        self.lss, self.fields, self.place, self.problems = lss, fields, place, problems
        self.languages = languages
        self.conditions: dict[str, str] = {}
        self.groups: dict[str, str] = {}

    def entries(self) -> list[Entry]:
        found: list[Entry] = []
        for item in self.lss.questions:
            if item.letter not in KINDS:
                self.warn("SRC-272", item.code, type=item.letter)
            condition = joined(self.group(item), self.own(item))
            made = list(self.question(item, kind_of(item), condition))
            self.conditions |= {entry.row["name"]: entry.row["relevance"] for entry in made}
            found += made
        return found

    def warn(self, code: str, question: str, **facts: str) -> None:
        self.problems.warn(code, Place(self.place.file, self.place.sheet, field=question), **facts)

    def variables(self) -> Mapping[str, Variable]:
        """Give the questions before this one: a condition on a later one cannot be judged in order."""
        known = {**self.fields.by_column, **self.fields.by_name}
        return {
            name: Variable(found.question, found.piece, found.type, self.conditions[found.question])
            for name, found in known.items()
            if found.question in self.conditions
        }

    def group(self, item: Item) -> str:
        if item.gid not in self.groups:
            self.groups[item.gid] = self.read(self.lss.group_relevance.get(item.gid, ""), item.code)
        return self.groups[item.gid]

    def own(self, item: Item) -> str:
        if item.relevance in ("", "1") and item.qid in self.lss.conditioned:
            self.warn("SRC-273", item.code)
            return unread("conditions")
        return self.read(item.relevance, item.code)

    def read(self, condition: str, question: str) -> str:
        if condition.strip() in ("", "1"):
            return ""
        found = translate(condition, self.variables())
        if is_unread(found):
            self.warn("SRC-273", question)
        return found

    def question(self, item: Item, kind: Kind, condition: str) -> Iterable[Entry]:
        code = item.code
        role = "meta" if item.letter in SILENT or item.attribute("hidden") == "1" else "question"
        of = code if kind.list == OWN or kind.shape == "several" else kind.list
        common = {"relevance": condition, "tool_type": item.letter}
        if kind.shape in ("rows", "dual", "cells"):
            yield self.entry(code, code, "array", [item.texts], role="array", **common)
            yield from self.rows(item, kind, condition, role)
        else:
            yield self.entry(code, code, kind.type, [item.texts], role=role, list=of, **common)
        if item.letter == "O":
            yield self.beside(item, "comment", [COMMENT_WORDS], condition)
        if item.letter == "P":
            for part in self.lss.parts.get(item.qid, ()):
                ticked = f"selected(${{{code}}}, {quoted(part.code)})"
                words = [part.texts, COMMENT_WORDS]
                yield self.beside(item, f"{part.code}comment", words, joined(condition, ticked))
        if item.other and kind.list == OWN and kind.shape == "one":
            asked = joined(condition, f"${{{code}}} = {quoted(OTHER_LIST)}")
            yield self.beside(item, "other", [_other_words(item)], asked)
        elif item.other and kind.shape == "several":
            yield from self.others(item, joined(condition, f"selected(${{{code}}}, '{OTHER_SEVERAL}')"))

    def others(self, item: Item, asked: str) -> Iterable[Entry]:
        yield self.beside(item, "other", [_other_words(item)], asked)
        if item.letter == "P":
            yield self.beside(item, "othercomment", [_other_words(item), COMMENT_WORDS], asked)

    def beside(self, item: Item, end: str, words: list[Texts], condition: str) -> Entry:
        """Make a text beside a question: a comment, or what « other » is."""
        also = (OTHER_WORDS if end == "other" else COMMENT_WORDS).values()
        return self.entry(
            f"{item.code}_{end}",
            f"{item.code}/{end}",
            "text",
            [item.texts, *words],
            also,
            **{"relevance": condition, "role": "specify", "parent": item.code, "tool_type": item.letter},
        )

    def rows(self, item: Item, kind: Kind, condition: str, role: str) -> Iterable[Entry]:
        code = item.code
        rows, columns = rows_and_columns(item, self.lss)
        for row in rows:
            asked = joined(
                condition, self.filtered(item, row), self.read(row.relevance, f"{code}_{row.code}")
            )
            common = {"parent": code, "relevance": asked, "role": role, "tool_type": item.letter}
            name, path = f"{code}_{row.code}", f"{code}/{row.code}"
            if kind.shape == "rows":
                of = code if kind.list == OWN else kind.list
                yield self.entry(name, path, kind.type, [item.texts, row.texts], list=of, **common)
            for n in (0, 1) if kind.shape == "dual" else ():
                words = [item.texts, row.texts, _scale_words(item, n)]
                more = {"list": f"{code}_{n}", **common}
                also = [word.format(n=n + 1) for word in SCALE_WORDS]
                yield self.entry(f"{name}_{n}", f"{path}/{n + 1}", kind.type, words, also, **more)
            for column in columns if kind.shape == "cells" else ():
                words = [item.texts, row.texts, column.texts]
                ends = f"{name}_{column.code}", f"{path}_{column.code}"
                yield self.entry(*ends, kind.type, words, **common)

    def filtered(self, item: Item, row: Item) -> str:
        """Give the condition of a row that is shown only where a box with its code was (not) ticked."""
        conditions = []
        for attribute, wanted in (("array_filter", True), ("array_filter_exclude", False)):
            for source in filter(None, item.attribute(attribute).replace(",", ";").split(";")):
                box = self.fields.by_name.get(f"{source.strip()}_{row.code}")
                if box is None or not box.piece or box.type != "select_multiple":
                    self.warn("SRC-273", f"{item.code}_{row.code}")
                    conditions.append(unread(f"{attribute}({source.strip()})"))
                else:
                    ticked = f"selected(${{{box.question}}}, {quoted(box.piece)})"
                    conditions.append(ticked if wanted else f"not({ticked})")
        return joined(*conditions)

    def entry(
        self, name: str, path: str, kind: str, words: list[Texts], also: Iterable[str] = (), **more: str
    ) -> Entry:
        """Make an entry of the words of a question and of those that stand in square brackets after them.

        `also` are other words that an export may write in the last brackets.
        """
        texts = {lang: self.label(words, lang) for lang in self.languages}
        headers = [header for lang in self.languages for header in self.headers(words, lang, also)]
        row: dict[str, Any] = {
            **{"name": name, "path": path, "type": kind, "texts": texts, "list": "", "scale": ""},
            **{"parent": "", "or_other": False, "repeat": "", "version": "", "line": 0, **more},
        }
        return Entry(row, tuple(dict.fromkeys([name, path, *headers])))

    def label(self, words: list[Texts], lang: str) -> str:
        """Give the words of a row by themselves: those of its question stand in its parent."""
        own = [_in(texts, lang) for texts in (words[1:] or words)]
        return " – ".join(text for text in own if text)

    def headers(self, words: list[Texts], lang: str, also: Iterable[str]) -> list[str]:
        """Give the headers that an export of full texts may write, in one language."""
        stem = words[0].get(lang, "")
        ends = [[texts[lang]] if lang in texts else list(texts.values()) for texts in words[1:]]
        if ends:
            ends[-1] = list(dict.fromkeys([*ends[-1], *also]))
        return [" ".join([stem, *(f"[{end}]" for end in every)]) for every in product(*ends)] if stem else []


def _in(texts: Texts, lang: str) -> str:
    return texts.get(lang, "") or next(iter(texts.values()), "")


def _other_words(item: Item) -> Texts:
    return OTHER_WORDS | item.attribute_texts("other_replace_text")


def _scale_words(item: Item, n: int) -> Texts:
    """Give the name of one of two scales: the header that was written for it, or its number."""
    written = item.attribute_texts("dualscale_headerA" if n == 0 else "dualscale_headerB")
    plain = dict(zip(("fr", "en"), (word.format(n=n + 1) for word in SCALE_WORDS), strict=True))
    return plain | written
