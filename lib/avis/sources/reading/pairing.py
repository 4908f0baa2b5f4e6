"""Which form belongs to which answers: the one that most columns match, where it is one alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from avis.errors import Place, Problems
from avis.sources.surveys.exports import Export
from avis.sources.surveys.fit import ENOUGH
from avis.sources.surveys.form import Form
from avis.sources.surveys.headers import match_headers
from avis.sources.surveys.limeheaders import match_columns
from avis.sources.surveys.limesurvey import is_lime_form

CLOSED = ("select_one", "select_multiple")


def best_form(export: Export, forms: Mapping[Path, Form]) -> Path | None:
    """Give the form of some answers; none where none fits, or two fit as well."""
    headers = [next((row for row in grid.rows if any(map(str.strip, row))), []) for grid in export.grids]
    met = {path: _met(headers, form) for path, form in forms.items()}
    most = max(met.values(), default=0)
    best = [path for path, n in met.items() if n == most]
    if not most or len(best) > 1:
        return None
    asked = int((forms[best[0]].questions["role"] == "question").sum())
    columns = sum(map(len, headers))
    return best[0] if most * ENOUGH >= asked or most * ENOUGH >= columns else None


def _met(headers: Sequence[list[str]], form: Form) -> int:
    """Count the questions of a form that have a column."""
    names: set[str] = set()
    for header in headers:
        if is_lime_form(form):
            names |= {name for name, _ in match_columns(header, form, Place(), Problems()).targets}
        else:
            for repeat in ("", *form.repeats):
                names |= match_headers(header, form, Place(), Problems(), repeat).names
    return len(names)


def closed_questions(form: Form, most: int) -> tuple[str, ...]:
    """Name the first questions with choices, those that a document can show as they are."""
    asked = form.questions
    kept = asked["type"].isin(CLOSED) & (asked["role"] == "question") & (asked["repeat"] == "")
    return tuple(map(str, asked.loc[kept, "name"].head(most)))
