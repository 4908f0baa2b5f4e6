"""What may be shown: frozen records, each with its evidence. The hand-over between private and public.

Only `disclosure/` makes them; `report/` and `writing/text` see nothing else. They travel in
`exhibits.json`, sealed by the audit's verdict and a sha256: whoever changes a figure breaks the seal.
No exhibit holds a person code or a consent id.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from avis.i18n import Qualifier
from avis.setting import Call as Call
from avis.setting import CallQuestion as CallQuestion
from avis.setting import Frozen
from avis.setting import Level as Level
from avis.setting import Proofread as Proofread
from avis.setting import Question as Question
from avis.setting import Report as Report
from avis.setting import ReportField as ReportField
from avis.setting import Request as Request
from avis.setting import Run as Run
from avis.setting import Setting as Setting
from avis.setting import Source as Source
from avis.setting import Words as Words
from avis.told import HOUSE as HOUSE
from avis.told import Audience as Audience
from avis.told import Board as Board
from avis.told import Change as Change
from avis.told import Fact as Fact
from avis.told import Method as Method
from avis.told import Part as Part
from avis.told import Scored as Scored
from avis.told import Told as Told
from avis.told import Wording as Wording

Where: TypeAlias = tuple[tuple[str, str], ...]
"""Which cell: (variable, value) pairs sorted by variable; `()` is the whole population."""
Measure = Literal["acts", "attendances", "people", "engaged", "productions", "hours", "money"]


class Evidence(Frozen, frozen=True, kw_only=True):
    """Where an exhibit comes from: the rule that counted it, on which base, from which sources."""

    rule: Words
    base: Words = {}
    protection: Words = {}
    """What protection did to it, empty where it did nothing."""
    sources: tuple[str, ...] = ()
    """Ids of `Source` records."""


class Cell(Frozen, frozen=True, kw_only=True):
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


class Value(Frozen, frozen=True, kw_only=True):
    """One value of a dimension; `role` tells a choice from a status (no answer, not asked)."""

    id: str
    label: Words
    role: Literal["choice", "status"] = "choice"


class Dimension(Frozen, frozen=True, kw_only=True):
    """A variable that a table breaks down by, its values in printing order."""

    id: str
    label: Words
    values: tuple[Value, ...]
    better: Literal["", "high", "low", "neither"] = ""
    """Which end of a scale is better, its choices standing from lowest to highest; empty for no scale."""


class Table(Frozen, frozen=True, kw_only=True, tag="table", tag_field="kind"):
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
    items: tuple[tuple[str, Words], ...] = ()
    """Of productions: (id, name) of each, where they are known; one id is one thing in all projects."""
    earlier: Words = {}
    """The earlier project that the figure is about, where it is no result of this one."""
    target: int | float | None = None
    gap: Words = {}
    """The evaluation's own explanation of the distance to the target."""
    period: str = ""

    def cell(self, where: Where) -> Cell | None:
        """Give the cell at a place, none where the table does not have it."""
        return next((cell for cell in self.cells if cell.where == where), None)


class Chart(Frozen, frozen=True, kw_only=True, tag="chart", tag_field="kind"):
    """One description of a chart, drawn from a protected table by either renderer."""

    id: str
    table: str
    form: Literal["bars", "columns", "likert", "change", "dots", "planned", "agreement"]
    title: Words
    evidence: Evidence
    tables: tuple[str, ...] = ()
    """Further tables, for before/after."""


class Quote(Frozen, frozen=True, kw_only=True, tag="quote", tag_field="kind"):
    """The exact words of somebody who agreed, for these audiences; never role, date and place at once."""

    id: str
    wordings: tuple[Wording, ...]
    audiences: tuple[Audience, ...]
    recipients: tuple[str, ...] = ()
    """Calls, or recipients of calls, to which she allowed these words beside."""
    setting: Words
    """How they were said, generalised: "atelier, 2024"."""
    themes: tuple[str, ...] = ()
    evidence: Evidence


class Dissent(Frozen, frozen=True, kw_only=True):
    """What a minority holds, in words that its author chose, unattributed."""

    id: str
    wordings: tuple[Wording, ...]


class Adoption(Frozen, frozen=True, kw_only=True):
    """How a text was agreed, in words; counts only where the group decided to print them."""

    outcome: Literal["consensus", "large_majority", "minority_view", "not_adopted"]
    month: str = ""
    amendments: int = 0
    objections_resolved: int = 0
    counts: tuple[tuple[str, int | float | None], ...] = ()
    """(level id, protected count) where the session decided to publish counts."""
    scale: str = ""
    origin: Literal["", "nothing", "theme", "quote", "figure", "amendment"] = ""
    """What a member proposed it from; empty where the log does not tell."""
    reworded: int = 0
    """How often whoever proposed it said it in other words before anybody else changed it."""
    merged: int = 0
    """How many other texts were merged into it."""


class Statement(Frozen, frozen=True, kw_only=True, tag="statement", tag_field="kind"):
    """A text that the group adopted, with its agreement and dissent."""

    id: str
    question: str
    wordings: tuple[Wording, ...]
    adoption: Adoption
    dissents: tuple[Dissent, ...] = ()
    changes: tuple[Change, ...] = ()
    """What happened to it on its way, in order."""
    evidence: Evidence


class Recommendation(Frozen, frozen=True, kw_only=True, tag="recommendation", tag_field="kind"):
    """What the group asks of whom."""

    id: str
    question: str
    number: int
    wordings: tuple[Wording, ...]
    addressee: Words
    adoption: Adoption
    dissents: tuple[Dissent, ...] = ()
    changes: tuple[Change, ...] = ()
    evidence: Evidence


class FollowUp(Frozen, frozen=True, kw_only=True, tag="follow_up", tag_field="kind"):
    """What became of an earlier recommendation; the addressee's own words unaltered."""

    id: str
    recommendation: Words
    addressee: Words
    asked_on: str
    answer: Literal["accepted", "in_part", "refused", "none"]
    due_on: str = ""
    words: Words = {}
    source: str = ""
    """Where the answer can be read: "letter of the town hall, March 2023"."""
    evidence: Evidence


class BudgetLine(Frozen, frozen=True, kw_only=True, tag="budget", tag_field="kind"):
    """A line of the money table, in euros."""

    id: str
    title: Words
    planned: int | float | None
    realised: int | float | None
    explanation: Words = {}
    side: Literal["expense", "income"] = "expense"
    account: str = ""
    """Of the French chart of accounts: 60 to 69, 70 to 79, 86 and 87; empty where nobody told."""
    indirect: bool = False
    in_kind: bool = False
    """Given, not paid: it stands apart from the money, in totals too."""
    evidence: Evidence


class Figure(Frozen, frozen=True, kw_only=True, tag="figure", tag_field="kind"):
    """Another's figure, with its qualifier and where it stands in the source."""

    id: str
    title: Words
    n: int | float | None
    qualifier: Qualifier = "exact"
    high: int | float | None = None
    remark: Words = {}
    """What must be known to read it: how it was counted, what it leaves out."""
    earlier: Words = {}
    """The earlier project that the figure is about, where it is no result of this one."""
    evidence: Evidence


class Story(Frozen, frozen=True, kw_only=True, tag="story", tag_field="kind"):
    """A record of a method with a group: stories of change, outcomes, an H-form, a scorecard, ripples."""

    id: str
    method: Method
    title: Words
    setting: Words = {}
    """How its words were said, generalised: "atelier, 2024"."""
    facts: tuple[Fact, ...] = ()
    board: Board | None = None
    parts: tuple[Part, ...] = ()
    evidence: Evidence


Exhibit: TypeAlias = (
    Table | Chart | Quote | Statement | Recommendation | FollowUp | BudgetLine | Figure | Story
)


class Verdict(Frozen, frozen=True, kw_only=True):
    """What the audit decided; without it there is no hand-over."""

    passed: bool
    threshold: int
    cells: int
    hidden: int
    checks: Words
    decision: Words = {}
    """Who lowered the threshold, when and why; empty for the default of 11."""


class Exhibits(Frozen, frozen=True, kw_only=True):
    """All that may be shown of an evaluation."""

    format: Literal["avis.exhibits/1"] = "avis.exhibits/1"
    setting: Setting
    sources: tuple[Source, ...]
    exhibits: tuple[Exhibit, ...]
    verdict: Verdict

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
