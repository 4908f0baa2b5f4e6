"""Words as they may be printed, once two named people have reread them; and why others may not be yet.

What stands in square brackets is not hers: a consent stays bound to the exact words, and a reader sees what
was replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pandas as pd

from avis.consent.judging import words_hash
from avis.identifiers.flags import find_flags
from avis.identifiers.model import Flag
from avis.identifiers.people import NOBODY, Known
from avis.redaction.decisions import REPLACING
from avis.redaction.readers import different_people
from avis.spelling import fold

Reason = Literal["unread", "changed", "open_flag", "one_reader"]
READERS = 2
"""Different people who must have reread what is quoted."""
SOFT = {"name", "place", "date", "age"}
"""Kinds that a general or invented word may look like: a pseudonym has a capital, a month is a date."""
_WITHOUT_REGISTER = {"known_person": "name", "known_place": "place"}
"""What a name of the register is flagged as where nobody can open it: it was decided all the same."""
_MEDIATOR = re.compile(r"\b(?:m[ée]diat(?:rice|eur)s?|(?:peer )?mediators?)\b", re.IGNORECASE)
_WROTE = re.compile(
    r"\b(?:amend|propos|modifi|ajout|r[ée]dig|[ée]crit|corrig|change|written|added|suggest|edit)\w*"
    rf"(?:\s+\w+)?\s+(?:par|by)\s+\w+\s+{_MEDIATOR.pattern}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Choice:
    """A decision that holds for the words as they are: where, what, by whom."""

    start: int
    end: int
    kind: str
    decision: str
    replacement: str = field(default="", repr=False)
    reviewer: str = ""
    when: tuple[str, int] = ("", 0)
    """Its day, then its row in the file: of two on one place, the later one holds."""
    refused: bool = False
    """Its replacement holds an identifier itself, it lies outside the words, or on another one."""


@dataclass(frozen=True, repr=False)
class Reviewed:
    """Words as they may be printed, by contribution; those that may not yet, with the reason.

    `flags` are those that nobody decided on, `choices` the decisions that hold, `readers` who reread the
    words as they would now be printed, `drafted` the words as they would be if all were signed.
    """

    words: Mapping[str, str]
    open: Mapping[str, Reason]
    flags: Mapping[str, tuple[Flag, ...]] = field(default_factory=dict)
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    readers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drafted: Mapping[str, str] = field(default_factory=dict)


def weigh_review(
    segments: pd.DataFrame, decisions: pd.DataFrame, known: Known = NOBODY, mediators: int = 0
) -> Reviewed:
    """Say of each contribution how it may be printed, or why it may not appear.

    Takes segments (id, text, language) and what `read_review` gives. Printed are words that two different
    people signed after the last decision on them, every flag of which was decided. `unread` nobody has
    reread them, `changed` somebody reread others, `open_flag` something is left to decide, `one_reader` one
    person alone has signed. Where there is one mediator, words that speak of her are flagged too.
    """
    rows = {str(id): part.to_dict("records") for id, part in decisions.groupby("contribution")}
    parts = [
        _weigh(str(id), str(text), str(language), rows.get(str(id), []), known, mediators)
        for id, text, language in zip(segments["id"], segments["text"], segments["language"], strict=True)
    ]
    whole = Reviewed({}, {}, {}, {}, {}, {})
    for part in parts:
        for kept, more in zip(_maps(whole), _maps(part), strict=True):
            kept.update(more)
    return whole


def _maps(reviewed: Reviewed) -> list[dict[str, Any]]:
    names = ("words", "open", "flags", "choices", "readers", "drafted")
    return [getattr(reviewed, name) for name in names]


def _weigh(
    id: str, text: str, language: str, rows: list[dict[Any, Any]], known: Known, mediators: int
) -> Reviewed:
    sha256 = words_hash(text)
    current = [row for row in rows if row["sha256"] == sha256]
    flags = flags_of(text, language, known, mediators)
    choices = _choices(current, text, language, known)
    left = tuple(flag for flag in flags if not any(_settles(choice, flag) for choice in choices))
    refused = any(choice.refused for choice in choices)
    readers = _readers(current, choices)
    drafted = printed(text, choices)
    reason = _reason(bool(rows), bool(current), bool(left) or refused, len(readers))
    return Reviewed(
        {} if reason else {id: drafted},
        {id: reason} if reason else {},
        {id: left} if left else {},
        {id: choices} if choices else {},
        {id: readers} if readers else {},
        {id: drafted},
    )


def _reason(begun: bool, current: bool, left: bool, readers: int) -> Reason | None:
    if not current:
        return "changed" if begun else "unread"
    if left:
        return "open_flag"
    return None if readers >= READERS else ("one_reader" if readers else "unread")


def flags_of(text: str, language: str, known: Known = NOBODY, mediators: int = 0) -> list[Flag]:
    """Give the flags of words; with one mediator, those that speak of her too: she would be named by them."""
    found = find_flags(text, known, language)
    if mediators == 1:
        told = [
            Flag(
                match.start(), match.end(), "mediator", "redaction.mediator.why", "redaction.mediator.instead"
            )
            for match in _MEDIATOR.finditer(text)
        ]
        found += [one for one in told if not any(_overlap(one, other) for other in found)]
    return sorted(found, key=lambda flag: flag.start)


def tells_who_wrote(text: str, mediators: int) -> list[int]:
    """Give where a text says that a mediator wrote or changed it, where there is one: it would name her.

    >>> tells_who_wrote("Amendé par une médiatrice.", 1), tells_who_wrote("Amendé par une médiatrice.", 2)
    ([0], [])
    """
    return [match.start() for match in _WROTE.finditer(text)] if mediators == 1 else []


def _choices(rows: Iterable[dict[Any, Any]], text: str, language: str, known: Known) -> tuple[Choice, ...]:
    """Give the latest decision on each place, in order; one that cannot be applied is marked."""
    latest: dict[tuple[int, int], Choice] = {}
    for row in rows:
        if row["decision"] == "reread":
            continue
        start, end, when = int(row["start"]), int(row["end"]), (str(row["reviewed_on"]), int(row["row"]))
        earlier = latest.get((start, end))
        if earlier is None or when > earlier.when:
            said = (str(row["kind"]), str(row["decision"]), str(row["replacement"]), str(row["reviewer"]))
            latest[start, end] = Choice(start, end, *said, when)
    ordered = sorted(latest.values(), key=lambda choice: (choice.start, choice.end))
    return tuple(_checked(choice, ordered, text, language, known) for choice in ordered)


def _checked(choice: Choice, all: list[Choice], text: str, language: str, known: Known) -> Choice:
    if choice.decision not in REPLACING:
        return choice
    others = (one for one in all if one is not choice and one.decision in REPLACING)
    inside = choice.end <= len(text) and not any(_overlap(choice, other) for other in others)
    original = text[choice.start : choice.end]
    if inside and not identifies(choice.replacement, original, choice.decision, language, known):
        return choice
    return replace(choice, refused=True)


def identifies(replacement: str, original: str, decision: str, language: str, known: Known = NOBODY) -> bool:
    """Tell whether what is to stand instead would itself identify somebody.

    A pseudonym repeats no word of the name. A region, a month or a band of ages looks like what it stands
    for: of these kinds only what is the original again is refused.

    >>> [identifies(one, "06 12 34 56 79", "generalise", "fr") for one in ("06 12 34 56 78", "un numéro")]
    [True, False]
    """
    if decision == "pseudonym" and _words(original) & _words(replacement):
        return True
    for flag in find_flags(replacement, known, language):
        if flag.kind not in SOFT or fold(replacement[flag.start : flag.end]) == fold(original):
            return True
    return False


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if len(word) > 2}


def _settles(choice: Choice, flag: Flag) -> bool:
    """Decided is what was decided on this very place and kind, and what stands inside replaced words."""
    if choice.decision in REPLACING:
        return choice.start <= flag.start and flag.end <= choice.end
    same = (choice.start, choice.end) == (flag.start, flag.end)
    return same and flag.kind in (choice.kind, _WITHOUT_REGISTER.get(choice.kind))


def _overlap(one: Choice | Flag, other: Choice | Flag) -> bool:
    return one.start < other.end and other.start < one.end


def _readers(rows: Iterable[dict[Any, Any]], choices: tuple[Choice, ...]) -> tuple[str, ...]:
    """Name who signed after the last decision: an earlier signature is for other printed words."""
    last = max((choice.when for choice in choices), default=("", 0))
    return different_people(
        str(row["reviewer"])
        for row in rows
        if row["decision"] == "reread" and (str(row["reviewed_on"]), int(row["row"])) > last
    )


def printed(text: str, choices: Iterable[Choice]) -> str:
    """Write words with what was replaced in square brackets.

    >>> printed("I saw Ada on Monday.", [Choice(6, 9, "name", "pseudonym", "Acacia")])
    'I saw [Acacia] on Monday.'
    """
    return "".join(_pieces(text, [one for one in choices if one.decision in REPLACING and not one.refused]))


def _pieces(text: str, choices: list[Choice]) -> Iterator[str]:
    at = 0
    for choice in choices:
        yield text[at : choice.start]
        yield f"[{choice.replacement}]"
        at = choice.end
    yield text[at:]
