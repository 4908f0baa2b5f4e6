"""From files to documents: records that add up to what a page published give its numbers back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest
from bs4 import BeautifulSoup
from given_fourteen import ALSO, READ, SYSTEMS, Fiche, fiche_of, numbers, plain
from given_records import copy_log, write_records
from pypdf import PdfReader

from avis.errors import AvisError
from avis.exhibits import Exhibits, Table
from avis.folders import find
from avis.sealing import load

pytestmark = pytest.mark.slow
Lang = Literal["fr", "en"]
LANGUAGES: tuple[Lang, ...] = ("fr", "en")
COUNTED = [slug for slug, told in SYSTEMS.items() if told]


@pytest.fixture(autouse=True)
def throw_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Build beside the invented log, in the folder that goes away."""
    monkeypatch.setenv("AVIS_BUILD", str(tmp_path / "build"))
    monkeypatch.setenv("AVIS_AS_OF", "2026-12-01")
    monkeypatch.setenv("AVIS_LANG", "fr")


def hand_over(folder: Path) -> Exhibits:
    """Count, protect, audit, seal, and read what was sealed: what notebooks 10 to 40 do, without kernels."""
    from avis.steps.protection import hand_exhibits_over, protect_together

    hand_exhibits_over(protect_together(str(folder)))
    return load(find(str(folder)).exhibits)


def first_slots(fiche: Fiche) -> dict[str, str]:
    return {label: slots[0] for label, slots in fiche.rows.items()}


@pytest.mark.parametrize("slug", COUNTED)
def test_records_give_the_published_numbers_back(slug: str, tmp_path: Path) -> None:
    exhibits = hand_over(write_records(slug, tmp_path))
    assert exhibits.verdict.passed
    counted = {item.subject for item in exhibits.exhibits if isinstance(item, Table)}
    for table in (item for item in exhibits.exhibits if isinstance(item, Table)):
        assert table.evidence.sources == ("activities",), "counted, not taken over"
    assert len(counted) == sum(not told.beside for told in SYSTEMS[slug])
    for lang in LANGUAGES:
        fiche = fiche_of(exhibits, lang)
        assert first_slots(fiche) == {told.label(lang): told.printed(lang) for told in SYSTEMS[slug]}
        allowed = {told.n for told in SYSTEMS[slug]} | ALSO[slug] | {READ}
        assert numbers(fiche.text) <= allowed, "no sum of people, no count of another time"
        for told in SYSTEMS[slug]:
            assert f"{told.label(lang)} {told.printed(lang)}" in fiche.paper


@pytest.mark.parametrize("slug", [slug for slug, told in SYSTEMS.items() if not told])
def test_records_of_what_no_page_counts_put_no_number_into_a_fiche(slug: str, tmp_path: Path) -> None:
    exhibits = hand_over(write_records(slug, tmp_path))
    for lang in LANGUAGES:
        fiche = fiche_of(exhibits, lang)
        assert numbers(fiche.text) <= ALSO[slug] | {READ}
        unknown = "non documenté" if lang == "fr" else "not documented"
        assert set(first_slots(fiche).values()) <= {unknown}, "never zero"


@pytest.mark.parametrize("slug", COUNTED)
def test_a_total_that_is_public_already_is_shown_and_said_to_be_the_published_one(
    slug: str, tmp_path: Path
) -> None:
    exhibits = hand_over(write_records(slug, tmp_path, engaged_by_role=False, known=True))
    for lang in LANGUAGES:
        printed = first_slots(fiche_of(exhibits, lang))
        assert printed == {told.label(lang): told.printed(lang) for told in SYSTEMS[slug]}


def test_few_people_of_whom_no_page_tells_are_hidden(tmp_path: Path) -> None:
    exhibits = hand_over(write_records("cinema-crepitement", tmp_path, engaged_by_role=False))
    engaged = {told.fr for told in SYSTEMS["cinema-crepitement"] if told.kind == "engaged"}
    fiche = fiche_of(exhibits, "fr")
    assert {label for label, slot in first_slots(fiche).items() if slot == "masqué"} == engaged
    assert not {3, 4} & numbers(fiche.text) and exhibits.verdict.hidden >= len(engaged)


def test_a_second_copy_of_the_log_stops_the_build_instead_of_doubling_the_numbers(tmp_path: Path) -> None:
    folder = write_records("force-du-groupe", tmp_path)
    copy_log(folder)
    with pytest.raises(AvisError) as stopped:
        hand_over(folder)
    assert any(problem.code.startswith("SRC-") for problem in stopped.value.problems)


def test_the_command_makes_the_same_numbers_of_the_same_records(tmp_path: Path) -> None:
    folder = write_records("force-du-groupe", tmp_path)
    command = (sys.executable, "-m", "avis.cli", "build", str(folder), "--lang", "all")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for lang in LANGUAGES:
        draft = tmp_path / "build" / "force-du-groupe" / "brouillon" / f"fiche.public.{lang}"
        page = plain(
            BeautifulSoup(draft.with_name(f"{draft.name}.html").read_text("utf-8"), "html.parser").text
        )
        paper = plain(" ".join(one.extract_text() for one in PdfReader(f"{draft}.pdf").pages))
        for told in SYSTEMS["force-du-groupe"]:
            assert f"{told.label(lang)} {told.printed(lang)}" in page
            assert f"{told.label(lang)} {told.printed(lang)}" in paper


def test_the_same_log_is_drawn_for_the_same_name(tmp_path: Path) -> None:
    one, other = (write_records("eva", tmp_path / name) for name in ("one", "other"))
    log = Path("sources") / "activites.csv"
    assert (one / log).read_bytes() == (other / log).read_bytes()
