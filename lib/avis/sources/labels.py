"""The small table of words in `evaluation.yaml`: which spellings in files mean which word, in both languages.

Only words of the table are ever told: a cell that holds none of them may hold a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import pandas as pd

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.settings import Label
from avis.sources.declared import places, shown
from avis.spelling import fold, suggest

Labels: TypeAlias = Mapping[str, Mapping[str, Label]]
"""By column (type, place, role), then by id: the words to print, and the spellings that stand for them."""


def run_together(text: str) -> str:
    """Write a word so that case, accents, spaces, dashes and points make no difference.

    >>> run_together("Rendez vous") == run_together("rendez-vous"), run_together("R.D.V.")
    (True, 'rdv')
    """
    return re.sub(r"[\s_.-]", "", fold(text))


def spellings(labels: Labels, column: str) -> dict[str, str]:
    """Give the id that each known spelling of a column means, by `run_together`."""
    return {
        run_together(word): id
        for id, label in labels.get(column, {}).items()
        for word in (id, label.fr, label.en, *label.spelled)
        if word
    }


def meant(labels: Labels, column: str, text: str) -> str:
    """Give the id that a text means; the text itself where the column has no such word.

    >>> meant({"type": {"rdv": Label(fr="rendez-vous")}}, "type", "Rendez vous")
    'rdv'
    """
    return spellings(labels, column).get(run_together(text), text)


def check_labels(evaluation: Evaluation, problems: Problems) -> None:
    """Tell the spellings that stand for two words of one column. Errors: SRC-229."""
    for column, words in evaluation.settings.labels.items():
        taken: dict[str, str] = {}
        for id, label in words.items():
            for word in {run_together(text) for text in (id, label.fr, label.en, *label.spelled) if text}:
                if word in taken:
                    place = evaluation.place("labels", column, id)
                    problems.add("SRC-229", place, word=word, other=taken[word])
                taken[word] = id


def apply_labels(table: pd.DataFrame, labels: Labels, problems: Problems, source: str) -> pd.DataFrame:
    """Write ids into the columns that have a table of words; what is none of them stays as written.

    `source` is the descriptor that names the columns in messages. Each unknown word is told once (warning
    SRC-228) with its lines, how many they are, and the word that was probably meant, never itself.
    """
    return table.assign(**{column: _apply(table, column, labels, problems, source) for column in labels})


def _apply(
    table: pd.DataFrame, column: str, labels: Labels, problems: Problems, source: str
) -> pd.Series[str]:
    known, written = spellings(labels, column), table[column]
    words = {text: run_together(text) for text in written.unique()}
    unknown = sorted({word for text, word in words.items() if text and word not in known})
    met = written.map(words)
    for number, word in enumerate(unknown, start=1):
        rows = met == word
        near = nearest(word, [label.fr or label.en or id for id, label in labels[column].items()])
        for place in places(table, rows, shown(source, column)):
            problems.warn("SRC-228", place, n=int(rows.sum()), number=number, **near)
    return written.map({text: known.get(word, text) for text, word in words.items()}).astype("str")


def nearest(written: str, known: Iterable[str]) -> dict[str, str]:
    """Propose a word that differs by spaces and dashes alone, else one that is near.

    >>> nearest("rendez vous", ["atelier", "rendez-vous"]), nearest("repas", ["atelier"])
    ({'hint': 'rendez-vous'}, {})
    """
    words = list(known)
    same = [word for word in words if run_together(word) == run_together(written)]
    return {"hint": same[0]} if same else suggest(written, words)
