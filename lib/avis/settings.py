"""All of `evaluation.yaml`, typed: what an evaluation is, counts, and decides."""

from __future__ import annotations

from typing import Literal

import msgspec

from avis.exhibits import Measure, Words

DEFAULT_THRESHOLD = 11
"""INSEE's rule for data on people (tax), and the one of health establishments; the house's default."""


class _Part(msgspec.Struct, frozen=True, omit_defaults=True):
    pass


class Organisation(_Part, frozen=True):
    """Whose evaluation it is; `fictional` puts a banner on every page."""

    name: str
    fictional: bool = False


class Period(_Part, frozen=True):
    """First and last month or year."""

    start: str
    end: str


class AskedQuestion(_Part, frozen=True):
    """A question put to the group."""

    id: str
    text: Words
    tags: tuple[str, ...] = ()


class RequestPart(_Part, frozen=True):
    """Who asked what, on which occasion."""

    by: Words
    occasion: Words = {}
    date: str = ""
    questions: tuple[AskedQuestion, ...] = ()


class Indicator(_Part, frozen=True):
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
    by: tuple[
        Literal["year", "quarter", "month", "place", "area", "type", "role", "age_band", "sex"], ...
    ] = ()
    figure: str = ""
    target: float | None = None
    gap: Words = {}
    chart: bool = True


class ShownQuestion(_Part, frozen=True):
    """A question of a survey that the document shows, in this order."""

    question: str
    title: Words = {}
    by: str = ""
    """A column of the persons table to break down by."""
    change: bool = False
    """Compare before and after by person code; the wave is then not counted by itself."""


class SurveySource(_Part, frozen=True):
    """One wave of a survey: its answers, its form."""

    id: str
    file: str
    form: str = ""
    wave: int = 1
    person: str = ""
    title: Words = {}
    population: Words = {}
    show: tuple[ShownQuestion, ...] = ()


class Sources(_Part, frozen=True):
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


class Combined(_Part, frozen=True):
    """Values of a variable that the evaluator puts together rather than have them hidden."""

    variable: str
    values: tuple[str, ...]
    label: Words = {}
    id: str = ""
    """How texts call the new line."""
    population: str = ""
    """Empty for every population that has these values."""


class Formerly(_Part, frozen=True):
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


class Disclosure(_Part, frozen=True):
    """The threshold, under 11 only with who decided, when and why; what is combined; what was renamed."""

    threshold: int = DEFAULT_THRESHOLD
    decided_by: Words = {}
    decided_on: str = ""
    reason: Words = {}
    combine: tuple[Combined, ...] = ()
    formerly: tuple[Formerly, ...] = ()
    """Names that changed since an edition: without it an edition with such rows does not go out."""


class ScaleLevel(_Part, frozen=True):
    """A level of a scale; `kind` says what it means when agreement is put in words."""

    id: str
    label: Words
    kind: Literal["support", "reserve", "abstain", "aside", "oppose", "talk"] = "support"


class Scale(_Part, frozen=True):
    """The group's own wording of agreement, with a version."""

    version: int
    levels: tuple[ScaleLevel, ...]


class AnswerScale(_Part, frozen=True):
    """A Likert list of the form: its codes from lowest to highest, and which end is better."""

    levels: tuple[str, ...]
    better: Literal["high", "low", "neither"] = "high"


class Label(_Part, frozen=True, rename={"spelled": "from", "within": "in"}):
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


class PublicSource(_Part, frozen=True):
    """The public page that an evaluation of a real project rests on."""

    title: Words
    publisher: str
    consulted_on: str
    url: str = ""
    published_on: str = ""


class Funder(_Part, frozen=True):
    """Who paid, and in which shape a report is due."""

    name: Words
    report: str = ""


class Retention(_Part, frozen=True):
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


class Proofread(_Part, frozen=True):
    """Who, of the people concerned, proofread a text in plain words; never a name."""

    by: Words
    on: str
    """The month."""


class VaultPart(_Part, frozen=True):
    """Where the register of people and the table of pseudonyms lie: outside the evaluation, encrypted."""

    folder: str
    recipients: tuple[str, ...] = ()
    linked: bool = False
    """Whether people keep their pseudonyms in every evaluation that says so and shares this vault."""


class Processing(_Part, frozen=True):
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


class Settings(_Part, frozen=True, forbid_unknown_fields=True):
    """All of `evaluation.yaml`, typed."""

    title: Words
    organisation: Organisation
    period: Period
    status: Literal["planned", "running", "finished"]
    languages: tuple[Literal["fr", "en"], ...] = ("fr", "en")
    documents: tuple[Literal["avis", "restitution", "fiche"], ...] = ("avis",)
    proofread: dict[str, Proofread] = {}
    """By language: who proofread the plain words. Without it, they are not called FALC."""
    objectives: tuple[Words, ...] = ()
    partners: tuple[Words, ...] = ()
    funders: tuple[Funder, ...] = ()
    activities: tuple[Words, ...] = ()
    not_documented: tuple[Words, ...] = ()
    request: RequestPart | None = None
    indicators: tuple[Indicator, ...] = ()
    sources: Sources = Sources()
    disclosure: Disclosure = Disclosure()
    minors: Literal["none", "some", "all"] = "all"
    scales: dict[str, Scale] = {}
    answer_scales: dict[str, AnswerScale] = {}
    labels: dict[str, dict[str, Label]] = {}
    """By column (type, place, role), then by id."""
    public_source: PublicSource | None = None
    removal_contact: Words = {}
    tags: dict[str, tuple[str, ...]] = {}
    """OECD-DAC criteria of adopted statements and recommendations, by id."""
    retention: tuple[Retention, ...] = ()
    vault: VaultPart | None = None
    processing: Processing = Processing()
    mediators: int = 0
    """How many mediators there are: where there is one, « amended by a mediator » would name her."""
