"""What is wrong, where, why, what to do, and what became of the data: collected, never one by one.

A `Problem` holds a code, a place and facts; its words stand in the room's locale file under
`[errors.CODE]` as `what`, `why`, `do`, `fate` (only `what` and `do` are owed). Facts must never be
a value that a person gave: a message may be read aloud, pasted in a mail, or printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from avis.i18n import Language, join, language, say, words

ROOMS = {
    "CLI": "cli",
    "CON": "consent",
    "DIS": "disclosure",
    "DOC": "report",
    "EVA": "evaluation",
    "FIN": "findings",
    "IDE": "identifiers",
    "LIN": "linked",
    "RED": "redaction",
    "REL": "release",
    "RIG": "rights",
    "RUN": "pipeline",
    "SAL": "room",
    "SCA": "scanning",
    "SES": "writing",
    "SRC": "sources",
    "TXT": "text",
    "VAU": "vault",
}
"""The room whose locale file holds the words of a code, by the letters before the dash."""

Fact = str | int | float
_BLANKS = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HALVES = re.compile(r"[\ud800-\udfff]")


def shown(text: str) -> str:
    r"""Write a name that somebody else chose so that it moves no cursor and turns no line around.

    >>> shown("a\x1b[31m\u202eb\nc")
    'a[31mb c'
    """
    return _HALVES.sub("\ufffd", _UNSEEN.sub("", _BLANKS.sub(" ", text)))


def _shown_fact(name: str, fact: Fact) -> Fact:
    """Clean a fact; `told` is what another message said, in its lines."""
    if not isinstance(fact, str):
        return fact
    return "\n".join(map(shown, fact.split("\n"))) if name == "told" else shown(fact)


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: a file (relative to the evaluation), sheet, line, column, field.

    `line` and `column` count from 1, as editors do; 0 means unknown. In a Word file nobody sees lines: there
    `unit` says that paragraphs are counted.

    >>> Place("sources/activites.csv", line=12, field="date").told("fr")
    'sources/activites.csv, ligne 12, « date »'
    """

    file: str = ""
    sheet: str = ""
    line: int = 0
    column: int = 0
    field: str = ""
    unit: Literal["line", "paragraph"] = "line"

    def told(self, lang: Language, lines: tuple[int, ...] = ()) -> str:
        """Say the place in words; `lines` stand for the one line where problems are grouped."""
        parts = [shown(self.file)] if self.file else []
        if self.sheet:
            parts.append(say("common.sheet", lang, sheet=shown(self.sheet)))
        if len(lines) > 1:
            parts.append(say(f"common.{self.unit}s", lang, n=_some(lines, lang)))
        elif self.line:
            parts.append(say(f"common.{self.unit}", lang, n=self.line))
        if self.field:
            parts.append(say("common.field", lang, field=shown(self.field)))
        return ", ".join(parts)


def _some(lines: tuple[int, ...], lang: Language, most: int = 6) -> str:
    shown = [str(line) for line in lines[:most]]
    if len(lines) > most:
        return ", ".join(shown) + " " + say("common.more", lang, n=len(lines) - most)
    return join(shown, lang)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or worth a look (`severity="warning"`).

    >>> problem("EVA-001", Place("evaluation.yaml")).code
    'EVA-001'
    """

    code: str
    place: Place = Place()
    facts: tuple[tuple[str, Fact], ...] = ()
    severity: Literal["error", "warning"] = "error"

    def told(self, lang: Language | None = None, lines: tuple[int, ...] = ()) -> str:
        """Say it whole: code, place, what, why, what to do, what became of the data."""
        lang = lang or language()
        entry: dict[str, str] = words(ROOMS[self.code[:3]], lang)["errors"][self.code]
        facts = {name: _shown_fact(name, fact) for name, fact in self.facts}
        sentences = [entry[part].format_map(facts) for part in ("what", "why", "do", "fate") if part in entry]
        hint = facts.get("hint")
        if hint:
            sentences.insert(1, say("common.did_you_mean", lang, word=hint))
        place, told = self.place.told(lang, lines), " ".join(sentences).replace("\n ", "\n")
        return f"{self.code} {say('common.told', lang, place=place, words=told) if place else told}"


def _ordered(facts: dict[str, Fact]) -> tuple[tuple[str, Fact], ...]:
    return tuple(sorted(facts.items()))


def problem(code: str, place: Place = Place(), /, **facts: Fact) -> Problem:
    """Make an error; `facts` fill its words (`hint` becomes "did you mean")."""
    return Problem(code, place, _ordered(facts))


@dataclass
class Problems:
    """A list of problems that grows while reading goes on, so that all are told at once."""

    items: list[Problem] = field(default_factory=list)

    def add(self, code: str, place: Place = Place(), /, **facts: Fact) -> None:
        """Note an error."""
        self.items.append(Problem(code, place, _ordered(facts)))

    def warn(self, code: str, place: Place = Place(), /, **facts: Fact) -> None:
        """Note a remark that stops nothing."""
        self.items.append(Problem(code, place, _ordered(facts), "warning"))

    def extend(self, others: Iterable[Problem]) -> None:
        """Take over the problems of another reader."""
        self.items.extend(others)

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a build."""
        return [item for item in self.items if item.severity == "error"]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.items)

    def raise_errors(self) -> None:
        """Raise `AvisError` with every problem if there is an error among them."""
        if self.errors:
            raise AvisError(self.items)


class AvisError(Exception):
    """What we know how to explain: one or more problems, told in the reader's language.

    In a notebook it shows its message alone: a traceback would print the data that it passed through.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.problems)

    def __str__(self) -> str:
        return tell(self.problems)

    def _render_traceback_(self) -> list[str]:
        return tell(self.problems).splitlines()


def fail(code: str, place: Place = Place(), /, **facts: Fact) -> AvisError:
    """Make the error of a single problem, to be raised `from None`."""
    return AvisError([Problem(code, place, _ordered(facts))])


def tell(problems: Iterable[Problem], lang: Language | None = None) -> str:
    """Say all problems, ordered by file and line, those that differ by line alone grouped in one.

    >>> rows = [problem("EVA-012", Place("a.yaml", line=n), admitted="oui") for n in (3, 2)]
    >>> len(tell(rows, "fr").splitlines())
    1
    """
    lang = lang or language()
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for item in sorted(problems, key=lambda p: (p.severity, p.place, p.code)):
        place = item.place
        key = (item.severity, place.file, place.sheet, item.code, place.field, item.facts)
        groups.setdefault(key, []).append(item)
    told = []
    for group in groups.values():
        lines = tuple(dict.fromkeys(p.place.line for p in group if p.place.line))
        told.append(group[0].told(lang, lines))
    return "\n".join(told)
