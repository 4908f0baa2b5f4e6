"""What a kind of document is stands in several rooms that may not import each other: they say the same."""

from __future__ import annotations

import argparse
from typing import get_args

from avis.cli.parser import make_parser
from avis.exhibits import HOUSE
from avis.pipeline.plan import DOCUMENTS, EXPORTERS, FORMATS, STEPS
from avis.pipeline.portfolio import DOCUMENT
from avis.report import exporters
from avis.report.compose import COMPOSERS, READERS
from avis.settings import Document
from avis.writing import call_places, places

BY_KIND = {step.document: step for step in STEPS if step.document}


def choices(option: str) -> set[str]:
    """What `avis build` admits for an option."""
    (commands,) = (a for a in make_parser()._actions if isinstance(a, argparse._SubParsersAction))
    (action,) = (a for a in commands.choices["build"]._actions if option in a.option_strings)
    return set(action.choices or ())


def test_what_can_be_asked_for_planned_and_composed_are_the_same_kinds() -> None:
    assert set(get_args(Document)) == set(DOCUMENTS) == set(COMPOSERS)
    assert choices("--document") == {*DOCUMENTS, DOCUMENT, "all"}


def test_the_plan_makes_a_document_for_those_alone_who_may_have_it() -> None:
    for kind, step in BY_KIND.items():
        assert step.only == READERS.get(kind, ())
        assert step.audience in (step.only or HOUSE)


def test_the_plan_knows_every_word_by_which_a_place_of_a_report_or_a_call_begins() -> None:
    assert set(BY_KIND["compte-rendu"].places) == set(places._KINDS)
    assert set(BY_KIND["contribution"].places) == set(call_places._KINDS)


def test_every_format_has_its_exporter_and_its_ending() -> None:
    assert set(FORMATS) < set(EXPORTERS)
    for ending, name in EXPORTERS.items():
        assert getattr(exporters, name)().file_extension == f".{ending}"
