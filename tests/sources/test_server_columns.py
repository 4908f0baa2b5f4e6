"""Kobo's and ODK's exports without their form: refused, since only it tells names and places from answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from survey_files import write_csv

from avis.errors import Problems
from avis.settings import SurveySource
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.forms import read_any_form
from avis.sources.surveys.servers import silent_columns
from avis.sources.surveys.tables import read_tables
from avis.sources.surveys.wave import read_exports

KOBO = [
    ["avis", "lieu", "_lieu_latitude", "photo_URL", "_uuid", "_submission_time", "_submitted_by"],
    ["Oui", "48.85 2.35 0 0", "48.85", "https://x.example/p.jpg", "u1", "2024-03-05T10:00:00", "marie"],
]
ODK = [
    ["SubmissionDate", "avis", "lieu-Latitude", "lieu-Longitude", "SubmitterName", "KEY"],
    ["2024-03-05T09:11:00.000Z", "Oui", "48.85", "2.35", "Marie Dupont", "uuid:1"],
]
SOURCE = SurveySource(id="essai", file="essai")


@pytest.mark.parametrize("rows", [KOBO, ODK])
def test_an_export_of_a_server_without_its_form_is_refused(rows: list[list[str]], tmp_path: Path) -> None:
    problems = Problems()
    exports = open_exports([write_csv(tmp_path / "a.csv", rows)], problems)
    survey = read_exports(exports, None, SOURCE, (), problems)
    assert [item.code for item in problems.errors] == ["SRC-255"]
    assert survey.values.empty and not len(survey.records) and survey.proposed is None


def test_with_a_codebook_its_own_columns_and_places_stay_out(tmp_path: Path) -> None:
    book = [["question", "id", "type", "choices"], ["avis", "avis", "select_one", "Oui; Non"]]
    book += [["lieu", "lieu", "text", ""], ["_submitted_by", "qui", "text", ""]]
    problems = Problems()
    form = read_any_form(*write_csv(tmp_path / "codebook.csv", book), problems)
    exports = open_exports([write_csv(tmp_path / "a.csv", KOBO)], problems)
    survey = read_exports(exports, form, SOURCE, (), problems)
    assert not problems.errors
    assert survey.values["avis"].tolist() == ["oui"]
    assert "48.85" not in survey.raw.to_csv() and "marie" not in survey.raw.to_csv()
    assert {"lieu", "_submitted_by"} <= set(survey.left_out)


def test_a_table_of_nobodys_server_keeps_its_columns(tmp_path: Path) -> None:
    rows = [["avis", "start", "today", "key"], ["Oui", "a", "b", "c"]]
    exports = open_exports([write_csv(tmp_path / "a.csv", rows)], Problems())
    assert silent_columns(read_tables(exports, Problems())[0][0]) == frozenset()
