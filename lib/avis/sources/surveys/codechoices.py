"""The cells of a codebook that list choices: labels alone, or `code=label`, and which of them stand apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from avis.errors import Place, Problems
from avis.sources.surveys.answers import STATUSES
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.form import MISSING_CODES
from avis.spelling import fold, header_key

LONGEST_CODE = 40
"""Characters of a code that is made from a label."""
_CODED = re.compile(r"(?P<code>[\w.+-]+)\s*=\s*(?P<label>\S.*)", re.DOTALL)
_RANGE = re.compile(r"(?P<low>\d{1,3})\s*(?:-|\u2013|à|to|\.\.)\s*(?P<high>\d{1,3})")
LONGEST_RANGE = 101
"""Levels of a scale written `0-100`; more is no scale but a number."""

DONT_KNOW = re.compile(
    r"(?:(?:je )?ne sai[st] pas(?: ?\(nsp\)| ?/ ?(?:ne repond pas|refus\w*|sans opinion|nrp))?"
    r"|nsp(?: ?/ ?nrp)?|sans (?:avis|opinion)|(?:pas d'|aucune? )(?:avis|opinion)"
    r"|(?:je )?ne (?:me|se) prononce pas|(?:i )?do(?:es)?(?:n't| not) know|no opinion|not sure)\.?"
)
REFUSED = re.compile(
    r"(?:(?:je )?refus\w*(?: de repondre| to answer)?|nrp|ne repond pas"
    r"|(?:je )?(?:prefere )?ne (?:(?:souhaite|veux|veut|desire) )?pas (?:y )?repondre"
    r"|(?:i )?(?:would )?(?:prefer|rather) not(?: to)? (?:say|answer)|prefer not to)\.?"
)
"""Usual words, folded, of choices that are no opinion. « Rather not » alone is a level of a scale."""


@dataclass(frozen=True)
class Choice:
    """A choice as a codebook writes it."""

    code: str
    label: str


class ChoicesError(ValueError):
    """A cell of choices that has no single meaning; its message is the code of the problem."""


def parts_of(cell: str) -> list[str]:
    r"""Cut a cell at its bars; without any, at its semicolons or lines.

    >>> parts_of("Oui; Non"), parts_of("Oui, souvent | Oui; parfois")
    (['Oui', 'Non'], ['Oui, souvent', 'Oui; parfois'])
    """
    mark = r"\|" if "|" in cell else r"[;\n]"
    return [part for part in map(tidy, re.split(mark, cell)) if part]


def read_choices(cell: str, scale: bool = False) -> list[Choice]:
    """Read the choices of a question; `1-5` is five levels, for a `scale` alone.

    Raises ChoicesError: SRC-293 some choices have a code and some have none, SRC-294 a code or a label twice.

    >>> [choice.code for choice in read_choices("1=Oui | 2=Non")]
    ['1', '2']
    >>> [choice.code for choice in read_choices("Oui; Ne sait pas")], len(read_choices("0-10", scale=True))
    (['oui', 'ne_sait_pas'], 11)
    """
    parts = _levels(cell) if scale else []
    parts = parts or parts_of(cell)
    coded = [_CODED.fullmatch(part) for part in parts]
    whole = [match for match in coded if match]
    if whole and len(whole) < len(parts):
        raise ChoicesError("SRC-293")
    if whole:
        found = [Choice(match["code"], match["label"]) for match in whole]
    else:
        found = [Choice(code, label) for code, label in zip(codes_of(parts), parts, strict=True)]
    for words in ([one.code for one in found], [one.label for one in found]):
        if len(set(words)) < len(words):
            raise ChoicesError("SRC-294")
    return found


def _levels(cell: str) -> list[str]:
    match = _RANGE.fullmatch(tidy(cell))
    if not match or not 0 < int(match["high"]) - int(match["low"]) < LONGEST_RANGE:
        return []
    return [str(level) for level in range(int(match["low"]), int(match["high"]) + 1)]


def codes_of(labels: Sequence[str]) -> list[str]:
    """Make a code of each label, none twice, and none that means why there is no answer.

    >>> codes_of(["< 18 ans", "> 18 ans", "???", "Refused"])
    ['18_ans', '18_ans_2', 'c3', 'refused_choice']
    """
    found: list[str] = []
    for number, label in enumerate(labels, start=1):
        stem = header_key(label)[:LONGEST_CODE].strip("_") or f"c{number}"
        stem = f"{stem}_choice" if stem in STATUSES else stem
        code, turn = stem, 2
        while code in found:
            code, turn = f"{stem}_{turn}", turn + 1
        found.append(code)
    return found


def missing_kind(choice: Choice) -> str:
    """Tell which kind of no opinion a choice is by its usual code or words; "" where it is not known.

    >>> missing_kind(Choice("9", "Je ne sais pas")), missing_kind(Choice("2", "Rather not"))
    ('dont_know', '')
    """
    known = MISSING_CODES.get(choice.code.casefold())
    words = fold(choice.label)
    return known or (
        "dont_know" if DONT_KNOW.fullmatch(words) else "refused" if REFUSED.fullmatch(words) else ""
    )


def kind_by_labels(code: str, labels: Iterable[str]) -> str:
    """Tell which kind of no opinion a choice is, by its code or by its label in any language.

    >>> kind_by_labels("99", ["Very much", "Ne sait pas"]), kind_by_labels("1", ["Oui"])
    ('dont_know', '')
    """
    kinds = (missing_kind(Choice(code, label)) for label in ("", *labels))
    return next(filter(None, kinds), "")


def report_by_labels(choices: Iterable[Mapping[str, Any]], place: Place, problems: Problems) -> None:
    """Say once a list which codes were taken for no opinion by their labels alone (SRC-256)."""
    found: dict[str, list[str]] = {}
    for choice in choices:
        code = str(choice["code"])
        if choice["missing"] and not missing_kind(Choice(code, "")) and not choice.get("declared"):
            found.setdefault(str(choice["list"]), []).append(code)
    for of, codes in found.items():
        problems.warn("SRC-256", replace(place, field=of), codes=", ".join(codes))


def find_choice(word: str, choices: Sequence[Choice]) -> Choice | None:
    """Find a choice by its code or its label."""
    key = fold(word)
    return next((choice for choice in choices if key in (fold(choice.code), fold(choice.label))), None)
