"""What the tests of forms on the web share: files written in their layouts, and read by their content."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from avis.errors import Problems
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.form import Form
from avis.sources.surveys.forms import read_any_form
from avis.sources.surveys.statuses import settle
from avis.sources.surveys.tools import Responses, read_responses

Rows = list[list[str]]


def written(rows: Rows, delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def read_form_rows(
    folder: Path,
    rows: Rows,
    book: Rows | None = None,
    delimiter: str = ",",
    encoding: str = "utf-8",
    person: str = "",
) -> tuple[Responses, Problems]:
    problems = Problems()
    form: Form | None = None
    if book:
        (folder / "codebook.csv").write_text(written(book, ";"), encoding="utf-8")
        form = read_any_form(folder / "codebook.csv", "codebook.csv", problems)
    (folder / "export.csv").write_bytes(written(rows, delimiter).encode(encoding))
    found = read_responses(
        open_exports([(folder / "export.csv", "export.csv")], problems), form, person, problems
    )
    assert found is not None
    return found, problems


def values(found: Responses, question: str) -> list[str]:
    return found.answers.columns[question].values.astype("object").fillna("").astype(str).tolist()


def statuses(found: Responses, question: str) -> list[str]:
    return settle(found.form, found.answers)[0][question].astype(str).tolist()


def chosen(found: Responses, question: str) -> list[set[str]]:
    ticks = found.answers.columns[question].chosen
    assert ticks is not None
    return [set(ticks.columns[row]) for row in ticks.to_numpy(dtype=bool)]


def everything(found: Responses, problems: Problems) -> str:
    """Give every word that may leave the room: tables, names of columns, messages, representations."""
    from avis.errors import tell

    settled = settle(found.form, found.answers)[0]
    columns = found.answers.columns
    return "\n".join(
        [
            *(column.raw.to_csv() + column.values.to_csv() for column in columns.values()),
            *(column.chosen.to_csv() for column in columns.values() if column.chosen is not None),
            found.answers.records.to_csv(),
            found.form.questions.to_csv() + found.form.choices.to_csv() + repr(found.form.spellings),
            settled.to_csv(),
            *(repr(found), repr(found.answers), repr(found.form), repr(found.left_out)),
            *(tell(problems, "fr"), tell(problems, "en"), repr(problems)),
        ]
    )
