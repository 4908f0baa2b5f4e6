"""LimeSurvey's types of questions, by their letter, and the lists that it brings along."""

from __future__ import annotations

from typing import Literal, NamedTuple

from avis.spelling import TRUTHS

Shape = Literal["one", "several", "rows", "dual", "cells", "rank", "silent"]
"""How many columns: one · one a choice · one a row · two a row · one a cell · one a rank · none."""


class Kind(NamedTuple):
    """A letter: the type of its answers, how they stand in columns, the list that is its own or built in."""

    type: str
    shape: Shape
    list: str = ""


OWN = "own"
"""The list is written in the survey."""

KINDS = {
    "1": Kind("select_one", "dual", OWN),
    "5": Kind("select_one", "one", "5_points"),
    "A": Kind("select_one", "rows", "5_points"),
    "B": Kind("select_one", "rows", "10_points"),
    "C": Kind("select_one", "rows", "yes_uncertain_no"),
    "D": Kind("date", "one"),
    "E": Kind("select_one", "rows", "increase_same_decrease"),
    "F": Kind("select_one", "rows", OWN),
    "G": Kind("select_one", "one", "gender"),
    "H": Kind("select_one", "rows", OWN),
    "I": Kind("text", "one"),
    "K": Kind("decimal", "rows"),
    "L": Kind("select_one", "one", OWN),
    "M": Kind("select_multiple", "several"),
    "N": Kind("decimal", "one"),
    "O": Kind("select_one", "one", OWN),
    "P": Kind("select_multiple", "several"),
    "Q": Kind("text", "rows"),
    "R": Kind("rank", "rank", OWN),
    "S": Kind("text", "one"),
    "T": Kind("text", "one"),
    "U": Kind("text", "one"),
    "X": Kind("note", "silent"),
    "Y": Kind("select_one", "one", "yes_no"),
    "!": Kind("select_one", "one", OWN),
    ":": Kind("decimal", "cells"),
    ";": Kind("text", "cells"),
    "*": Kind("calculate", "one"),
    "|": Kind("file", "one"),
}
"""Source: the question types of the LimeSurvey manual (« Question object types »)."""

OTHER_LIST, OTHER_SEVERAL = "-oth-", "other"
"""LimeSurvey's own codes of « other », in a list and among boxes to tick."""
OTHER_WORDS = {"fr": "Autre", "en": "Other"}
COMMENT_WORDS = {"fr": "Commentaire", "en": "Comment"}
SCALE_WORDS = ("Échelle {n}", "Scale {n}")
RANK_WORDS = ("Rang {n}", "Rank {n}", "Classement {n}", "Ranking {n}")


class Word(NamedTuple):
    """A choice of a built-in list: its code, its labels, and what else exports write for it."""

    code: str
    fr: str
    en: str
    also: tuple[str, ...] = ()


BUILT_IN: dict[str, tuple[Word, ...]] = {
    "5_points": tuple(Word(str(n), str(n), str(n)) for n in range(1, 6)),
    "10_points": tuple(Word(str(n), str(n), str(n)) for n in range(1, 11)),
    "yes_no": (Word("Y", "Oui", "Yes", ("1",)), Word("N", "Non", "No", ("2",))),
    "gender": (
        Word("F", "Féminin", "Female", ("Femme", "Feminin")),
        Word("M", "Masculin", "Male", ("Homme",)),
    ),
    "yes_uncertain_no": (
        Word("Y", "Oui", "Yes"),
        Word("U", "Incertain", "Uncertain", ("Indécis", "Incertain(e)", "Ne sait pas")),
        Word("N", "Non", "No"),
    ),
    "increase_same_decrease": (
        Word("I", "Augmenter", "Increase", ("Augmentation", "Augmente", "En augmentation")),
        Word("S", "Sans changement", "Same", ("Identique", "Pareil", "Le même", "Inchangé", "Stable")),
        Word("D", "Diminuer", "Decrease", ("Diminution", "Diminue", "En diminution")),
    ),
}
"""`also` of yes_no: LimeSurvey offers, when exporting, to turn Y into 1 and N into 2."""

NOT_SHOWN = frozenset({"n/a", "n/d"})
"""Exports of full answers write it where a question was not relevant."""
NOTHING_SAID = frozenset({"sans réponse", "pas de réponse", "aucune réponse", "no answer"})
"""The choice that LimeSurvey adds to questions that may stay without an answer."""
TICKED = frozenset({word for word, yes in TRUTHS.items() if yes} | {"checked", "selected", "sélectionné"})
UNTICKED = frozenset(
    {word for word, yes in TRUTHS.items() if not yes} | {"2", "unchecked", "not selected", "non sélectionné"}
)
