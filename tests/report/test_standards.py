"""The annex of reporting standards: where each item is told, or why not; never how many."""

from __future__ import annotations

import re

import msgspec
import pytest
from given_compose import RICH

from avis.exhibits import Exhibits
from avis.report.compose import compose_avis
from avis.report.compose.standards import ITEMS, WHERE, blanks
from avis.report.document import Document, Grid, Heading, Link
from avis.report.html.page import render_html
from avis.report.outline import plain
from avis.setting import Answer, Standard


def asking(*standards: Standard, **sections: dict[str, str]) -> Exhibits:
    exhibits = RICH
    setting = msgspec.structs.replace(exhibits.setting, standards=standards, method=sections)
    return msgspec.structs.replace(exhibits, setting=setting)


def annex(document: Document) -> dict[str, Grid]:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    return {grid.id: grid for grid in grids if grid.id.startswith("standard-")}


def composed(exhibits: Exhibits, language: str = "fr") -> Document:
    return compose_avis(exhibits, (), language, "public")  # type: ignore[arg-type]


def test_without_being_asked_for_there_is_no_annex() -> None:
    document = composed(asking())
    assert annex(document) == {}
    assert not any(isinstance(block, Heading) and block.id == "part-standards" for block in document.blocks)


@pytest.mark.parametrize(("name", "items"), [("coreq", 32), ("srqr", 21)])
def test_every_item_has_a_row_in_both_languages(name: str, items: int) -> None:
    exhibits = asking(Standard(id=name))  # type: ignore[arg-type]
    for language in ("fr", "en"):
        grid = annex(composed(exhibits, language))[f"standard-{name}"]
        assert [plain(row[0].content) for row in grid.rows] == [str(n) for n in range(1, items + 1)]
        assert len({plain(row[1].content) for row in grid.rows}) == items


def test_an_item_that_the_document_tells_leads_there() -> None:
    exhibits = asking(Standard(id="coreq"), refusals={"fr": "Deux refus."})
    document = composed(exhibits)
    answer = annex(document)["standard-coreq"].rows[12][2]
    assert isinstance(answer.content[0], Link)
    assert answer.content[0].href == "#part-method-refusals"
    assert plain(annex(composed(asking(Standard(id="coreq"))))["standard-coreq"].rows[12][2].content) == (
        "non renseigné"
    )


def test_what_the_evaluation_wrote_stands_instead() -> None:
    answers = (
        Answer(item=13, not_done={"fr": "personne n’a compté"}),
        Answer(item=21, where={"fr": "dans les notes"}),
    )
    rows = annex(composed(asking(Standard(id="coreq", answers=answers))))["standard-coreq"].rows
    assert plain(rows[12][2].content) == "Pas fait\xa0: personne n’a compté"
    assert plain(rows[20][2].content) == "dans les notes"


def test_no_score_and_no_percentage_is_printed() -> None:
    document = composed(asking(Standard(id="coreq"), Standard(id="srqr")))
    page = render_html(document)
    section = page[page.index('id="part-standards"') :]
    section = section[: section.index("<h2", 10)] if "<h2" in section[10:] else section
    assert not re.search(r"\d\s*%|\d+\s*(/|sur)\s*(32|21)", re.sub(r"<[^>]+>", " ", section))


def test_blanks_are_the_items_that_the_annex_prints_as_such() -> None:
    sections = {"refusals": {"fr": "x"}, "ties": {"fr": "y"}, "steps": {"fr": "z"}}
    for name in ITEMS:
        standard = Standard(id=name, answers=(Answer(item=2, where={"fr": "ici"}),))  # type: ignore[arg-type]
        rows = annex(composed(asking(standard, **sections)))[f"standard-{name}"].rows
        printed = {n for n, row in enumerate(rows, 1) if row[2].state == "not_documented"}
        assert set(blanks(standard, sections)) <= printed
        unsure = printed - set(blanks(standard, sections))
        assert all(not part.startswith("method-") for n in unsure for part in WHERE[name][n])
