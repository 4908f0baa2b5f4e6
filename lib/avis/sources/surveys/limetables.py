"""`.lss`: the tables of a survey as LimeSurvey keeps them, old (texts in their rows) or new (texts apart)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from avis.errors import Place, Problems
from avis.files.markup import parse_xml
from avis.sources.surveys.limetexts import words_of

MOST_BYTES = 16 * 2**20
"""Bytes of a form that are parsed: one of 500 questions in five languages has 5 MB."""

Row = Mapping[str, str]
Texts = Mapping[str, str]
"""Words by language, the languages as LimeSurvey writes them."""


@dataclass(frozen=True)
class Option:
    """An answer of a list; `aid` is its number, which version 7.0 put in names of columns."""

    code: str
    texts: Texts
    scale: int
    aid: str = ""


@dataclass(frozen=True)
class Item:
    """A question, or a row, column or choice of one."""

    qid: str
    gid: str
    code: str
    letter: str
    other: bool
    relevance: str
    scale: int
    texts: Texts
    attributes: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def attribute(self, name: str) -> str:
        """Give an attribute that is the same in every language; "" where it is not set."""
        return self.attributes.get((name, ""), "").strip()

    def attribute_texts(self, name: str) -> dict[str, str]:
        """Give an attribute by language."""
        return {lang: words_of(text) for (one, lang), text in self.attributes.items() if one == name and text}


@dataclass(frozen=True)
class Lss:
    """A survey: questions in the order of asking, by question its rows and choices and its list."""

    sid: str
    version: str
    languages: tuple[str, ...]
    questions: tuple[Item, ...]
    parts: Mapping[str, tuple[Item, ...]]
    options: Mapping[str, tuple[Option, ...]]
    group_relevance: Mapping[str, str]
    conditioned: frozenset[str]
    """The questions that the old table of conditions speaks of."""


def read_tables(data: bytes, place: Place, problems: Problems) -> Lss | None:
    """Read the tables of a `.lss`; elements that are not known are passed over.

    Errors: SRC-003 no XML, damaged or with entities of its own, SRC-270 no table of questions,
    SRC-281 larger than any form.
    """
    if len(data) > MOST_BYTES:
        problems.add("SRC-281", place, size=len(data) // 2**20, most=MOST_BYTES // 2**20)
        return None
    root = parse_xml(data, place, problems)
    if root is None:
        return None
    rows = {table.tag: _rows(table) for table in root}
    if not rows.get("questions"):
        problems.add("SRC-270", place)
        return None
    return _survey(root, rows)


def _rows(table: Element) -> list[Row]:
    found = table.find("rows")
    return [{cell.tag: cell.text or "" for cell in row} for row in found] if found is not None else []


def _number(text: str) -> int:
    return int(text) if text.strip().lstrip("-").isdecimal() else 0


def _survey(root: Element, rows: Mapping[str, list[Row]]) -> Lss:
    survey = next(iter(rows.get("surveys", [])), {})
    listed = [element.text or "" for element in root.iterfind("languages/language")]
    named = [survey.get("language", ""), *survey.get("additional_languages", "").split(), *listed]
    groups = {row.get("gid", ""): _number(row.get("group_order", "")) for row in _every(rows, "groups")}
    texts, attributes = _texts(rows), _attributes(rows.get("question_attributes", []))
    every = _items([*rows["questions"], *rows.get("subquestions", [])], texts, attributes)
    spoken = [lang for item, _, _ in every for lang in item.texts]
    questions = [(groups.get(item.gid, 0), order, item) for item, parent, order in every if not parent]
    parts: dict[str, list[tuple[int, int, Item]]] = defaultdict(list)
    for item, parent, order in every:
        if parent:
            parts[parent].append((item.scale, order, item))
    return Lss(
        sid=survey.get("sid", "") or rows["questions"][0].get("sid", ""),
        version=(root.findtext("DBVersion") or "").strip(),
        languages=tuple(lang for lang in dict.fromkeys([*named, *spoken]) if lang),
        questions=tuple(item for *_, item in sorted(questions, key=lambda one: one[:2])),
        parts={
            of: tuple(i for *_, i in sorted(found, key=lambda one: one[:2])) for of, found in parts.items()
        },
        options=_options(rows, texts),
        group_relevance={row["gid"]: row.get("grelevance", "") for row in _every(rows, "groups")},
        conditioned=frozenset(row.get("qid", "") for row in rows.get("conditions", [])),
    )


def _every(rows: Mapping[str, list[Row]], name: str) -> list[Row]:
    return [row for row in rows.get(name, []) if "gid" in row]


TextsBy = Mapping[tuple[str, str], dict[str, str]]
"""Words by language, by ("qid" or "aid", its number)."""


def _texts(rows: Mapping[str, list[Row]]) -> TextsBy:
    """Give the texts that stand apart, in the newer files (DB 400 and on)."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for table, key, column in (("question_l10ns", "qid", "question"), ("answer_l10ns", "aid", "answer")):
        for row in rows.get(table, []):
            found[key, row.get(key, "")][row.get("language", "")] = words_of(row.get(column, ""))
    return found


def _attributes(rows: list[Row]) -> Mapping[str, dict[tuple[str, str], str]]:
    found: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for row in rows:
        found[row.get("qid", "")][row.get("attribute", ""), row.get("language", "")] = row.get("value", "")
    return found


def _items(
    rows: list[Row], texts: TextsBy, attributes: Mapping[str, dict[tuple[str, str], str]]
) -> list[tuple[Item, str, int]]:
    """Give each item once, with its parent and its order; older files have a row a language."""
    by_id: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_id[row.get("qid", "")].append(row)
    found = []
    for qid, same in by_id.items():
        row = same[0]
        own = {one["language"]: words_of(one.get("question", "")) for one in same if one.get("language")}
        item = Item(
            qid=qid,
            gid=row.get("gid", ""),
            code=row.get("title", "").strip(),
            letter=row.get("type", "").strip(),
            relevance=row.get("relevance", "").strip(),
            other=row.get("other", "") == "Y",
            scale=_number(row.get("scale_id", "")),
            texts=own | texts.get(("qid", qid), {}),
            attributes=attributes.get(qid, {}),
        )
        parent = row.get("parent_qid", "0").strip().lstrip("0")
        found.append((item, parent, _number(row.get("question_order", ""))))
    return found


def _options(rows: Mapping[str, list[Row]], texts: TextsBy) -> dict[str, tuple[Option, ...]]:
    by_code: dict[tuple[str, int, str], list[Row]] = defaultdict(list)
    for row in rows.get("answers", []):
        by_code[row.get("qid", ""), _number(row.get("scale_id", "")), row.get("code", "").strip()].append(row)
    found: dict[str, list[tuple[int, int, Option]]] = defaultdict(list)
    for (qid, scale, code), same in by_code.items():
        own = {one["language"]: words_of(one.get("answer", "")) for one in same if one.get("language")}
        aid = same[0].get("aid", "")
        apart = texts.get(("aid", aid), {}) if aid else {}
        found[qid].append(
            (scale, _number(same[0].get("sortorder", "")), Option(code, own | apart, scale, aid))
        )
    return {
        qid: tuple(option for *_, option in sorted(options, key=lambda one: one[:2]))
        for qid, options in found.items()
    }
