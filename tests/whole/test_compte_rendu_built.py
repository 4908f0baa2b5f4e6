"""The report of the fictional town, the whole way: from the budget's file to the page and the PDF."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import page
import pytest
from built import ROOT, Draft, plain

pytestmark = pytest.mark.slow
BUDGET = ROOT / "evaluations" / "exemple-fictif" / "sources" / "budget.csv"
TOLD = {"fr": ("60 000", "54 200", "55 400", "45 000"), "en": ("60,000", "54,200", "55,400", "45,000")}


@pytest.fixture(scope="module")
def made(exemple: dict[str, Draft]) -> dict[str, Draft]:
    return {name: draft for name, draft in exemple.items() if name.startswith("compte-rendu")}


def test_there_is_one_report_a_funder_and_language_for_the_funder_alone(made: dict[str, Draft]) -> None:
    stems = {f"compte-rendu-ville.funder.{lang}" for lang in ("fr", "en")}
    assert set(made) == {f"{stem}.{ending}" for stem in stems for ending in ("html", "pdf")}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_every_amount_of_the_file_and_every_total_is_printed(
    made: dict[str, Draft], lang: str, ending: str
) -> None:
    draft = made[f"compte-rendu-ville.funder.{lang}.{ending}"]
    with BUDGET.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    words = plain(draft.text)
    for row in rows:
        assert plain(row[f"ligne_{lang}"]) in words
        for column in ("prevu", "realise"):
            n = int(row[column])
            shown = f"{n:,}" if lang == "en" else f"{n:,}".replace(",", "")
            assert plain(shown) in words, (row["id"], column)
    assert all(plain(total) in words for total in TOLD[lang])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_is_light_accessible_and_holds_no_note_of_the_portal_too_long(
    made: dict[str, Draft], lang: str
) -> None:
    pdf, site = made[f"compte-rendu-ville.funder.{lang}.pdf"], made[f"compte-rendu-ville.funder.{lang}.html"]
    assert page.is_pdf_compliant_bytes(pdf.data, profile=page.ValidationProfile.PDF_UA_1)
    assert len(site.data) < 300_000 and len(pdf.data) < 1_000_000
    assert not re.search(r"[Tt]rop long|Too long", site.text)


def test_the_notebook_runs_by_itself_and_for_no_other_funder(
    made: dict[str, Draft], build_folder: Path, tmp_path: Path
) -> None:
    own = {"AVIS_BUILD": str(build_folder), "AVIS_LANG": "fr", "AVIS_AS_OF": "2026-01-01"}
    command = [sys.executable, "-m", "papermill", "notebooks/70-compte-rendu.ipynb"]
    command += [str(tmp_path / "out.ipynb"), "--no-progress-bar"]
    for more, code in (((), 0), (("-p", "bailleur", "rivages"), 1)):
        done = subprocess.run(
            [*command, *more], cwd=ROOT, env=os.environ | own, capture_output=True, text=True, check=False
        )
        assert bool(done.returncode) == bool(code), done.stderr
        assert ("RUN-006" in done.stderr) == bool(code)
