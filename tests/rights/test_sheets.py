"""Consent sheets: one page, read aloud by a machine too, no name asked, no word made up for a speaker."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import msgspec
import page
import pytest
from pypdf import PdfReader

from avis.cli import main
from avis.consent.ledger import APART, SCOPES
from avis.errors import Problems
from avis.evaluation import Evaluation, open_evaluation
from avis.rights.sheets import make_sheets, pictos
from avis.rights.wording import copy_templates, keep_version, packaged, read_wording

FOLDER = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    shutil.copytree(FOLDER, tmp_path / "essai", ignore=shutil.ignore_patterns("build", "publications"))
    return open_evaluation(tmp_path / "essai")


def among(evaluation: Evaluation, minors: str) -> Evaluation:
    return replace(evaluation, settings=msgspec.structs.replace(evaluation.settings, minors=minors))


def told(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def dense(text: str) -> str:
    """Without spaces: where lines break is nobody's concern."""
    return "".join(text.split())


def own_words(evaluation: Evaluation, lang: str, *changes: tuple[str, str]) -> Path:
    (path,) = copy_templates(evaluation, (lang,)) if lang in ("fr", "en") else (None,)
    if path is None:
        copy_templates(evaluation, ("en",))
        path = evaluation.folders.root / "accord" / f"feuille.{lang}.toml"
        path.write_bytes((path.parent / "feuille.en.toml").read_bytes())
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("minors", ["none", "all"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_sheet_is_one_tagged_page_that_says_all_and_asks_no_name(
    evaluation: Evaluation, lang: str, minors: str
) -> None:
    wording = packaged(lang)
    assert wording is not None
    (sheet,) = make_sheets(among(evaluation, minors), lang, wording)
    text = told(sheet.pdf)
    for scope in (*SCOPES, *APART):
        assert wording.words.scopes[scope] in text
    for key, words in wording.words.text.items():
        assert key in ("signed", "ask") or dense(words) in dense(text), key
    assert wording.version in text and "Association Exemple" in text
    assert len(PdfReader(io.BytesIO(sheet.pdf)).pages) == 1
    assert (wording.words.minors["own"] in text) == (minors == "all")
    assert page.validate_pdf_bytes(sheet.pdf, profile=page.ValidationProfile.PDF_UA_1).is_compliant


def test_an_evaluation_with_some_minors_has_both_sheets(evaluation: Evaluation) -> None:
    made = make_sheets(among(evaluation, "some"), "fr", packaged("fr"))
    assert [sheet.name for sheet in made] == ["feuille-fr.pdf", "feuille-mineurs-fr.pdf"]


def test_no_sheet_ever_sends_a_minor_to_a_parent() -> None:
    for lang in ("fr", "en"):
        wording = packaged(lang)
        assert wording is not None
        words = wording.source.lower()
        assert not any(word in words for word in ("parent", "mère", "père", "mother", "father", "famille"))


def test_the_words_say_that_nobody_proofread_them_until_somebody_did(evaluation: Evaluation) -> None:
    signed = ('signed_by = ""\nsigned_on = ""', 'signed_by = "trois membres"\nsigned_on = "2025-03-15"')
    own_words(evaluation, "fr", signed)
    before, after = packaged("fr"), read_wording(evaluation, "fr", Problems())
    assert before is not None and after is not None
    assert "Pas encore relus" in told(make_sheets(evaluation, "fr", before)[0].pdf)
    text = told(make_sheets(evaluation, "fr", after)[0].pdf)
    assert "relus par trois membres, 15 mars 2025" in text and "Pas encore" not in text
    assert "FALC" not in before.source
    assert after.version == before.version  # who proofread it does not change what was said


def test_a_word_changed_is_a_new_version_and_both_are_kept(evaluation: Evaluation) -> None:
    first = packaged("fr")
    assert first is not None
    own_words(evaluation, "fr", ("Vous choisissez.", "C’est vous qui choisissez."))
    second = read_wording(evaluation, "fr", Problems())
    assert second is not None and second.version != first.version
    kept = [keep_version(evaluation, one) for one in (first, second)]
    assert [path.read_text(encoding="utf-8") for path in kept] == [first.source, second.source]


@pytest.mark.parametrize("lang", ["pcm", "bin", "ro"])
def test_no_word_is_made_up_in_a_language_that_nobody_here_speaks(evaluation: Evaluation, lang: str) -> None:
    wording = read_wording(evaluation, lang, Problems())
    (sheet,) = make_sheets(evaluation, lang, wording)
    text = told(sheet.pdf)
    assert wording is None
    assert "À écrire et à relire par une locutrice" in text
    french, english = packaged("fr"), packaged("en")
    assert french is not None and english is not None
    assert all(one.words.text["no_name"] in text for one in (french, english))
    assert "no_name" not in text  # she writes words, not keys of a file


def test_a_speakers_words_stay_to_be_reviewed_until_she_signs(evaluation: Evaluation) -> None:
    path = own_words(evaluation, "pcm")
    wording = read_wording(evaluation, "pcm", Problems())
    assert "À RELIRE" in told(make_sheets(evaluation, "pcm", wording)[0].pdf)
    text = path.read_text(encoding="utf-8")
    text = text.replace('signed_by = ""', 'signed_by = "a speaker"').replace(
        'signed_on = ""', 'signed_on = "2025-03-15"'
    )
    path.write_text(text, encoding="utf-8")
    signed = read_wording(evaluation, "pcm", Problems())
    assert "À RELIRE" not in told(make_sheets(evaluation, "pcm", signed)[0].pdf)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('title = "', "title = "), "CON-020"),
        (('yes = "oui"\n', ""), "CON-021"),
        (('yes = "oui"', 'yes = ""'), "CON-021"),
        (('yes = "oui"', "yes = 1"), "CON-021"),
        (('yes = "oui"', 'yes = "oui"\nautre = "x"'), "CON-021"),
        (('version = "1"', 'version = "../../1"'), "CON-021"),
        (('signed_by = ""', 'signed_by = "trois membres"'), "CON-022"),
        (('signed_on = ""', 'signed_on = "mars"'), "CON-022"),
    ],
)
def test_a_file_of_words_that_is_not_whole_is_refused(
    evaluation: Evaluation, change: tuple[str, str], code: str
) -> None:
    own_words(evaluation, "fr", change)
    problems = Problems()
    assert read_wording(evaluation, "fr", problems) is None
    assert [item.code for item in problems] == [code]


def test_words_are_never_read_through_a_link_that_leaves_the_folder(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    path = own_words(evaluation, "fr")
    path.rename(tmp_path / "ailleurs.toml")
    path.symlink_to(tmp_path / "ailleurs.toml")
    problems = Problems()
    assert read_wording(evaluation, "fr", problems) is None
    assert [item.code for item in problems] == ["EVA-022"]


def test_no_word_of_a_file_is_read_as_code(evaluation: Evaluation) -> None:
    strange = 'Vous #panic() choisissez. \\" ) $x$ <b>.'
    own_words(evaluation, "fr", ("Vous choisissez.", strange.replace("\\", "\\\\").replace('\\\\"', '\\"')))
    wording = read_wording(evaluation, "fr", Problems())
    assert wording is not None
    assert "#panic()" in told(make_sheets(evaluation, "fr", wording)[0].pdf)


def test_long_words_still_fit_on_one_page(evaluation: Evaluation) -> None:
    own_words(evaluation, "fr", ("Vous choisissez.", "Vous choisissez ce que vous voulez bien dire. " * 6))
    wording = read_wording(evaluation, "fr", Problems())
    (sheet,) = make_sheets(among(evaluation, "all"), "fr", wording)
    assert len(PdfReader(io.BytesIO(sheet.pdf)).pages) == 1


def test_every_scope_has_a_drawing_of_its_own() -> None:
    drawn = pictos()
    assert {*SCOPES, *APART} <= drawn.keys()
    assert len(set(drawn.values())) == len(drawn)
    assert all("<text" not in svg and 'stroke="#000"' in svg for svg in drawn.values())


def test_copied_words_are_never_written_over(evaluation: Evaluation) -> None:
    path = own_words(evaluation, "fr", ("Vous choisissez.", "À vous de choisir."))
    assert copy_templates(evaluation, ("fr", "en")) != []
    assert copy_templates(evaluation, ("fr", "en")) == []
    assert "À vous de choisir." in path.read_text(encoding="utf-8")


def test_a_sheet_longer_than_a_page_says_so(
    evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    own_words(evaluation, "fr", ("Vous choisissez.", "Vous choisissez. " * 300))
    folder = evaluation.folders.private / "accord"
    assert main(["consent", str(evaluation.folders.root), "--lang", "fr,en"]) == 0
    told = capsys.readouterr().out
    assert told.count("CON-024") == 1 and "feuille-fr.pdf" in told.partition("CON-024")[2]
    pages = {path.name: len(PdfReader(path).pages) for path in folder.iterdir()}
    assert pages["feuille-fr.pdf"] > 1 and pages["feuille-en.pdf"] == 1


def test_words_of_a_sheet_are_never_read_as_code(evaluation: Evaluation) -> None:
    code = "#panic() $x$ *a* _b_ `c` #read(/etc/passwd) ] } @ref <lab> #{1+1}"
    own_words(evaluation, "fr", ("Vous choisissez.", code))
    (sheet,) = make_sheets(evaluation, "fr", read_wording(evaluation, "fr", Problems()))
    assert dense(code) in dense(told(sheet.pdf))
