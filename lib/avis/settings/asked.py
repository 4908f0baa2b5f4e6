"""Who asked what, who paid, which calls the group answers, whose page the facts are from."""

from __future__ import annotations

from typing import Literal

from avis.exhibits import Words
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


class Call(Part, frozen=True):
    """A call for contributions that the group answers, such as one of a United Nations rapporteur."""

    id: str
    to: Words
    title: Words = {}
    questions: tuple[AskedQuestion, ...] = ()
    words: int = 0
    """The most words that a contribution may have; 0 where nobody told."""
    due_on: str = ""
    confidentiality: Literal["public", "name_withheld", "confidential"] = "confidential"


class PublicSource(Part, frozen=True):
    """The public page that an evaluation of a real project rests on."""

    title: Words
    publisher: str
    consulted_on: str
    url: str = ""
    published_on: str = ""


class Funder(Part, frozen=True):
    """Who paid, and in which shape a report is due."""

    name: Words
    id: str = ""
    """How the report's files are named; asked for where there is a report."""
    report: Literal["", "cerfa-15059", "fami"] = ""


class Proofread(Part, frozen=True):
    """Who, of the people concerned, proofread a text in plain words; never a name."""

    by: Words
    on: str
    """The month."""
