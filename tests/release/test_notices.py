"""A notice stands in the place of every document: neutral, in both languages, readable by everybody."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import re
from pathlib import Path

import docx
import page
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pypdf import PdfReader

from avis.editions.copies import verify_copy
from avis.editions.manifest import (
    FOLDER,
    NAME,
    Audited,
    Listed,
    Manifest,
    read_manifest,
    sha256_of,
    write_manifest,
)
from avis.errors import Problems
from avis.rights import notices
from avis.rights.notices import Signed, replace_by_notice

ID = "2026-01-01-0123abcd"
TODAY = dt.date(2026, 2, 3)
WORDS = "Le bureau ferme avant la fin de mon travail"
CONTACT = {"fr": "l’accueil, avis@exemple.example", "en": "the desk, avis@exemple.example"}
SIGNED = Signed("Association Exemple", CONTACT, fictional=True)
NAMES = (
    "avis.public.en.docx",
    "avis.public.en.html",
    "avis.public.en.pdf",
    "avis.public.fr.docx",
    "avis.public.fr.html",
    "avis.public.fr.pdf",
)
FRENCH_PAGE, ENGLISH_PDF, FRENCH_PDF = NAMES[4], NAMES[2], NAMES[5]
TABLES = ("donnees/age.csv", "datapackage.json", "ro-crate-metadata.json", "CITATION.cff")


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    folder = tmp_path / FOLDER / ID
    folder.mkdir(parents=True)
    (folder / "donnees").mkdir()
    for name in (*NAMES, *TABLES):
        (folder / name).write_text(WORDS)
    (folder / "images").mkdir()
    (folder / "images" / "a.svg").write_text(WORDS)
    listed = tuple(Listed(name=path.name, sha256=sha256_of(path)) for path in folder.glob("*.*"))
    audit = Audited(passed=True, threshold=11, cells=99, hidden=3)
    write_manifest(folder, Manifest(edition=ID, on="2026-01-01", files=listed, audit=audit))
    return folder


def pdf_text(path: Path) -> str:
    return " ".join(
        " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(path.read_bytes())).pages).split()
    )


def test_no_byte_of_the_edition_is_left(edition: Path) -> None:
    made = replace_by_notice(edition, ("fr", "en"), TODAY, SIGNED)
    assert [path.name for path in made] == list(NAMES)
    assert sorted(path.name for path in edition.rglob("*") if path.is_file()) == sorted((NAME, *NAMES))
    for path in edition.rglob("*"):
        assert path.is_file() and WORDS.encode() not in path.read_bytes()  # no folder is left either


def test_whoever_opens_the_word_file_reads_the_notice(edition: Path) -> None:
    replace_by_notice(edition, ("fr", "en"), TODAY, SIGNED)
    told = [one.text for one in docx.Document(str(edition / NAMES[3])).paragraphs]
    assert "Document retiré" in told and any("3 février 2026" in line for line in told)
    assert any(CONTACT["fr"] in line for line in told)


def test_each_notice_says_the_same_in_both_languages_its_own_first(edition: Path) -> None:
    replace_by_notice(edition, ("fr", "en"), TODAY, SIGNED)
    french, english = pdf_text(edition / FRENCH_PDF), pdf_text(edition / ENGLISH_PDF)
    for told in (french, english):
        assert "Document retiré" in told and "Document withdrawn" in told
        assert "3 février 2026" in told and "3 February 2026" in told
        assert CONTACT["fr"] in told and CONTACT["en"] in told
        assert "Association Exemple" in told and ID in told
    assert french.index("retiré") < french.index("withdrawn")
    assert english.index("withdrawn") < english.index("retiré")
    assert '<html lang="fr">' in (edition / FRENCH_PAGE).read_text(encoding="utf-8")
    assert 'lang="en"' in (edition / FRENCH_PAGE).read_text(encoding="utf-8")


def test_it_gives_no_reason_and_points_at_nothing(edition: Path) -> None:
    replace_by_notice(edition, ("fr", "en"), TODAY, SIGNED)
    told = pdf_text(edition / FRENCH_PDF).casefold()
    for word in (
        "parole",
        "citation",
        "passage",
        "personne qui",
        "quote",
        "words",
        "because",
        "parce que",
        "motif",
    ):
        assert word not in told


def test_the_manifest_says_retire_and_lets_an_old_copy_be_recognised(edition: Path) -> None:
    before = {path.name: sha256_of(path) for path in edition.glob("*.*") if path.name != NAME}
    replace_by_notice(edition, ("fr", "en"), TODAY, SIGNED)
    problems = Problems()
    manifest = verify_copy(edition, problems)
    assert manifest is not None and not problems.items
    assert manifest.status == "taken_back" and manifest.taken_back_on == "2026-02-03"
    assert {one.name: one.sha256 for one in manifest.replaced} == before
    assert manifest.audit is None  # what was counted has no place any more


def test_done_twice_it_stays_the_same(edition: Path) -> None:
    replace_by_notice(edition, ("fr", "en"), TODAY, SIGNED)
    before = {path.name: path.read_bytes() for path in edition.glob("*.*")}
    replace_by_notice(edition, ("fr", "en"), TODAY, SIGNED)
    assert {path.name: path.read_bytes() for path in edition.glob("*.*")} == before


def test_killed_in_the_middle_it_is_finished_by_the_next_run(
    edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []
    whole = notices.write_whole

    def fails_at_the_third(path: Path, content: bytes, shared: bool = False) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(path)
        whole(path, content, shared)

    monkeypatch.setattr(notices, "write_whole", fails_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        replace_by_notice(edition, ("fr", "en"), TODAY, SIGNED)
    monkeypatch.undo()
    replace_by_notice(edition, ("fr", "en"), TODAY, SIGNED)
    manifest = read_manifest(edition, Problems())
    assert manifest is not None and len(manifest.replaced) == len(NAMES) + 3  # those at the top of the folder
    assert not any(WORDS.encode() in path.read_bytes() for path in edition.rglob("*.*"))


def test_what_a_link_leads_to_is_left_alone(edition: Path) -> None:
    outside = edition.parents[1] / "sources"
    outside.mkdir()
    (outside / "a.html").write_text("a source")
    (edition / "link.html").symlink_to(outside / "a.html")
    (edition / "folder").symlink_to(outside, target_is_directory=True)
    replace_by_notice(edition, ("fr",), TODAY, SIGNED)
    assert (outside / "a.html").read_text() == "a source"
    assert not (edition / "link.html").exists() and not (edition / "folder").exists()


def test_without_a_manifest_words_go_all_the_same(edition: Path) -> None:
    (edition / NAME).write_bytes(b"\xff")
    replace_by_notice(edition, ("fr",), TODAY)
    assert not any(WORDS.encode() in path.read_bytes() for path in edition.rglob("*.*"))
    assert "Document retiré" in pdf_text(edition / FRENCH_PDF)


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert replace_by_notice(tmp_path / FOLDER / ID, ("fr",), TODAY) == []
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_release_left_beside_it_goes_too(edition: Path) -> None:
    left = edition.with_name(f".{ID}.9.tmp")
    left.mkdir()
    (left / "avis.public.fr.html").write_text(WORDS)
    replace_by_notice(edition, ("fr",), TODAY)
    assert not left.exists()


def test_the_page_asks_for_nothing_and_the_pdf_meets_its_standard(edition: Path) -> None:
    replace_by_notice(edition, ("fr", "en"), TODAY, SIGNED)
    html = (edition / FRENCH_PAGE).read_text(encoding="utf-8")
    style = re.search(r"<style>(.*?)</style>", html, re.S)
    assert style and "default-src 'none'" in html.replace("&#39;", "'")
    assert base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode() in html
    assert "<script" not in html and 'content="noindex"' in html
    for name in (ENGLISH_PDF, FRENCH_PDF):
        report = page.validate_pdf_bytes(
            (edition / name).read_bytes(), profile=page.ValidationProfile.PDF_UA_1
        )
        assert report.is_compliant and not report.failures


@pytest.mark.browser
def test_the_page_has_no_fault_of_access_and_fits_a_phone(edition: Path, browser: Browser) -> None:
    replace_by_notice(edition, ("fr", "en"), TODAY, SIGNED)
    sheet = browser.new_page(viewport={"width": 320, "height": 640})
    sheet.goto((edition / FRENCH_PAGE).as_uri())
    assert sheet.evaluate("document.documentElement.scrollWidth") == 320
    result = Axe().run(sheet)
    assert result.violations_count == 0, result.generate_report()
    sheet.close()
