"""What may be shown: frozen records, each with its evidence. The hand-over between private and public.

Only `disclosure/` makes them; `report/` and `writing/text` see nothing else. They travel in
`exhibits.json`, sealed by the audit's verdict and a sha256: whoever changes a figure breaks the seal.
No exhibit holds a person code or a consent id.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from avis.errors import Place, fail
from avis.i18n import Qualifier

Words: TypeAlias = dict[str, str]
"""The same words by language: `{"fr": "...", "en": "..."}`."""
Where: TypeAlias = tuple[tuple[str, str], ...]
"""Which cell: (variable, value) pairs sorted by variable; `()` is the whole population."""
Measure = Literal["acts", "attendances", "people", "engaged", "productions", "hours", "money"]
Audience = Literal["public", "funder", "members"]


class _Frozen(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    pass


class Evidence(_Frozen, frozen=True, kw_only=True):
    """Where an exhibit comes from: the rule that counted it, on which base, from which sources."""

    rule: Words
    base: Words = {}
    protection: Words = {}
    """What protection did to it, empty where it did nothing."""
    sources: tuple[str, ...] = ()
    """Ids of `Source` records."""


class Source(_Frozen, frozen=True, kw_only=True):
    """A source in the words of a reader: never a path, never a person."""

    id: str
    kind: Literal[
        "activities", "survey", "notes", "session", "follow_up", "budget", "published", "reference"
    ]
    title: Words
    publisher: str = ""
    url: str = ""
    locator: str = ""
    published_on: str = ""
    consulted_on: str = ""
    language: str = ""


class Cell(_Frozen, frozen=True, kw_only=True):
    """One figure of a table.

    `hidden` is neither zero nor missing: the figure exists and is protected. `not_documented` means
    that nobody counted, `not_asked` that nobody was asked.
    """

    where: Where = ()
    status: Literal["shown", "hidden", "not_documented", "not_asked"] = "shown"
    n: int | float | None = None
    qualifier: Qualifier = "exact"
    high: int | float | None = None
    """Upper end where the qualifier is `range`."""
    share: int | float | None = None
    """Part of the base, 0 to 1, only where both are shown."""


class Value(_Frozen, frozen=True, kw_only=True):
    """One value of a dimension; `role` tells a choice from a status (no answer, not asked)."""

    id: str
    label: Words
    role: Literal["choice", "status"] = "choice"


class Dimension(_Frozen, frozen=True, kw_only=True):
    """A variable that a table breaks down by, its values in printing order."""

    id: str
    label: Words
    values: tuple[Value, ...]


class Table(_Frozen, frozen=True, kw_only=True, tag="table", tag_field="kind"):
    """Protected figures about one subject (an indicator, a question, a theme), by 0, 1 or 2 dimensions."""

    id: str
    subject: str
    """What it counts, as a role names it: an indicator's id, or `avant.accueil` for a question."""
    title: Words
    measure: Measure
    population: str
    unit: Words
    """What is counted, in the plural: "rendez-vous", "femmes"."""
    dimensions: tuple[Dimension, ...]
    cells: tuple[Cell, ...]
    evidence: Evidence
    base: Where | None = None
    """The cell that shares are taken of; none where shares have no meaning."""
    multiple: bool = False
    """One person may stand in several rows: the rows do not add up."""
    target: int | float | None = None
    gap: Words = {}
    """The evaluation's own explanation of the distance to the target."""
    period: str = ""

    def cell(self, where: Where) -> Cell | None:
        """Give the cell at a place, none where the table does not have it."""
        return next((cell for cell in self.cells if cell.where == where), None)


class Chart(_Frozen, frozen=True, kw_only=True, tag="chart", tag_field="kind"):
    """One description of a chart, drawn from a protected table by either renderer."""

    id: str
    table: str
    form: Literal["bars", "columns", "likert", "change", "dots", "planned"]
    title: Words
    evidence: Evidence
    tables: tuple[str, ...] = ()
    """Further tables, for before/after."""


class Wording(_Frozen, frozen=True, kw_only=True):
    """A text in one language; the original stands first, an unapproved translation is marked."""

    language: str
    text: str
    original: bool = False
    approved: bool = True


class Quote(_Frozen, frozen=True, kw_only=True, tag="quote", tag_field="kind"):
    """The exact words of somebody who agreed, for these audiences; never role, date and place at once."""

    id: str
    wordings: tuple[Wording, ...]
    audiences: tuple[Audience, ...]
    setting: Words
    """How they were said, generalised: "atelier, 2024"."""
    themes: tuple[str, ...] = ()
    evidence: Evidence


class Dissent(_Frozen, frozen=True, kw_only=True):
    """What a minority holds, in words that its author chose, unattributed."""

    id: str
    wordings: tuple[Wording, ...]


class Adoption(_Frozen, frozen=True, kw_only=True):
    """How a text was agreed, in words; counts only where the group decided to print them."""

    outcome: Literal["consensus", "large_majority", "minority_view", "not_adopted"]
    month: str = ""
    amendments: int = 0
    objections_resolved: int = 0
    counts: tuple[tuple[str, int | float | None], ...] = ()
    """(level id, protected count) where the session decided to publish counts."""
    scale: str = ""


class Statement(_Frozen, frozen=True, kw_only=True, tag="statement", tag_field="kind"):
    """A text that the group adopted, with its agreement and dissent."""

    id: str
    question: str
    wordings: tuple[Wording, ...]
    adoption: Adoption
    dissents: tuple[Dissent, ...] = ()
    evidence: Evidence


class Recommendation(_Frozen, frozen=True, kw_only=True, tag="recommendation", tag_field="kind"):
    """What the group asks of whom."""

    id: str
    question: str
    number: int
    wordings: tuple[Wording, ...]
    addressee: Words
    adoption: Adoption
    dissents: tuple[Dissent, ...] = ()
    evidence: Evidence


class FollowUp(_Frozen, frozen=True, kw_only=True, tag="follow_up", tag_field="kind"):
    """What became of an earlier recommendation; the addressee's own words unaltered."""

    id: str
    recommendation: Words
    addressee: Words
    asked_on: str
    answer: Literal["accepted", "in_part", "refused", "none"]
    due_on: str = ""
    words: Words = {}
    evidence: Evidence


class BudgetLine(_Frozen, frozen=True, kw_only=True, tag="budget", tag_field="kind"):
    """A line of the money table, in euros."""

    id: str
    title: Words
    planned: int | float | None
    realised: int | float | None
    explanation: Words = {}
    evidence: Evidence


class Figure(_Frozen, frozen=True, kw_only=True, tag="figure", tag_field="kind"):
    """Another's figure, with its qualifier and where it stands in the source."""

    id: str
    title: Words
    n: int | float | None
    qualifier: Qualifier = "exact"
    high: int | float | None = None
    evidence: Evidence


Exhibit: TypeAlias = Table | Chart | Quote | Statement | Recommendation | FollowUp | BudgetLine | Figure


class Question(_Frozen, frozen=True, kw_only=True):
    """A question put to the group, to be copied whole before its answer."""

    id: str
    text: Words
    tags: tuple[str, ...] = ()


class Request(_Frozen, frozen=True, kw_only=True):
    """Who asked, on which occasion, when."""

    by: Words
    occasion: Words = {}
    date: str = ""
    questions: tuple[Question, ...] = ()


class Level(_Frozen, frozen=True, kw_only=True):
    """A level of the group's own scale of agreement."""

    id: str
    label: Words


class Setting(_Frozen, frozen=True, kw_only=True):
    """What the evaluation is: everything that a document says about it and that nobody counts."""

    slug: str
    title: Words
    organisation: str
    fictional: bool = False
    status: Literal["planned", "running", "finished"]
    start: str
    end: str
    languages: tuple[str, ...] = ()
    objectives: tuple[Words, ...] = ()
    partners: tuple[Words, ...] = ()
    funders: tuple[Words, ...] = ()
    activities: tuple[Words, ...] = ()
    """What the project did, where nobody counted it."""
    not_documented: tuple[Words, ...] = ()
    request: Request | None = None
    public_source: Source | None = None
    """Set for a page about a real project made from public facts alone: nobody there reviewed it."""
    removal_contact: Words = {}
    method: dict[str, Words] = {}
    """Sections of the method sheet by name: `facilitation`, `recruitment`, `absent`, `limits`, …"""
    deviations: tuple[Words, ...] = ()
    adoption: Words = {}
    """How the whole was adopted, in the group's words."""
    withdrawal: Words = {}
    """How to take one's word back."""
    scales: dict[str, tuple[Level, ...]] = {}


class Verdict(_Frozen, frozen=True, kw_only=True):
    """What the audit decided; without it there is no hand-over."""

    passed: bool
    threshold: int
    cells: int
    hidden: int
    checks: Words
    decision: Words = {}
    """Who lowered the threshold, when and why; empty for the default of 11."""


class Exhibits(_Frozen, frozen=True, kw_only=True):
    """All that may be shown of an evaluation."""

    format: Literal["avis.exhibits/1"] = "avis.exhibits/1"
    setting: Setting
    sources: tuple[Source, ...]
    exhibits: tuple[Exhibit, ...]
    verdict: Verdict
    left_out: Words = {}
    """How many words of people were left out, and why; never whose."""

    def get(self, id: str) -> Exhibit | None:
        """Give the exhibit with an id, none where there is none."""
        return next((item for item in self.exhibits if item.id == id), None)

    def tables(self, subject: str) -> tuple[Table, ...]:
        """Give the tables about one subject, in printing order."""
        return tuple(item for item in self.exhibits if isinstance(item, Table) and item.subject == subject)

    def cell(self, subject: str, where: Where, measure: str = "") -> tuple[Table, Cell] | None:
        """Find a figure by what it counts and its place, in whichever table shows it."""
        for table in self.tables(subject):
            found = table.cell(where)
            if found is not None and measure in ("", table.measure):
                return table, found
        return None


class _Sealed(_Frozen, frozen=True, kw_only=True):
    seal: str
    content: Exhibits


def seal(exhibits: Exhibits) -> bytes:
    """Write exhibits as the bytes of `exhibits.json`, with the sha256 of their canonical form."""
    exhibits = msgspec.json.decode(msgspec.json.encode(exhibits), type=Exhibits)  # what a reader will see
    sealed = _Sealed(seal=_digest(exhibits), content=exhibits)
    return msgspec.json.format(msgspec.json.encode(sealed, order="deterministic"), indent=1) + b"\n"


def _digest(exhibits: Exhibits) -> str:
    return hashlib.sha256(msgspec.json.encode(exhibits, order="deterministic")).hexdigest()


def load(path: Path) -> Exhibits:
    """Read `exhibits.json`; refuses a broken seal or a failed verdict.

    Errors: DIS-010 no file yet, DIS-011 not readable, DIS-012 broken seal, DIS-013 the audit refused.
    """
    place = Place(path.name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise fail("DIS-010", place) from None
    try:
        sealed = msgspec.json.decode(data, type=_Sealed)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise fail("DIS-011", place) from None
    if sealed.seal != _digest(sealed.content):
        raise fail("DIS-012", place)
    if not sealed.content.verdict.passed:
        raise fail("DIS-013", place)
    return sealed.content
