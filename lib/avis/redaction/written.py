"""New decisions, written under those that are there: the file is replaced whole, nothing in it moves."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from avis.descriptors import read_descriptor
from avis.errors import Place, Problems, fail
from avis.files.charsets import decode
from avis.files.delimited import find_delimiter
from avis.files.opening import open_file
from avis.folders import write_whole
from avis.spelling import header_key

HEADERS = ("contribution", "sha256", "debut", "fin", "nature", "decision", "remplacement", "raison")
SIGNED = ("relu_par", "relu_le")
"""With HEADERS, the columns of a file that is begun."""


def add_decisions(path: Path, name: str, rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows, by the names of `tables/review.json`, under those of a file, in the columns that it has.

    What stands in the file stays as it is. Errors: RED-011 it is no CSV, RED-012 a column is missing, and
    those of `open_file` and `write_whole`.
    """
    if not path.exists():
        write_whole(path, ";".join([*HEADERS, *SIGNED]) + "\n")
    problems, place = Problems(), Place(name)
    opened = open_file(path, name, problems)
    problems.raise_errors()
    assert opened is not None  # no error: it is open
    if opened.kind != "csv":
        raise fail("RED-011", place)
    text, encoding = decode(opened.data, place, problems)
    delimiter, end = find_delimiter(text), "\r\n" if "\r\n" in text else "\n"
    columns = _columns(next(csv.reader(io.StringIO(text), delimiter=delimiter)), place)
    out = io.StringIO()
    if not text.endswith(("\n", "\r")):
        out.write(end)
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    if encoding == "utf-8":
        write_whole(path, opened.data + out.getvalue().encode("utf-8"))
    else:  # a name may hold a letter that the file's old encoding cannot write
        write_whole(path, codecs.BOM_UTF8 + (text + out.getvalue()).encode("utf-8"))


def _columns(headers: Sequence[str], place: Place) -> list[str]:
    """Name the table's column of each header, "" for one that it does not know."""
    fields = read_descriptor("review").read
    known = {header_key(word): field.name for field in fields for word in field.words}
    columns = [known.get(header_key(header), "") for header in headers]
    missing = [field.shown for field in fields if field.name not in columns]
    if missing:
        raise fail("RED-012", place, columns=", ".join(missing))
    return columns
