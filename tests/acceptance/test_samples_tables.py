"""Real tables that nobody of this project wrote; expected values were computed without this code."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from avis.errors import Problems
from avis.files.sheets import Sheet, read_sheets

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "tables"


def sample(name: str) -> tuple[Sheet, Problems]:
    if not SAMPLES.is_dir():
        pytest.skip("the real samples (../shared/samples) are not here")
    problems = Problems()
    (sheet,) = read_sheets(SAMPLES / name, name, problems)
    return sheet, problems


def test_a_csv_whose_header_stands_three_times() -> None:
    sheet, problems = sample("a_test_file.csv")
    frame = sheet.frame
    assert len(frame) == 404
    assert (frame["NUMCOM"].iloc[0], frame["NUMCOM"].nunique()) == ("01001", 397)
    shares = pd.to_numeric(frame["TXCOUVGLO_COM_2014"], errors="coerce")
    assert shares.isna().sum() == 3
    assert shares.sum() == pytest.approx(23_888.2)
    assert json.loads(frame["GEO_INFO"].iloc[0])["type"] == "Point"
    assert [(p.code, p.place.line, p.severity) for p in problems] == [
        ("SRC-019", 2, "warning"),
        ("SRC-019", 3, "warning"),
    ]


def test_an_ods_with_dates_as_text() -> None:
    sheet, problems = sample("laureats_dataconnexions.ods")
    assert sheet.frame.shape == (3, 5)
    assert sheet.frame["Date de la cérémonie"].unique().tolist() == ["29/05/2012"]
    assert sheet.frame["Année"].unique().tolist() == ["2012"]
    assert not list(problems)


def test_an_ods_that_calls_itself_xls_with_dates_before_1970() -> None:
    sheet, problems = sample("frup_ods_named.xls")
    assert sheet.frame.shape == (5, 8)
    assert list(sheet.frame.columns[[0, 4]]) == ["NOM (FONDATION)", "ADRESSE SIEGE SOCIAL"]
    assert sheet.frame["DATE DE RECONNAISSANCE D'UTILITE PUBLIQUE"].iloc[0] == "1906-05-16"
    assert sheet.frame["CP"].iloc[0] == "75005"
    assert not list(problems)
