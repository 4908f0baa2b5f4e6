"""Whether a file is one of answers to a form, or shares a few names with it by accident."""

from __future__ import annotations

from collections.abc import Collection

from avis.errors import Place, Problems
from avis.sources.surveys.form import Form

ENOUGH = 3
"""One question of so many in the file, or one column of so many in the form, is enough to read it."""


def check_fit(
    form: Form, found: Collection[str], explained: int, unknown: int, place: Place, problems: Problems
) -> bool:
    """Tell whether a file fits its form (else SRC-073, with the counts).

    `found` are the questions that have a column, `explained` the columns of these, `unknown` those that
    nothing explains; what a tool adds counts for nothing. A codebook of few questions of a wide table fits,
    and so does an early version of a form that grew.
    """
    questions = form.questions
    asked = questions[(questions["role"] == "question") & (questions["repeat"] == "")]
    held = int(asked["name"].isin(list(found)).sum())
    columns = explained + unknown
    if found and (held * ENOUGH >= len(asked) or explained * ENOUGH >= columns):
        return True
    problems.add("SRC-073", place, found=held, asked=len(asked), explained=explained, columns=columns)
    return False
