"""An answer to a call on its whole way: built with consent, refused without, gone once taken back."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from avis.cli import main
from avis.editions.register import read_register
from avis.errors import Problems

EXEMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
WORDS = "the letter costs me a day"
STEM = "contribution-langues-2025.recipient"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("appel") / "exemple-fictif"
    ignored = shutil.ignore_patterns("build", "publications", "registre*", "revue.yaml")
    shutil.copytree(EXEMPLE, found, ignore=ignored)
    return found


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-01")
    monkeypatch.setenv("AVIS_LANG", "fr")
    monkeypatch.delenv("AVIS_BUILD", raising=False)


def build(folder: Path) -> int:
    return main(["build", str(folder), "--document", "contribution", "--lang", "fr", "--to", "html,pdf"])


def drafts(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "build" / "brouillon").glob("*"))


def test_it_builds_for_its_recipient_with_the_words_agreed_for_her(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(folder) == 0
    assert drafts(folder) == [f"{STEM}.fr.html", f"{STEM}.fr.pdf"]
    page = (folder / "build" / "brouillon" / f"{STEM}.fr.html").read_text(encoding="utf-8")
    assert WORDS in page
    counted = re.search(r"(\d+) mots sur 1\s500", page)
    assert counted and f"{counted[1]} mots sur 1" in capsys.readouterr().out
    paper = PdfReader(io.BytesIO((folder / "build" / "brouillon" / f"{STEM}.fr.pdf").read_bytes()))
    assert WORDS in " ".join(" ".join(one.extract_text() for one in paper.pages).split())


def test_its_edition_is_for_one_recipient_and_the_register_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release = ["release", str(folder), "--call", "langues-2025", "--lang", "fr"]
    assert main(release) == 1
    lines = capsys.readouterr().out.split("readings:")[1]
    review = "readings:" + lines.replace('by: ""', 'by: "Une lectrice"', 1)
    review = review.replace('by: ""', 'by: "Une autre"', 1).replace('by: ""', 'by: "Le conseil"', 1)
    (folder / "revue.yaml").write_text(review, encoding="utf-8")
    assert main(release) == 0, capsys.readouterr()
    (edition,) = read_register(folder, Problems()).values()
    assert edition.issued.audience == "recipient"
    names = {one.name for one in edition.issued.files}
    assert names == {f"{STEM}.fr.{ending}" for ending in ("html", "pdf", "docx")} | {"MANIFEST.json"}
    assert "at06-03" in {one.id for one in edition.issued.held}
    assert main(["verify", str(folder / "publications" / edition.issued.edition)]) == 0
    to = ["--to", "Bureau fictif", "--organisation"]
    sent = ["sent", str(folder), "--draft", "--call", "langues-2025", *to]
    assert main(sent) == 0
    noted = list(read_register(folder, Problems()).values())[-1].issued
    assert (noted.draft, noted.audience) == (True, "recipient")
    assert {one.name for one in noted.files} == {f"{STEM}.fr.html", f"{STEM}.fr.pdf"}
    assert "at06-03" in {one.id for one in noted.held}


def test_taken_back_from_the_recipient_the_words_go_and_the_build_says_where_they_were(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = folder / "sources" / "consentements.csv"
    rows = ledger.read_text(encoding="utf-8").splitlines()
    (row,) = (line for line in rows if line.endswith(";rapporteuse-fictive"))
    cells = row.split(";")
    cells[10] = "2025-01-20"  # retire_le
    ledger.write_text("\n".join([*(";".join(cells) if line == row else line for line in rows), ""]), "utf-8")
    assert build(folder) == 1
    told = capsys.readouterr().err
    assert "TXT-050" in told and "62-appel-a2.fr.md, ligne 8" in told and WORDS not in told
    assert not [name for name in drafts(folder) if name.startswith("contribution")]
    text = folder / "textes" / "62-appel-a2.fr.md"
    text.write_text(text.read_text(encoding="utf-8").replace("{parole}`at06-03`\n", ""), encoding="utf-8")
    assert build(folder) == 0
    assert WORDS not in (folder / "build" / "brouillon" / f"{STEM}.fr.html").read_text(encoding="utf-8")
