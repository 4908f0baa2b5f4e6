"""`avis carry`: the recommendations of the avis before, as new lines of this one's `suites.csv`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from avis.checking.carried import not_carried, place_of
from avis.errors import Place, Problems, fail
from avis.evaluation import Evaluation
from avis.files.charsets import decode
from avis.folders import write_whole
from avis.sources.registers import read_follow_up
from avis.spelling import header_key
from avis.tables import read_descriptor

COLUMNS = {
    "id": "id",
    "recommendation_fr": "recommandation_fr",
    "recommendation_en": "recommandation_en",
    "addressee_fr": "destinataire_fr",
    "addressee_en": "destinataire_en",
    "asked_on": "demande_le",
    "due_on": "echeance",
    "answer": "reponse",
    "words": "mots",
    "words_language": "langue_mots",
    "source": "source",
}
"""Columns of the table, and how a new file heads them."""
MOST_BYTES = 5_000_000
_FORMULA = re.compile(r"^[\s\u200b\ufeff\"']*[=+\-@|%＝＋－＠][\s=+\-@|%＝＋－＠]*")
"""How a text begins that a spreadsheet would run, whatever invisible sign stands before."""


def carry(opened: Evaluation) -> list[str]:
    """Add the recommendations of the former avis that `suites.csv` lacks; give their ids.

    Lines that stand already are not touched. Errors: EVA-060 no former evaluation, EVA-061 it was never
    built, EVA-064 the file is no table that lines can be added to.
    """
    problems = Problems()
    rows = not_carried(opened, read_follow_up(opened, Problems()), problems)
    if problems.items:
        first = problems.items[0]
        raise fail(first.code, first.place, **dict(first.facts))
    if rows:
        path = place_of(opened)
        write_whole(path, _added(path, opened.name(path), rows))
        path.chmod(0o600)
    return [row["id"] for row in rows]


def _added(path: Path, name: str, rows: Sequence[dict[str, str]]) -> str:
    """Give the file with its new lines; a new file has all columns."""
    if not path.exists():
        return _lines([*COLUMNS.values()], ";", [[_plain(key, row) for key in COLUMNS] for row in rows], True)
    if path.suffix.lower() not in (".csv", ".tsv", ".txt") or path.stat().st_size > MOST_BYTES:
        raise fail("EVA-064", Place(name))
    text, _ = decode(path.read_bytes(), Place(name), Problems())
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    heads = next(csv.reader([first.rstrip("\r")], delimiter=delimiter), [])
    known = {_key(head): head for head in heads}
    if "id" not in known or "recommendation_fr" not in known:
        raise fail("EVA-064", Place(name))
    keys = [_key(head) for head in heads]
    added = [[_plain(key, row) for key in keys] for row in rows]
    return text.rstrip("\r\n") + "\n" + _lines(heads, delimiter, added, False)


def _key(head: str) -> str:
    """Say which column of the table a header is, "" for one of the association's own."""
    return _aliases().get(header_key(head), "")


def _aliases() -> dict[str, str]:
    fields = read_descriptor("follow_up").fields
    return {header_key(name): field.name for field in fields for name in field.own}


def _plain(key: str, row: dict[str, str]) -> str:
    """A spreadsheet runs what begins with these signs; the words of an answer stay as they are."""
    text = row.get(key, "")
    if key == "answer":
        return _answers().get(text, text)
    return text if key == "words" else _FORMULA.sub("", text)


def _answers() -> dict[str, str]:
    """Say answers as people write them in the table, whose headers are French."""
    (answer,) = (field for field in read_descriptor("follow_up").fields if field.name == "answer")
    return {choice.value: choice.titles["fr"] for choice in answer.values}


def _lines(heads: list[str], delimiter: str, rows: list[list[str]], headed: bool) -> str:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=delimiter, lineterminator="\n")
    writer.writerows([heads, *rows] if headed else rows)
    return made.getvalue()
