"""Lists that look like scales of answers: proposed for a person to declare, never used by themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from avis.errors import Place, Problems
from avis.sources.surveys.form import Form
from avis.spelling import fold

Better = Literal["high", "low", "neither"]
LEAST = 3
"""Levels of a scale; « oui » and « non » alone have no order."""

_FAMILIES: tuple[tuple[Better, tuple[str, ...]], ...] = (
    (
        "high",
        (
            r"pas du tout d'accord|(tout a fait|totalement|fortement) en desaccord|strongly disagree",
            r"pas d'accord|en desaccord|disagree",
            r"plutot (pas d'accord|en desaccord)|peu d'accord|(somewhat|slightly|rather) disagree",
            r"ni d'accord,? ni (pas d'accord|en desaccord)|neutre|neither agree nor disagree|neutral",
            r"plutot d'accord|(somewhat|slightly|rather) agree",
            r"d'accord|agree",
            r"(tout a fait|totalement|fortement) d'accord|strongly agree",
        ),
    ),
    (
        "neither",
        (
            r"jamais|never",
            r"presque jamais|tres rarement|almost never|very rarely",
            r"rarement|rarely|seldom",
            r"parfois|quelquefois|de temps en temps|sometimes|occasionally",
            r"souvent|regulierement|often|frequently",
            r"tres souvent|presque toujours|very often|almost always",
            r"toujours|tout le temps|always",
        ),
    ),
    (
        "high",
        (
            r"tres (insatisfait|mecontent)|pas du tout satisfait|very dissatisfied",
            r"insatisfait|pas satisfait|mecontent|dissatisfied",
            r"plutot (insatisfait|pas satisfait|mecontent)|peu satisfait|(somewhat|rather) dissatisfied",
            r"ni satisfait,? ni insatisfait|neutre|neither satisfied nor dissatisfied|neutral",
            r"(plutot|assez) (satisfait|content)|(somewhat|rather|fairly) satisfied",
            r"satisfait|content|satisfied",
            r"(tres|tout a fait) (satisfait|content)|very satisfied",
        ),
    ),
    (
        "high",
        (
            r"tres (mauvais|mal)|very (bad|poor)",
            r"mauvais|mal|bad|poor",
            r"passable|moyen|average|fair",
            r"assez (bien|bon)|plutot (bien|bon)|fairly good",
            r"bien|bon|good",
            r"tres (bien|bon)|very good",
            r"excellent",
        ),
    ),
    (
        "high",
        (
            r"tres difficile|very difficult",
            r"difficile|difficult",
            r"plutot difficile|(rather|somewhat) difficult",
            r"ni facile,? ni difficile|neutre|neither easy nor difficult|neutral",
            r"plutot facile|(rather|somewhat) easy",
            r"facile|easy",
            r"tres facile|very easy",
        ),
    ),
    (
        "neither",
        (
            r"(non,? )?pas du tout( important)?|not at all( important)?",
            r"(tres )?peu( important)?|(very )?little|not very important",
            r"un peu|a little|slightly( important)?",
            r"moyennement( important)?|moderately( important)?",
            r"(assez|plutot)( important)?|somewhat( important)?",
            r"(beaucoup|important|a lot|very)",
            r"enormement|tout a fait|tres important|very important|completely|extremely( important)?",
        ),
    ),
    (
        "neither",
        (
            r"non,? pas du tout|definitely not",
            r"non|no",
            r"plutot non|probably not",
            r"peut-etre|maybe",
            r"plutot oui|probably",
            r"oui|yes",
            r"oui,? tout a fait|definitely",
        ),
    ),
)
"""Usual series, folded, from the lowest level to the highest, and the end that is usually better."""
_GENDER = re.compile(r"\((?:e|s|es|ne|nne)\)s?|[·.](?:e|ne|s)\b[·.]?s?")
_AGREED = re.compile(r"\b((?:in)?satisfait|content|mecontent|mauvais|bon|important)(?:ne)?e?s?\b")
_NUMBERED = re.compile(r"(?P<level>\d{1,2})(?:\s*[-\u2013:.)=/]\s*.*)?")
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*", re.ASCII)
_YAML_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


@dataclass(frozen=True)
class Proposal:
    """A list that looks like a scale: its codes from lowest to highest, and its usual better end."""

    list: str
    levels: tuple[str, ...]
    better: Better


def propose_scales(
    form: Form, problems: Problems, declared: Collection[str] = (), file: str = ""
) -> tuple[Proposal, ...]:
    """Propose an order for lists of one choice that look like a scale and are not `declared`.

    Choices that are no opinion or « other » are no levels. Remarks: SRC-310, one a form; nothing is used.
    """
    questions = form.questions
    asked = questions.loc[(questions["type"] == "select_one") & (questions["scale"] == ""), "list"]
    names = [
        str(name) for name in asked.drop_duplicates() if name not in declared and name not in form.scales
    ]
    found = [proposal for name in names if (proposal := _propose(name, form.choices)) is not None]
    if found and form.declared:  # the choices of a form that nobody declared are what people wrote
        lists = ", ".join(proposal.list for proposal in found)
        problems.warn("SRC-310", Place(file), lists=lists, told=scales_as_yaml(found).rstrip())
    return tuple(found)


def scales_as_yaml(proposals: Iterable[Proposal]) -> str:
    """Write proposals as they stand in `evaluation.yaml`.

    >>> print(scales_as_yaml([Proposal("accord", ("pas", "1"), "high")]), end="")
    answer_scales:
      accord: {levels: [pas, "1"], better: high}
    """
    lines = [
        f"  {_word(one.list)}: {{levels: [{', '.join(map(_word, one.levels))}], better: {one.better}}}\n"
        for one in proposals
    ]
    return "".join(["answer_scales:\n", *lines])


def _word(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text not in _YAML_WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)


def _propose(name: str, choices: pd.DataFrame) -> Proposal | None:
    kept = choices[(choices["list"] == name) & (choices["missing"] == "") & ~choices["other"]]
    codes = [str(code) for code in kept["code"]]
    for column in (column for column in kept.columns if column.startswith("label_")):
        labels = [_neutral(str(label)) for label in kept[column]]
        found = _ranked(labels)
        if found is not None:
            better, ranks = found
            order = sorted(range(len(codes)), key=ranks.__getitem__)
            return Proposal(name, tuple(codes[at] for at in order), better)
    return None


def _neutral(label: str) -> str:
    """Write a label without the marks of gender and number.

    >>> _neutral("Très satisfait(e)"), _neutral("Plutôt mécontentes")
    ('tres satisfait', 'plutot mecontent')
    """
    return _AGREED.sub(r"\1", _GENDER.sub("", fold(label))).strip(" .")


def _ranked(labels: Sequence[str]) -> tuple[Better, list[int]] | None:
    """Give the better end and the rank of each label in the first series that holds all of them."""
    if len(labels) < LEAST:
        return None
    numbered = [_NUMBERED.fullmatch(label) for label in labels]
    levels = [int(match["level"]) for match in numbered if match]
    if len(levels) == len(labels):
        whole = sorted(levels) in (list(range(len(levels))), list(range(1, len(levels) + 1)))
        return ("neither", levels) if whole else None
    for better, series in _FAMILIES:
        ranks = [
            next((rank for rank, words in enumerate(series) if re.fullmatch(words, label)), -1)
            for label in labels
        ]
        if -1 not in ranks and len(set(ranks)) == len(ranks):
            return better, ranks
    return None
