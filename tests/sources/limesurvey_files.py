"""LimeSurvey's files, written from one small description of a survey, in the layouts that it has had."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """A question as a test writes it: parts are (code, texts, scale), options (code, texts, scale)."""

    code: str
    letter: str
    texts: Texts
    parts: Sequence[tuple[str, Texts, int]] = ()
    options: Sequence[tuple[str, Texts, int]] = ()
    other: bool = False
    relevance: str = "1"
    attributes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    part_relevance: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Survey:
    """Groups of questions: (relevance, questions)."""

    groups: Sequence[tuple[str, Sequence[Question]]]
    languages: Sequence[str] = ("fr",)
    sid: str = "4711"


def _table(name: str, rows: Sequence[Mapping[str, str]]) -> str:
    cells = "".join(
        "<row>" + "".join(f"<{tag}>{_data(text)}</{tag}>" for tag, text in row.items()) + "</row>"
        for row in rows
    )
    return f"<{name}><fields/><rows>{cells}</rows></{name}>" if rows else ""


def _data(text: str) -> str:
    return f"<![CDATA[{text}]]>" if "<" in text or "&" in text else escape(text)


def lss(survey: Survey, old: bool = False) -> str:
    """Write a `.lss`: with texts in the rows of a language (as DB 177), or in tables apart (as DB 641)."""
    tables: dict[str, list[dict[str, str]]] = {
        name: []
        for name in (
            *("groups", "group_l10ns", "questions", "subquestions", "question_l10ns", "answers"),
            *("answer_l10ns", "question_attributes"),
        )
    }
    aid = 900
    for gid, order, (relevance, questions) in _numbered(survey):
        group = {"gid": str(gid), "sid": survey.sid, "group_order": str(order), "grelevance": relevance}
        tables["groups"] += [group | {"language": lang} for lang in survey.languages] if old else [group]
        for place, question in enumerate(questions):
            qid = qid_of(survey, question.code)
            row = {
                **{"qid": str(qid), "parent_qid": "0", "sid": survey.sid, "gid": str(gid)},
                **{"type": question.letter, "title": question.code, "other": "Y" if question.other else "N"},
                **{"question_order": str(place), "scale_id": "0", "relevance": question.relevance},
            }
            _add(tables, "questions", "question", row, question.texts, survey, old)
            for n, (code, texts, scale) in enumerate(question.parts):
                part = row | {
                    **{"qid": str(qid * 100 + n), "parent_qid": str(qid), "title": code, "type": "T"},
                    **{"other": "N", "question_order": str(n), "scale_id": str(scale)},
                    "relevance": question.part_relevance.get(code, "1"),
                }
                _add(tables, "subquestions", "question", part, texts, survey, old)
            for n, (code, texts, scale) in enumerate(question.options):
                aid += 1
                option = {"qid": str(qid), "code": code, "sortorder": str(n), "scale_id": str(scale)}
                if old:
                    tables["answers"] += [
                        option | {"answer": texts.get(lang, ""), "language": lang}
                        for lang in survey.languages
                    ]
                else:
                    tables["answers"].append(option | {"aid": str(aid)})
                    tables["answer_l10ns"] += [
                        {"aid": str(aid), "answer": texts.get(lang, ""), "language": lang}
                        for lang in survey.languages
                    ]
            tables["question_attributes"] += [
                {"qid": str(qid), "attribute": name, "value": value, **({"language": lang} if lang else {})}
                for (name, lang), value in question.attributes.items()
            ]
    first, *others = survey.languages
    about = {
        **{"sid": survey.sid, "language": first, "additional_languages": " ".join(others)},
        **{"admin": "Ada Lovelace", "adminemail": "ada@secret.example"},
    }
    written = "".join(_table(name, rows) for name, rows in tables.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<document>\n<LimeSurveyDocType>Survey</LimeSurveyDocType>'
        f"<DBVersion>{177 if old else 641}</DBVersion><languages>"
        + "".join(f"<language>{lang}</language>" for lang in survey.languages)
        + f"</languages>{written}{_table('surveys', [about])}<themes/><what_we_do_not_know/></document>"
    )


def _numbered(survey: Survey) -> list[tuple[int, int, tuple[str, Sequence[Question]]]]:
    return [(10 + n, n, group) for n, group in enumerate(survey.groups)]


def _add(
    tables: dict[str, list[dict[str, str]]],
    table: str,
    column: str,
    row: dict[str, str],
    texts: Texts,
    survey: Survey,
    old: bool,
) -> None:
    if old:
        tables[table] += [row | {column: texts.get(lang, ""), "language": lang} for lang in survey.languages]
        return
    tables[table].append(row)
    tables["question_l10ns"] += [
        {"qid": row["qid"], column: texts.get(lang, ""), "language": lang} for lang in survey.languages
    ]


def qid_of(survey: Survey, code: str) -> int:
    """Give the number of a question."""
    every = [question.code for _, questions in survey.groups for question in questions]
    return 20 + every.index(code)


def column_of(survey: Survey, code: str, end: str = "") -> str:
    """Give the name of a column in LimeSurvey's database."""
    gid = next(gid for gid, _, (_, qs) in _numbered(survey) if any(q.code == code for q in qs))
    return f"{survey.sid}X{gid}X{qid_of(survey, code)}{end}"


def lsr(rows: Sequence[Mapping[str, str | None]]) -> str:
    """Write answers as an archive holds them; what is None has no element."""
    fields = "".join(
        f"<fieldname>{escape(name)}</fieldname>" for name in dict.fromkeys(n for r in rows for n in r)
    )
    written = "".join(
        "<row>"
        + "".join(f"<{_tag(n)}>{_data(text)}</{_tag(n)}>" for n, text in row.items() if text is not None)
        + "</row>"
        for row in rows
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Responses</LimeSurveyDocType>'
        f"<DBVersion>641</DBVersion><responses><fields>{fields}</fields><rows>{written}</rows></responses></document>"
    )


def _tag(name: str) -> str:
    return ("_" if name[0].isdigit() else "") + name.replace("#", "-")


def lsa(path: Path, members: Mapping[str, str]) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def csv_of(rows: Sequence[Sequence[str]], delimiter: str = ",", bom: bool = False) -> bytes:
    """Write a table as LimeSurvey does: every cell quoted."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return (b"\xef\xbb\xbf" if bom else b"") + text.getvalue().encode("utf-8")
