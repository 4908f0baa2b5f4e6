"""Passages for funders: each fills a part of the form or a field of a portal, and stands nowhere else."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from given_text import GIVEN

from avis.errors import Problems
from avis.exhibits import Exhibits, Report, ReportField
from avis.writing.text import read_passages

FIELDS = (ReportField(id="resume", label={"fr": "Résumé"}),)
REPORT = Report(funder="ville", name={"fr": "Ville"}, form="cerfa-15059", fields=FIELDS)
DUE = msgspec.structs.replace(GIVEN, setting=msgspec.structs.replace(GIVEN.setting, reports=(REPORT,)))


def read(
    folder: Path, place: str, *places: str, exhibits: Exhibits = DUE
) -> tuple[list[str], list[str], Problems]:
    (folder / "70-a.fr.md").write_text(f"---\nplace: {place}\n---\n\nUn accueil.\n", encoding="utf-8")
    problems = Problems()
    found = read_passages(folder, "fr", exhibits, problems, "funder", places)
    return [passage.place for passage in found], [item.code for item in problems], problems


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("bilan", "report:implementation"),
        ("report", "report:implementation"),
        ("compte-rendu", "report:implementation"),
        ("bilan:lieux", "report:places"),
        ("bilan:charges-indirectes", "report:indirect"),
        ("report:in_kind", "report:in_kind"),
        ("bilan:resume", "report:resume"),
    ],
)
def test_a_passage_names_a_part_or_a_field_in_french_or_english(
    tmp_path: Path, place: str, found: str
) -> None:
    assert read(tmp_path, place, "report")[:2] == ([found], [])


def test_a_part_that_no_form_has_is_told_with_those_that_exist(tmp_path: Path) -> None:
    _, codes, problems = read(tmp_path, "bilan:resumes", "report")
    assert codes == ["TXT-048"]
    assert "resume" in str(problems.items[0].facts) and problems.items[0].place.line == 2


def test_other_documents_do_not_read_what_is_for_funders(tmp_path: Path) -> None:
    assert read(tmp_path, "bilan")[0] == []
    assert read(tmp_path, "introduction", "report")[0] == []
