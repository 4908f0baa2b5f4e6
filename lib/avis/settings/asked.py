"""Who asked what, who paid, which calls the group answers, whose page the facts are from."""

from __future__ import annotations

from typing import Literal

from avis.exhibits import Words
from avis.setting import Counting, ReportForm, ReportPart
from avis.settings.part import Part


class AskedQuestion(Part, frozen=True):
    """A question put to the group."""

    id: str
    text: Words
    tags: tuple[str, ...] = ()


class RequestPart(Part, frozen=True):
    """Who asked what, on which occasion."""

    by: Words
    occasion: Words = {}
    date: str = ""
    questions: tuple[AskedQuestion, ...] = ()


class CallQuestion(Part, frozen=True):
    """A question of a call; `answers` names questions of the request whose adopted texts answer it."""

    id: str
    text: Words
    answers: tuple[str, ...] = ()


class Call(Part, frozen=True):
    """A call for contributions that the group answers, such as one of a United Nations rapporteur."""

    id: str
    to: Words
    title: Words = {}
    questions: tuple[CallQuestion, ...] = ()
    words: int = 0
    """The most words that a contribution may have; 0 where nobody told."""
    due_on: str = ""
    confidentiality: Literal["public", "name_withheld", "confidential"] = "confidential"
    asked_by: Words = {}
    """Who asked for the confidentiality, in words: a role, never a name."""
    recipient: str = ""
    """How the consent ledger names who gets it; without it, a consent names the call."""

    @property
    def audience(self) -> Literal["public", "recipient"]:
        """For whom the answer is: what is published under the name is for everybody, the rest for one."""
        return "public" if self.confidentiality == "public" else "recipient"


class PublicSource(Part, frozen=True):
    """The public page that an evaluation of a real project rests on."""

    title: Words
    publisher: str
    consulted_on: str
    url: str = ""
    published_on: str = ""


class Agreement(Part, frozen=True):
    """What was agreed with a funder: how much, for which months, under which number."""

    number: str = ""
    signed_on: str = ""
    amount: float | None = None
    """In euros; none where nobody wrote it."""
    start: str = ""
    end: str = ""
    """First and last month paid for; the whole period where they are not told."""
    due_on: str = ""
    """Until when the report is due."""


class PortalField(Part, frozen=True):
    """A field of the funder's portal, and the longest text that it takes."""

    id: str
    label: Words
    limit: int = 0
    """0 where the portal tells none."""
    measure: Counting = "characters"
    holds: ReportPart = ""
    """The part of the report that goes there, unless a passage was written for this very field."""


class Funder(Part, frozen=True):
    """Who paid, and in which shape a report is due."""

    name: Words
    id: str = ""
    """How the report's files are named; asked for where there is a report."""
    report: ReportForm = ""
    agreement: Agreement = Agreement()
    fields: tuple[PortalField, ...] = ()


class Proofread(Part, frozen=True):
    """Who, of the people concerned, proofread a text in plain words; never a name."""

    by: Words
    on: str
    """The month."""
