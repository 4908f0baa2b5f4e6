"""All of `evaluation.yaml`, typed: what an evaluation is, counts, and decides."""

from __future__ import annotations

from typing import Literal

from avis.exhibits import Words
from avis.settings.asked import Agreement as Agreement
from avis.settings.asked import AskedQuestion as AskedQuestion
from avis.settings.asked import Call as Call
from avis.settings.asked import CallQuestion as CallQuestion
from avis.settings.asked import Funder as Funder
from avis.settings.asked import PortalField as PortalField
from avis.settings.asked import Proofread as Proofread
from avis.settings.asked import PublicSource as PublicSource
from avis.settings.asked import RequestPart as RequestPart
from avis.settings.part import Part
from avis.settings.protection import DEFAULT_THRESHOLD as DEFAULT_THRESHOLD
from avis.settings.protection import Combined as Combined
from avis.settings.protection import Disclosure as Disclosure
from avis.settings.protection import Formerly as Formerly
from avis.settings.protection import Processing as Processing
from avis.settings.protection import Retention as Retention
from avis.settings.protection import VaultPart as VaultPart
from avis.settings.sources import AnswerScale as AnswerScale
from avis.settings.sources import Indicator as Indicator
from avis.settings.sources import Item as Item
from avis.settings.sources import Label as Label
from avis.settings.sources import RecordKind as RecordKind
from avis.settings.sources import Scale as Scale
from avis.settings.sources import ScaleLevel as ScaleLevel
from avis.settings.sources import ShownQuestion as ShownQuestion
from avis.settings.sources import Sources as Sources
from avis.settings.sources import SurveySource as SurveySource

Document = Literal["avis", "restitution", "compte-rendu", "contribution", "fiche"]


class Organisation(Part, frozen=True):
    """Whose evaluation it is; `fictional` puts a banner on every page."""

    name: str
    fictional: bool = False
    declared_as: str = ""
    """Its name in the register of associations, where a funder asks for it and it is another one."""
    rna: str = ""
    siret: str = ""


class Period(Part, frozen=True):
    """First and last month or year."""

    start: str
    end: str


class Settings(Part, frozen=True, forbid_unknown_fields=True):
    """All of `evaluation.yaml`, typed."""

    title: Words
    organisation: Organisation
    period: Period
    status: Literal["planned", "running", "finished"]
    languages: tuple[Literal["fr", "en"], ...] = ("fr", "en")
    documents: tuple[Document, ...] = ("avis",)
    indexed: bool = False
    """Whether search engines may list what is published for everybody."""
    proofread: dict[str, Proofread] = {}
    """By language: who proofread the plain words. Without it, they are not called FALC."""
    objectives: tuple[Words, ...] = ()
    themes: tuple[str, ...] = ()
    """Under which themes a portfolio lists it; `portefeuille.yaml` beside the evaluations names them."""
    partners: tuple[Words, ...] = ()
    funders: tuple[Funder, ...] = ()
    activities: tuple[Words, ...] = ()
    not_documented: tuple[Words, ...] = ()
    follows: str = ""
    """The evaluation before this one: what its avis asked goes on here."""
    request: RequestPart | None = None
    calls: tuple[Call, ...] = ()
    records: tuple[RecordKind, ...] = ()
    """Which kinds of things can be counted of the work, those without any number too."""
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

    def variants(self, document: str) -> tuple[str, ...]:
        """Tell which documents of a kind there are: a report a funder, a contribution a call."""
        if document == "compte-rendu":
            return tuple(funder.id for funder in self.funders if funder.report)
        if document == "contribution":
            return tuple(call.id for call in self.calls)
        return ("",)

    def audience_of(self, document: str, variant: str) -> str:
        """Tell for whom a document is whatever is asked for; nothing where it may be for several.

        An answer to a call is for everybody or for its recipient, as its confidentiality tells.
        """
        if document != "contribution":
            return ""
        return next((call.audience for call in self.calls if call.id == variant), "")
