"""Code slips: random, never twice, readable on paper, and kept by nobody but the person and her words."""

from __future__ import annotations

import io
import re
import shutil
import stat
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import page
import pytest
from pypdf import PdfReader

from avis.cli import main
from avis.errors import AvisError
from avis.evaluation import Evaluation, open_evaluation
from avis.rights import slips
from avis.rights.slips import (
    ALPHABET,
    ISSUED,
    LENGTH,
    PRINTED,
    draw_codes,
    hold_codes,
    make_slips,
    plain_code,
    printable,
)
from avis.rights.wording import Wording, Words, copy_templates, packaged
from avis.skeleton import create

FOLDER = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


@pytest.fixture
def evaluation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Evaluation:
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    monkeypatch.setenv("AVIS_LANG", "fr")
    shutil.copytree(FOLDER, tmp_path / "essai", ignore=shutil.ignore_patterns("build", "publications"))
    return open_evaluation(tmp_path / "essai")


def ours() -> list[Wording]:
    return [wording for lang in ("fr", "en") if (wording := packaged(lang)) is not None]


def told(pdf: bytes) -> str:
    return " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages).split())


def test_codes_are_of_signs_that_nobody_confuses(evaluation: Evaluation) -> None:
    codes = draw_codes(evaluation, 200, [])
    assert len(set(codes)) == 200
    assert all(re.fullmatch(f"[{ALPHABET}]{{{LENGTH}}}", code) for code in codes)
    assert not set("IO01") & set(ALPHABET)


def test_a_code_given_out_once_is_never_given_again(
    evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slips, "ALPHABET", "AB")
    monkeypatch.setattr(slips, "LENGTH", 3)
    first = draw_codes(evaluation, 4, ["aab", "A-B-A"])
    second = draw_codes(evaluation, 2, ["aab", "A-B-A"])
    assert {"AAB", "ABA"}.isdisjoint(first + second)
    assert len({*first, *second}) == 6


def test_what_is_kept_of_codes_tells_none_of_them_nor_their_order(evaluation: Evaluation) -> None:
    codes = draw_codes(evaluation, 30, [])
    path = evaluation.folders.root / "accord" / ISSUED
    lines = path.read_text(encoding="ascii").split()
    held = b"".join(file.read_bytes() for file in evaluation.folders.root.rglob("*") if file.is_file())
    assert lines == sorted(lines) and len(lines) == 30
    assert not any(code.encode() in held for code in codes)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_slips_are_tagged_paper_with_each_code_on_both_halves(evaluation: Evaluation) -> None:
    codes = draw_codes(evaluation, 7, [])
    pdf = make_slips(evaluation, codes, ours())
    text = told(pdf)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2
    assert [text.count(f"{code[:4]} {code[4:]}") for code in codes] == [2] * 7
    assert text.count("Sans nom. Sans dire pourquoi.") == 7 and text.count("No name. No reason.") == 7
    assert page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1).is_compliant


@pytest.mark.parametrize("key", ["keep", "lost", "team"])
def test_words_too_long_for_a_slip_are_refused_and_never_run_over_the_next(
    evaluation: Evaluation, key: str
) -> None:
    (french, english) = ours()
    code = french.words.code | {key: "Encore des mots. " * 120}
    long = replace(french, words=msgspec.structs.replace(french.words, code=code))
    with pytest.raises(AvisError, match="CON-025"):
        make_slips(evaluation, ["NZ26DMCX"], [long, english])


def test_a_long_address_breaks_and_does_not_run_into_the_next_language(evaluation: Evaluation) -> None:
    address = "une-adresse-bien-longue.pour-reprendre-ses-mots@association-exemple.example"
    processing = msgspec.structs.replace(evaluation.settings.processing, contact={"fr": address})
    settings = msgspec.structs.replace(evaluation.settings, processing=processing)
    pdf = make_slips(replace(evaluation, settings=settings), ["NZ26DMCX"], ours())
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text().replace("\u200b", "")
    assert address not in text and address in "".join(text.split())


@pytest.mark.slow
def test_two_hundred_slips_are_forty_pages_with_five_codes_each(evaluation: Evaluation) -> None:
    codes = draw_codes(evaluation, 200, [])
    pages = PdfReader(io.BytesIO(make_slips(evaluation, codes, ours()))).pages
    assert len(pages) == 40
    for number, one in enumerate(pages):
        text = one.extract_text()
        assert all(f"{code[:4]} {code[4:]}" in text for code in codes[5 * number : 5 * number + 5])
        assert (round(one.mediabox.width), round(one.mediabox.height)) == (595, 842)


def test_words_that_no_speaker_signed_stand_on_no_slip() -> None:
    (french, english) = ours()
    words = Words("1", english.words.text, english.words.scopes, english.words.minors, english.words.code)
    unsigned = Wording("pcm", words, "")
    assert printable([french, unsigned]) == [french]


@pytest.mark.parametrize("written", ["NZ26DMCX", "nz26 dmcx", " NZ26-DMCX\n"])
def test_a_code_is_the_same_however_it_is_written(written: str) -> None:
    assert plain_code(written) == "NZ26DMCX"


def test_the_command_prints_everything_in_one_private_folder(
    evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["consent", str(evaluation.folders.root), "--lang", "fr,bin", "--slips", "2"]) == 0
    folder = evaluation.folders.private / "accord"
    assert sorted(path.name for path in folder.iterdir()) == [
        "feuille-bin-a-ecrire.pdf",
        "feuille-fr.pdf",
        PRINTED,
    ]
    out = capsys.readouterr().out
    wording = packaged("fr")
    assert wording is not None and wording.version in out and "Imprimez, puis effacez" in out
    assert (evaluation.folders.root / "accord" / "versions" / f"fr.{wording.version}.toml").is_file()


def test_only_one_command_at_a_time_prints_codes(
    evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["consent", str(evaluation.folders.root), "--lang", "fr", "--slips", "2"]
    with hold_codes(evaluation):
        assert main(asked) == 1
        assert "CON-027" in capsys.readouterr().err
        assert not (evaluation.folders.private / "accord" / PRINTED).exists()
        assert not (evaluation.folders.root / "accord" / ISSUED).exists()
    assert main(asked) == 0


def test_a_missing_contact_is_told_before_the_papers_that_leave_it_open(
    evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    path = evaluation.folders.root / "evaluation.yaml"
    settings = path.read_text(encoding="utf-8")
    without = re.sub(r"(?m)^  contact:\n(    .*\n)+", "", settings)
    path.write_text(without, encoding="utf-8")
    assert main(["consent", str(evaluation.folders.root), "--lang", "fr"]) == 0
    assert "CON-026" not in capsys.readouterr().out  # how to take words back says whom to tell
    sheet = (evaluation.folders.private / "accord" / "feuille-fr.pdf").read_bytes()
    assert "dites-le à une personne de l’équipe" in told(sheet)
    path.write_text(re.sub(r"(?m)^removal_contact:\n(  .*\n)+", "", without), encoding="utf-8")
    assert main(["consent", str(evaluation.folders.root), "--lang", "fr"]) == 0
    out = capsys.readouterr().out
    assert 0 <= out.index("CON-026") < out.index("feuille-fr.pdf")


def test_an_association_still_to_be_named_is_told_before_its_papers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    assert main(["consent", str(create("neuf", tmp_path)), "--lang", "fr"]) == 0
    out = capsys.readouterr().out
    assert 0 <= max(out.index("EVA-036"), out.index("CON-026")) < out.index("feuille-fr.pdf")


@pytest.mark.parametrize(
    ("settings", "lang", "printed"),
    [
        ("[fr]", [], ["fr"]),
        ("[en, fr]", [], ["en", "fr"]),
        ("[fr]", ["--lang", "fr,bin"], ["bin-a-ecrire", "fr"]),
        ("[fr]", ["--lang", "all"], ["bin-a-ecrire", "en", "fr", "pcm-a-ecrire"]),
    ],
)
def test_sheets_are_printed_in_the_evaluations_languages_and_others_when_asked(
    evaluation: Evaluation, settings: str, lang: list[str], printed: list[str]
) -> None:
    path = evaluation.folders.root / "evaluation.yaml"
    text, many = re.subn(r"(?m)^languages: .*$", f"languages: {settings}", path.read_text(encoding="utf-8"))
    path.write_text(text if many else f"languages: {settings}\n{text}", encoding="utf-8")
    assert main(["consent", str(evaluation.folders.root), *lang]) == 0
    folder = evaluation.folders.private / "accord"
    assert sorted(file.stem for file in folder.iterdir()) == sorted(f"feuille-{one}" for one in printed)


def test_a_language_that_a_speaker_wrote_is_printed_unasked(evaluation: Evaluation) -> None:
    copy_templates(evaluation, ("en",))
    own = evaluation.folders.root / "accord" / "feuille.pcm.toml"
    (own.parent / "feuille.en.toml").rename(own)
    assert main(["consent", str(evaluation.folders.root)]) == 0
    assert (evaluation.folders.private / "accord" / "feuille-pcm.pdf").is_file()


def test_the_command_gives_the_rows_that_a_ledger_needs(
    evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = (evaluation.folders.root / "sources" / "consentements.csv").read_text(encoding="utf-8")
    row = next(line.split(";") for line in ledger.splitlines() if line.startswith("at05-01;"))
    assert main(["consent", str(evaluation.folders.root), "--lang", "fr", "--words", "at05-01"]) == 0
    header, given = capsys.readouterr().out.splitlines()[-2:]
    assert header.startswith("contribution;sha256;personne;code_retour;portee;accorde_le;formulation;langue")
    assert given.split(";")[:2] == row[:2]
    assert given.split(";")[4:6] == ["", ""]


def test_the_command_gives_the_rows_for_words_of_a_record_and_for_its_reasons(
    evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = (evaluation.folders.root / "sources" / "consentements.csv").read_text(encoding="utf-8")
    agreed = {line.split(";")[0]: line.split(";")[1] for line in ledger.splitlines()}
    assert main(["consent", str(evaluation.folders.root), "--words", "re01", "re01-n1"]) == 0
    given = [line.split(";")[:2] for line in capsys.readouterr().out.splitlines()[-2:]]
    assert given == [["re01", agreed["re01"]], ["re01-n1", agreed["re01-n1"]]]


def rewrite_at05(evaluation: Evaluation, line: str) -> None:
    """Put a line in the place of the paragraph at05-01; `{}` stands for what it was."""
    (note,) = (evaluation.folders.root / "sources" / "ateliers").glob("2024-01-20-*.md")
    lines = note.read_text(encoding="utf-8").splitlines()
    changed = [line.format(old) if old.startswith("{#at05-01}") else old for old in lines]
    assert changed != lines
    note.write_text("\n".join(changed) + "\n", encoding="utf-8")


def test_an_unknown_code_of_a_paragraph_is_told_and_keeps_no_row_back(
    evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite_at05(evaluation, "{} #codeinconnu")
    assert main(["consent", str(evaluation.folders.root), "--words", "at05-01"]) == 0
    out = capsys.readouterr().out
    assert "SRC-111" in out and out.splitlines()[-1].startswith("at05-01;")


def test_words_that_were_taken_back_get_no_row(
    evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite_at05(evaluation, "{{#at05-01}} [parole reprise]")
    assert main(["consent", str(evaluation.folders.root), "--words", "at05-01"]) == 1
    assert "CON-023" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["--lang", "français"], "CLI-020"),
        (["--lang", ""], "CLI-020"),
        (["--lang", "fr,all"], "CLI-020"),
        (["--slips", "501"], "CLI-021"),
        (["--slips", "-1"], "CLI-021"),
    ],
)
def test_what_cannot_be_printed_is_refused_before_anything_is_written(
    evaluation: Evaluation, asked: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(evaluation.folders.root.rglob("*"))
    assert main(["consent", str(evaluation.folders.root), *asked]) == 2
    assert code in capsys.readouterr().err
    assert sorted(evaluation.folders.root.rglob("*")) == before


def test_words_that_stand_in_no_note_are_told(
    evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["consent", str(evaluation.folders.root), "--words", "at99-01"]) == 1
    assert "CON-023" in capsys.readouterr().err
