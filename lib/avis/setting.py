"""What an evaluation is, as far as a document tells it: who asked, who paid, from which sources."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Words: TypeAlias = dict[str, str]
"""The same words by language: `{"fr": "...", "en": "..."}`."""
SourceKind = Literal[
    "activities", "survey", "notes", "stories", "session", "follow_up", "budget", "published", "reference"
]
"""Kinds of sources, in printing order."""


ReportForm = Literal["", "cerfa-15059", "fami"]
"""Shapes in which a funder asks for a report."""
ReportPart = Literal[
    "",
    "title",
    "implementation",
    "publics",
    "places",
    "objectives",
    "other",
    "indirect",
    "gaps",
    "in_kind",
    "observations",
]
"""Parts of a report that a field of a portal or a passage may fill."""
REPORT = "report"
"""The first word of the place of a passage for funders; a part of the report stands behind it."""
Counting = Literal["characters", "words"]
"""How a portal counts how long a text is."""


class Frozen(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A record that never changes, and refuses what it does not know when it is read back."""


class Run(Frozen, frozen=True, kw_only=True):
    """Words of a reference that look alike; what HTML, PDF and DOCX make of them is theirs."""

    text: str
    italic: bool = False
    href: str = ""
    language: str = ""
    """Set where it is not the document's language."""


class Source(Frozen, frozen=True, kw_only=True):
    """A source in the words of a reader: never a path, never a person."""

    id: str
    kind: SourceKind
    title: Words
    publisher: str = ""
    url: str = ""
    locator: str = ""
    published_on: str = ""
    consulted_on: str = ""
    language: str = ""
    reference: dict[str, tuple[Run, ...]] = {}
    """The whole reference by language, finished; empty for a source that is no reference."""
    call: Words = {}
    """How a sentence names the reference: its author and year, the number of a law."""


class Question(Frozen, frozen=True, kw_only=True):
    """A question put to the group, to be copied whole before its answer."""

    id: str
    text: Words
    tags: tuple[str, ...] = ()


class CallQuestion(Frozen, frozen=True, kw_only=True):
    """A question of a call; `answers` names the group's own questions whose adopted texts answer it."""

    id: str
    text: Words
    answers: tuple[str, ...] = ()


Confidentiality = Literal["public", "name_withheld", "confidential"]


class Call(Frozen, frozen=True, kw_only=True):
    """A call for contributions that the group answers."""

    id: str
    to: Words
    title: Words = {}
    questions: tuple[CallQuestion, ...] = ()
    words: int = 0
    """The most words that it takes; 0 where nobody told."""
    due_on: str = ""
    confidentiality: Confidentiality = "confidential"
    asked_by: Words = {}
    """Who asked for the confidentiality; never a name."""
    recipient: str = ""
    """To whom it goes, as the consent ledger names them: several calls may be of one recipient."""

    @property
    def recipients(self) -> tuple[str, ...]:
        """What a consent may name to allow words to this call."""
        return tuple(one for one in (self.id, self.recipient) if one)

    @property
    def audience(self) -> Literal["public", "recipient"]:
        """For whom the answer is: a published one that bears the name is for everybody."""
        return "public" if self.confidentiality == "public" else "recipient"


class Request(Frozen, frozen=True, kw_only=True):
    """Who asked, on which occasion, when."""

    by: Words
    occasion: Words = {}
    date: str = ""
    questions: tuple[Question, ...] = ()


class Level(Frozen, frozen=True, kw_only=True):
    """A level of the group's own scale of agreement."""

    id: str
    label: Words


class Answer(Frozen, frozen=True, kw_only=True):
    """What the evaluation says of one item of a standard: where it is told, or why it was not done."""

    item: int
    where: Words = {}
    not_done: Words = {}


class Standard(Frozen, frozen=True, kw_only=True):
    """A reporting standard that the annex maps, with the answers that the evaluation wrote itself."""

    id: Literal["coreq", "srqr"]
    answers: tuple[Answer, ...] = ()


class Proofread(Frozen, frozen=True, kw_only=True):
    """Which people concerned proofread plain words, and in which month; never a name."""

    by: Words
    month: str


class ReportField(Frozen, frozen=True, kw_only=True):
    """A field of a funder's portal, and the longest text that it takes; 0 where it tells none."""

    id: str
    label: Words
    limit: int = 0
    measure: Counting = "characters"
    holds: ReportPart = ""


class Report(Frozen, frozen=True, kw_only=True):
    """A report that is due to a funder: in which shape, for how much, under which agreement."""

    funder: str
    """Its id; the files are named by it."""
    name: Words
    form: ReportForm
    amount: int | float | None = None
    agreement: str = ""
    signed_on: str = ""
    start: str = ""
    end: str = ""
    due_on: str = ""
    fields: tuple[ReportField, ...] = ()


class Identity(Frozen, frozen=True, kw_only=True):
    """How the association is declared; empty where it did not write it."""

    declared_as: str = ""
    rna: str = ""
    siret: str = ""


class RecordKind(Frozen, frozen=True, kw_only=True):
    """A kind of thing that can be counted of the work: how it adds up, how often it takes place."""

    id: str
    """The subject of the table that counts it, where there is one."""
    label: Words
    measure: str
    frequency: Words = {}


class Setting(Frozen, frozen=True, kw_only=True):
    """What the evaluation is: everything that a document says about it and that nobody counts."""

    slug: str
    title: Words
    organisation: str
    fictional: bool = False
    indexed: bool = False
    """Whether the association wants search engines to find what it publishes."""
    status: Literal["planned", "running", "finished"]
    start: str
    end: str
    languages: tuple[str, ...] = ()
    objectives: tuple[Words, ...] = ()
    themes: tuple[str, ...] = ()
    partners: tuple[Words, ...] = ()
    funders: tuple[Words, ...] = ()
    reports: tuple[Report, ...] = ()
    """Told in the report to each funder, and nowhere else."""
    identity: Identity = Identity()
    activities: tuple[Words, ...] = ()
    """What the project did, where nobody counted it."""
    records: tuple[RecordKind, ...] = ()
    not_documented: tuple[Words, ...] = ()
    request: Request | None = None
    calls: tuple[Call, ...] = ()
    withheld: tuple[str, ...] = ()
    """Names that may not stand in the document at hand: set for an answer that withholds them, never kept."""
    public_source: Source | None = None
    """Set for a page about a real project made from public facts alone: nobody there reviewed it."""
    removal_contact: Words = {}
    method: dict[str, Words] = {}
    """Sections of the method sheet by name: `facilitation`, `recruitment`, `absent`, `limits`, …"""
    deviations: tuple[Words, ...] = ()
    standards: tuple[Standard, ...] = ()
    """Reporting standards that the evaluation asked to map in an annex."""
    course: tuple[tuple[str, str], ...] = ()
    """(month, kind) of each meeting of several people: `workshop`, `session` or `meeting`; never a place."""
    adoption: Words = {}
    """How the whole was adopted, in the group's words."""
    taken_back: Words = {}
    """What people took back since, by kind; nothing else of what was adopted has changed."""
    withdrawal: Words = {}
    """How to take one's word back."""
    scales: dict[str, tuple[Level, ...]] = {}
    proofread: dict[str, Proofread] = {}
    """By language; without it, plain words are not called FALC."""
