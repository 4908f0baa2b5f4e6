"""What is counted and from which files, on which scales, in which words."""

from __future__ import annotations

from typing import Literal

from avis.exhibits import Measure, Words
from avis.settings.part import Part


class Item(Part, frozen=True):
    """A thing that was made, by name: another project that made it too names it by the same id."""

    id: str
    label: Words = {}


class RecordKind(Part, frozen=True):
    """A kind of thing that a project records of its work; its number is the indicator's of the same id."""

    id: str
    label: Words
    measure: Measure
    frequency: Words = {}
    """How often, where no number is known."""


Breakdown = Literal["year", "quarter", "month", "place", "area", "type", "role", "age_band", "sex"]
Band = Literal["age_band", "sex"]


class Indicator(Part, frozen=True):
    """What is counted, how, and against which target.

    `count` says how the activity rows that match `where` become a number: `rows` (acts), `count`
    (the column of that name), `participants` (attendances), `person_codes` (distinct people),
    `people` (a figure declared in the row), `hours`; or `figure`, one published figure by its id.
    """

    id: str
    label: Words
    measure: Measure
    count: Literal["rows", "count", "participants", "person_codes", "people", "hours", "figure"] = "rows"
    unit: Words = {}
    population: str = ""
    where: dict[str, str] = {}
    by: tuple[Breakdown | tuple[Band, Band], ...] = ()
    """What to break it down by; a pair crosses both: `[[sex, age_band]]`."""
    figure: str = ""
    target: float | None = None
    gap: Words = {}
    items: tuple[Item, ...] = ()
    """Of productions, each by name, so that a portfolio counts once what two projects share."""
    chart: bool = True

    @property
    def variables(self) -> frozenset[str]:
        """Every variable that it is broken down by, alone or crossed."""
        return frozenset(name for by in self.by for name in ((by,) if isinstance(by, str) else by))


class ShownQuestion(Part, frozen=True):
    """A question of a survey that the document shows, in this order."""

    question: str
    title: Words = {}
    by: str = ""
    """A column of the persons table to break down by."""
    change: bool = False
    """Compare before and after by person code; the wave is then not counted by itself."""


class SurveySource(Part, frozen=True):
    """One wave of a survey: its answers, its form."""

    id: str
    file: str
    form: str = ""
    wave: int = 1
    person: str = ""
    title: Words = {}
    population: Words = {}
    show: tuple[ShownQuestion, ...] = ()


class Sources(Part, frozen=True):
    """Where the files are, relative to the evaluation; `*` stands for any name."""

    activities: tuple[str, ...] = ()
    persons: str = ""
    surveys: tuple[SurveySource, ...] = ()
    notes: tuple[str, ...] = ()
    consent: str = ""
    published: str = ""
    sessions: tuple[str, ...] = ()
    codebook: str = ""
    references: str = ""
    follow_up: str = ""
    budget: str = ""
    method: str = ""
    stories: tuple[str, ...] = ()
    """Records of methods: stories of change, harvested outcomes, H-forms, scorecards, ripples."""
    review: str = ""
    """Decisions of those who reread for identifiers."""


class ScaleLevel(Part, frozen=True):
    """A level of a scale; `kind` says what it means when agreement is put in words."""

    id: str
    label: Words
    kind: Literal["support", "reserve", "abstain", "aside", "oppose", "talk"] = "support"


class Scale(Part, frozen=True):
    """The group's own wording of agreement, with a version."""

    version: int
    levels: tuple[ScaleLevel, ...]


class AnswerScale(Part, frozen=True):
    """A Likert list of the form: its codes from lowest to highest, and which end is better."""

    levels: tuple[str, ...]
    better: Literal["high", "low", "neither"] = "high"


class Label(Part, frozen=True, rename={"spelled": "from", "within": "in"}):
    """A word of the activity log: what is printed in each language, and how files spell it."""

    fr: str = ""
    en: str = ""
    spelled: tuple[str, ...] = ()
    within: str = ""
    """Of a place: the larger place that it lies in."""

    @property
    def words(self) -> Words:
        """The word in each language that has one."""
        return {lang: text for lang, text in (("fr", self.fr), ("en", self.en)) if text}
