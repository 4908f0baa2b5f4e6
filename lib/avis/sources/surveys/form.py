"""A form, whatever tool it comes from: questions in the order of asking, and lists of choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from avis.settings import AnswerScale

QUESTION_COLUMNS = (
    *("name", "path", "type", "label_fr", "label_en", "list", "relevance", "role", "scale"),
    *("parent", "or_other", "repeat", "tool_type", "version", "line"),
)
CHOICE_COLUMNS = ("list", "code", "label_fr", "label_en", "other", "exclusive", "missing", "added", "line")

BETWEEN = " | "
"""What stands between two versions, where a form or a question has several."""
OTHER_CODES = frozenset({"other", "autre", "autres", "others", "other_specify", "autre_precisez"})
"""Codes that stand for « other », by the use of the field; a column `other` in the choices says it too."""

MISSING_CODES = {
    **dict.fromkeys(("nsp", "ne_sait_pas", "ne_sais_pas", "dont_know", "don_t_know", "dk"), "dont_know"),
    **dict.fromkeys(("refus", "refuse", "refused", "prefer_not_to_say", "ne_veut_pas_repondre"), "refused"),
}
"""Codes of choices that are no opinion, and the status that they become."""


@dataclass(frozen=True)
class Form:
    """A form, read.

    `questions`: name, path, type, label_fr, label_en (and label_xx of its other languages), list, relevance,
    role (question, array, meta, specify), scale, parent (of a « please specify », or the array that a
    question is a row of), or_other, repeat, tool_type (as the tool calls it), version, line. An array
    (LimeSurvey's F, a grid of Framaforms) asks nothing by itself: its rows are the questions.
    `choices`: list, code, label_fr, label_en…, other, exclusive, missing (dont_know, refused or ""),
    added (by « or other », so only its own questions admit it), line.
    `spellings`: by question, the headers that an export may give it, names before labels.
    `declared`: false where a tool proposes the questions and nobody said what they are; their choices are
    then what people wrote. `scales`: by list, an order and a direction that the form itself declares.
    """

    questions: pd.DataFrame = field(repr=False)
    choices: pd.DataFrame = field(repr=False)
    languages: tuple[str, ...] = ()
    version: str = ""
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    repeats: tuple[str, ...] = ()
    declared: bool = True
    scales: Mapping[str, AnswerScale] = field(default_factory=dict)

    def admitted(self, question: str) -> pd.DataFrame:
        """Give the choices that a question admits, in the form's order."""
        row = self.questions.loc[self.questions["name"] == question].iloc[0]
        kept = (self.choices["list"] == row["list"]) & (~self.choices["added"] | bool(row["or_other"]))
        found: pd.DataFrame = self.choices[kept.to_numpy(dtype=bool)]
        return found


def parent_of(repeat: str, repeats: Iterable[str]) -> str:
    """Give the repeat around a repeat, by their paths; "" where it hangs on the records themselves.

    >>> parent_of("menage/membre/jour", ["menage/membre", "menage/membre/jour"])
    'menage/membre'
    """
    return max((path for path in repeats if repeat.startswith(f"{path}/")), key=len, default="")


def empty_form() -> Form:
    """Give a form without questions: what stands where a form was refused."""
    return Form(form_frame([], QUESTION_COLUMNS, ()), form_frame([], CHOICE_COLUMNS, ()))


def form_frame(
    rows: list[dict[str, Any]], columns: tuple[str, ...], languages: tuple[str, ...]
) -> pd.DataFrame:
    """Make the table of questions or of choices, with a label column a language."""
    labels = [f"label_{lang}" for lang in languages if lang not in ("fr", "en")]
    frame = pd.DataFrame(rows, columns=[*columns, *labels])
    for column in frame.columns:
        if column in ("other", "exclusive", "added", "or_other"):
            frame[column] = frame[column].astype(bool)
        elif column == "line":
            frame[column] = frame[column].astype("int64")
        else:
            frame[column] = frame[column].astype("object").fillna("").astype("str")
    return frame
