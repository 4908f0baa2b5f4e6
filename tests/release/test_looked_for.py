"""What no edition may hold is gathered from the evaluation, and its own documents raise no alarm."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from avis.errors import Problems
from avis.evaluation import Evaluation, open_evaluation
from avis.exhibits import Audience, Exhibits
from avis.release.allowed import LONGEST, allowed_texts
from avis.release.looked_for import looked_for
from avis.release.papers import compose_papers
from avis.scanning.scan import Report, scan
from avis.scanning.wanted import Wanted
from avis.sealing import load
from avis.vault.contents import Contents, Name

pytestmark = pytest.mark.slow


@pytest.fixture
def opened(exemple: Path) -> Evaluation:
    return open_evaluation(exemple)


@pytest.fixture
def exhibits(opened: Evaluation) -> Exhibits:
    return load(opened.folders.exhibits)


def gathered(opened: Evaluation, exhibits: Exhibits, audience: Audience = "public") -> Wanted:
    return looked_for(opened, exhibits, compose_papers(opened, exhibits, ("fr",), audience, Problems()))


def found(folder: Path, wanted: Wanted, text: str) -> set[str]:
    (folder / "a.html").write_text(f"<p>{text}</p>", encoding="utf-8")
    return {hit.kind for hit in scan(folder, wanted).hits}


def texts(wanted: Wanted, kind: str) -> list[str]:
    return [term.text for term in wanted.terms if term.kind == kind]


@pytest.mark.parametrize(("audience", "files"), [("public", 8), ("members", 4)])
def test_the_documents_of_the_example_raise_no_alarm_in_either_language(
    opened: Evaluation, exhibits: Exhibits, tmp_path: Path, audience: Audience, files: int
) -> None:
    for path in opened.folders.drafts.glob(f"*.{audience}.*"):
        shutil.copy(path, tmp_path)
    report: Report = scan(tmp_path, gathered(opened, exhibits, audience))
    assert report.files >= files
    assert (report.hits, report.unread) == ((), ())


def test_what_the_group_said_to_its_members_alarms_where_the_public_reads(
    opened: Evaluation, exhibits: Exhibits, tmp_path: Path
) -> None:
    shutil.copy(opened.folders.drafts / "restitution.members.fr.html", tmp_path)
    assert {hit.kind for hit in scan(tmp_path, gathered(opened, exhibits)).hits} == {"raw_text"}


def test_raw_words_that_nobody_allowed_are_found_and_quotes_are_not(
    opened: Evaluation, exhibits: Exhibits, tmp_path: Path
) -> None:
    wanted = gathered(opened, exhibits)
    alarming = [text for text in texts(wanted, "raw_text") if found(tmp_path, wanted, text) == {"raw_text"}]
    quotes = [quote for quote in exhibits.exhibits if quote.__struct_config__.tag == "quote"]
    public = [one.text for quote in quotes if "public" in quote.audiences for one in quote.wordings]  # type: ignore[union-attr]
    others = [one.text for quote in quotes if "public" not in quote.audiences for one in quote.wordings]  # type: ignore[union-attr]
    assert len(alarming) > 20
    assert public
    assert all(found(tmp_path, wanted, text) == set() for text in public)
    assert not set(alarming) & set(public)
    assert all("raw_text" in found(tmp_path, wanted, text) for text in others if text in alarming)


def test_codes_of_people_and_of_slips_are_found(
    opened: Evaluation, exhibits: Exhibits, tmp_path: Path
) -> None:
    wanted = gathered(opened, exhibits)
    assert {"S8G9", "W9Z6"} <= set(texts(wanted, "person_code"))
    assert found(tmp_path, wanted, "<i id='x-s8g9'>NZ26DMCX</i>") >= {"person_code", "consent_code"}


def test_paths_of_this_computer_are_found(opened: Evaluation, exhibits: Exhibits, tmp_path: Path) -> None:
    wanted = gathered(opened, exhibits)
    assert "path" in found(tmp_path, wanted, f"{opened.folders.root}/build/private")


def test_names_that_readers_replaced_are_looked_for_even_without_a_key(
    opened: Evaluation, exhibits: Exhibits, tmp_path: Path
) -> None:
    wanted = gathered(opened, exhibits)
    assert texts(wanted, "name")
    assert all("name" in found(tmp_path, wanted, f"avec {name}") for name in texts(wanted, "name"))


def test_the_register_is_searched_where_the_key_is_and_said_to_be_missing_elsewhere(
    opened: Evaluation, exhibits: Exhibits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from avis.redaction.registers import Searched, known_people

    assert gathered(opened, exhibits).missing == ("people",)
    held = Contents(recipients=(), names=(Name(("zorvaxie", "benali"), ("S8G9",)),))
    open_register = Searched(known_people(held), "open", 1)
    monkeypatch.setattr("avis.release.looked_for.search_quietly", lambda _: open_register)
    wanted = gathered(opened, exhibits)
    assert ("people" in wanted.lists, wanted.missing) == (True, ())
    assert found(tmp_path, wanted, "Zorvaxié Benali") == {"name"}


def test_a_passage_that_copies_somebodys_words_is_no_licence_to_print_them(
    opened: Evaluation, exhibits: Exhibits
) -> None:
    raw = " ".join(f"mot{number}" for number in range(LONGEST + 4))
    passage = opened.folders.texts / "99-copie.fr.md"
    passage.write_text(f"Nous avons lu ceci : {raw}. Voilà.", encoding="utf-8")
    allowed = allowed_texts(opened, exhibits, "public", [raw])
    assert not any("mot3 mot4" in text for text in allowed)
    assert any("nous avons lu ceci" in text for text in allowed)
    passage.write_text("Nous avons lu mot3 mot4 mot5.", encoding="utf-8")
    assert any("mot3 mot4" in text for text in allowed_texts(opened, exhibits, "public", [raw]))


def test_what_another_audience_alone_may_read_is_not_allowed(opened: Evaluation, exhibits: Exhibits) -> None:
    quotes = [one for one in exhibits.exhibits if one.__struct_config__.tag == "quote"]
    public, members = (set(allowed_texts(opened, exhibits, who, ())) for who in ("public", "members"))  # type: ignore[arg-type]
    for quote in quotes:
        for wording in quote.wordings:  # type: ignore[union-attr]
            assert (wording.text in public) == ("public" in quote.audiences)  # type: ignore[union-attr]
            assert (wording.text in members) == ("members" in quote.audiences)  # type: ignore[union-attr]


def test_nothing_that_was_gathered_is_left_on_the_disk(opened: Evaluation, exhibits: Exhibits) -> None:
    before = set(opened.folders.build.rglob("*"))
    gathered(opened, exhibits)
    assert set(opened.folders.build.rglob("*")) == before
