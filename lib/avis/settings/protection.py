"""What is decided on protection, keeping and processing."""

from __future__ import annotations

from typing import Literal

from avis.exhibits import Words
from avis.settings.part import Part

DEFAULT_THRESHOLD = 11
"""INSEE's rule for data on people (tax), and the one of health establishments; the house's default."""


class Combined(Part, frozen=True):
    """Values of a variable that the evaluator puts together rather than have them hidden."""

    variable: str
    values: tuple[str, ...]
    label: Words = {}
    id: str = ""
    """How texts call the new line."""
    population: str = ""
    """Empty for every population that has these values."""


class Formerly(Part, frozen=True):
    """What a row, a variable or the people of a table were called in an earlier edition, or that it is new.

    It is about the row `value` where there is one, else about `variable`, else about `population`.
    """

    population: str = ""
    variable: str = ""
    value: str = ""
    was: tuple[str, ...] = ()
    new: bool = False

    def about(self, people: str) -> bool:
        """Tell whether it is said of these people: of all of them where it names none."""
        return self.population in ("", people)


class Disclosure(Part, frozen=True):
    """The threshold, under 11 only with who decided, when and why; what is combined; what was renamed."""

    threshold: int = DEFAULT_THRESHOLD
    decided_by: Words = {}
    decided_on: str = ""
    reason: Words = {}
    combine: tuple[Combined, ...] = ()
    formerly: tuple[Formerly, ...] = ()
    """Names that changed since an edition: without it an edition with such rows does not go out."""


class Retention(Part, frozen=True):
    """How long a kind of data is kept: until a day, or so many months after the evaluation's end."""

    what: Literal[
        "notes",
        "surveys",
        "activities",
        "persons",
        "consent",
        "sessions",
        "stories",
        "audio",
        "review",
        "vault",
    ]
    months: int = 0
    until: str = ""
    reason: Words = {}


class VaultPart(Part, frozen=True):
    """Where the register of people and the table of pseudonyms lie: outside the evaluation, encrypted."""

    folder: str
    recipients: tuple[str, ...] = ()
    linked: bool = False
    """Whether people keep their pseudonyms in every evaluation that says so and shares this vault."""


class Processing(Part, frozen=True):
    """What the sheet of processing and the impact assessment ask that nothing else here says."""

    controller: Words = {}
    contact: Words = {}
    officer: Words = {}
    purpose: Words = {}
    legal_basis: Words = {}
    recipients: tuple[Words, ...] = ()
    transfers: Words = {}
    storage: Words = {}
    measures: tuple[Words, ...] = ()
    risks: tuple[Words, ...] = ()
    consulted: Words = {}
