"""Lines that the evaluator combines in `evaluation.yaml`: all follows, and mistakes are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from avis.checking.check import check
from avis.disclosure.choosing import choice
from avis.errors import AvisError
from avis.exhibits import Chart, Exhibits, Table
from avis.folders import Folders
from avis.steps.protection import hand_exhibits_over, protect_together
from avis.writing.numbers import Refused, printed

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
PLAIN = "disclosure: {threshold: 11}"
CHOSEN = """disclosure:
  threshold: 11
  combine:
    - {variable: age_band, values: [46-59, 60+], id: 46+, label: {fr: 46 ans et plus, en: 46 and over}}"""
WRONG = """disclosure:
  threshold: 11
  combine:
    - {variable: age_bnad, values: [46-59, 60+]}
    - {variable: age_band, values: [60+, 46-95]}
    - {variable: year, values: ["2023", "2024"]}
    - {variable: age_band, values: [18-25]}"""


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AVIS_BUILD", str(tmp_path / "build"))
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-01")
    monkeypatch.setenv("AVIS_LANG", "fr")
    folder = tmp_path / "exemple-fictif"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("build"))
    return folder


def choose(folder: Path, decision: str) -> None:
    path = folder / "evaluation.yaml"
    text = path.read_text(encoding="utf-8")
    assert PLAIN in text
    path.write_text(text.replace(PLAIN, decision), encoding="utf-8")


def by_age(exhibits: Exhibits) -> Table:
    found = exhibits.get("personnes-accompagnees-age_band")
    assert isinstance(found, Table)
    return found


def test_what_is_combined_is_printed_and_called_by_its_own_name(copy: Path) -> None:
    choose(copy, CHOSEN)
    exhibits = hand_exhibits_over(protect_together(str(copy))).exhibits
    table = by_age(exhibits)
    assert "hidden" not in {cell.status for cell in table.cells}
    assert table.dimensions[0].values[-1].label["fr"] == "46 ans et plus"
    assert (
        "46 ans et plus" not in table.evidence.rule["fr"] and "«\u00a060+\u00a0»" in table.evidence.rule["fr"]
    )
    assert printed("personnes-accompagnees[age_band=46+]", exhibits, "fr")[0] == "12"
    assert printed("personnes-accompagnees[tranche_age=46+]", exhibits, "fr")[0] == "12"
    with pytest.raises(Refused, match="TXT-014"):
        printed("personnes-accompagnees[age_band=60+]", exhibits, "fr")
    charts = [item for item in exhibits.exhibits if isinstance(item, Chart) and item.table == table.id]
    assert charts


def test_without_a_choice_the_same_lines_are_hidden(copy: Path) -> None:
    table = by_age(hand_exhibits_over(protect_together(str(copy))).exhibits)
    assert sum(cell.status == "hidden" for cell in table.cells) == 2


def test_a_choice_that_cannot_be_is_told_with_its_line_before_and_while_protecting(copy: Path) -> None:
    choose(copy, WRONG)
    told = [item for item in check(Folders(copy)) if item.code.startswith("DIS-")]
    assert [item.code for item in told] == ["DIS-060", "DIS-061", "DIS-062", "DIS-064"]
    assert all(item.place.file == "evaluation.yaml" and item.place.line for item in told)
    assert len({item.place.line for item in told}) == 4
    assert dict(told[0].facts)["hint"] == "age_band" and dict(told[1].facts)["hint"] == "46-59"
    assert "age_band" in dict(told[0].facts)["known"].split(", ")
    with pytest.raises(AvisError) as raised:
        protect_together(str(copy))
    while_protecting = [(item.code, item.place) for item in raised.value.problems]
    assert while_protecting == [(item.code, item.place) for item in told]


def test_an_example_that_combines_rightly_passes_the_check(copy: Path) -> None:
    choose(copy, CHOSEN)
    assert [item.code for item in check(Folders(copy)) if item.severity == "error"] == []


def test_where_all_was_hidden_because_a_search_was_left_the_evaluator_is_told(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "DIS-033" not in [item.code for item in protect_together(str(copy)).problems.items]
    monkeypatch.setattr(choice, "LARGE", 0)
    monkeypatch.setattr(choice, "is_crowded", lambda group, demands: True)
    shielded = protect_together(str(copy))
    assert "DIS-033" in [item.code for item in shielded.problems.items]
    assert shielded.protected.passed and shielded.protected.whole
