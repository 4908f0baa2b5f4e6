"""`avis release` then `avis verify`, as people run them: searched, described, made again byte for byte."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import docx
import msgspec
import pytest
import yaml
from docx.oxml.ns import qn
from lxml import html as markup
from pypdf import PdfReader
from test_annex import checked_crate, checked_package
from test_whole_release import contents, released

from avis.cli import main
from avis.editions.manifest import FOLDER, NAME, read_manifest, sha256_of, write_manifest
from avis.editions.register import TakenBack, append
from avis.errors import Problems
from avis.release import rebuild
from avis.release.package import software
from avis.sealing import load, seal

pytestmark = pytest.mark.slow
Captured = pytest.CaptureFixture[str]
OF_THE_SCREEN = "//svg | //style | //title | //script | " + " | ".join(
    f"//*[@class='{name}']" for name in ("skip", "hint", "menu", "shut", "back")
)
"""What a page says to machines, or of how to use it."""


@pytest.fixture
def edition(exemple: Path, capsys: Captured) -> Path:
    folder = released(exemple, capsys)
    capsys.readouterr()
    return folder


def _lines(word: Any) -> list[str]:
    """Give the paragraphs of a Word file, a line break in one as a space."""
    parts = (p.iter(qn("w:t"), qn("w:br")) for p in word.iter(qn("w:p")))
    return ["".join(part.text or "" if part.tag == qn("w:t") else " " for part in found) for found in parts]


def test_it_holds_what_the_standards_ask_and_says_the_same_in_each_format(edition: Path) -> None:
    files = contents(edition)
    tables = {name: data for name, data in files.items() if name.endswith(".csv")}
    checked_package(json.loads(files["datapackage.json"]), tables)
    described = {name: data for name, data in files.items() if name not in (NAME, "ro-crate-metadata.json")}
    checked_crate(json.loads(files["ro-crate-metadata.json"]), described)
    assert yaml.safe_load(files["CITATION.cff"])["version"] == edition.name
    manifest = read_manifest(edition, Problems())
    assert manifest is not None and manifest.scan is not None and manifest.audit is not None
    assert manifest.scan.plants > 20 and {"codes", "texts"} <= set(manifest.scan.lists)
    assert "interval" not in files[NAME].decode().casefold()
    for stem in ("avis.public.fr", "fiche.public.fr"):
        page = markup.fromstring(files[f"{stem}.html"].decode())
        for node in page.xpath(OF_THE_SCREEN):
            node.drop_tree()
        word = docx.Document(io.BytesIO(files[f"{stem}.docx"])).element.body
        told = [re.sub(r"\s+|[«»“”]", "", "".join(line.itertext(qn("w:t")))) for line in word.iter(qn("w:p"))]
        printed = "".join(one.extract_text() for one in PdfReader(io.BytesIO(files[f"{stem}.pdf"])).pages)
        words = set(re.findall(r"\w{4,}", " ".join(page.itertext()).casefold()))
        assert words == set(re.findall(r"\w{4,}", " ".join(_lines(word)).casefold()))
        dense = re.sub(r"\s+|[«»“”]|\(\d+\)", "", printed)
        lost = [line for line in told if len(line) > 60 and re.sub(r"\(\d+\)", "", line) not in dense]
        assert len(lost) < len(told) / 10, lost  # a page break or a box may fall inside a line of the PDF


def test_where_the_evaluation_is_it_is_made_again_the_same(
    exemple: Path, edition: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert main(["verify", str(edition)]) == 0
    told = capsys.readouterr().out
    assert "octet pour octet" in told and "connaît cette édition" in told
    copy = shutil.copytree(edition, tmp_path / "copie")
    assert main(["verify", str(copy)]) == 0
    assert "octet pour octet" not in capsys.readouterr().out
    assert main(["verify", str(copy), "--evaluation", str(exemple)]) == 0
    assert "octet pour octet" in capsys.readouterr().out


def test_a_forged_copy_whose_manifest_was_made_to_fit_is_found(
    exemple: Path, edition: Path, tmp_path: Path, capsys: Captured
) -> None:
    copy = shutil.copytree(edition, tmp_path / "copie")
    page = copy / "avis.public.fr.html"
    page.write_text(page.read_text(encoding="utf-8").replace("porte", "porta"), encoding="utf-8")
    manifest = read_manifest(copy, Problems())
    assert manifest is not None
    files = tuple(msgspec.structs.replace(one, sha256=sha256_of(copy / one.name)) for one in manifest.files)
    write_manifest(copy, msgspec.structs.replace(manifest, files=files))
    assert main(["verify", str(copy)]) == 0  # nobody can tell without the evaluation
    assert main(["verify", str(copy), "--evaluation", str(exemple)]) == 1
    told = capsys.readouterr().err
    assert "REL-060 avis.public.fr.html" in told and "REL-062" in told


def test_what_changed_since_is_said_and_is_no_forgery(
    exemple: Path, edition: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(rebuild, "software", lambda: {**software(), "typst": "99.0"})
        assert main(["verify", str(edition)]) == 0
    told = capsys.readouterr().out
    assert "pas un faux" in told and "typst" in told and "99.0" in told
    path = exemple / "build" / "private" / "exhibits.json"
    exhibits = load(path)
    setting = msgspec.structs.replace(exhibits.setting, title={"fr": "Un autre titre", "en": "Another"})
    path.write_bytes(seal(msgspec.structs.replace(exhibits, setting=setting)))
    assert main(["verify", str(edition)]) == 0
    told = capsys.readouterr().out
    assert "ont changé depuis" in told and "avis.public.fr.html" in told and "donnees/" not in told


def test_one_that_was_taken_back_is_said_to_be(
    exemple: Path, edition: Path, tmp_path: Path, capsys: Captured
) -> None:
    copy = shutil.copytree(edition, tmp_path / "copie")
    append(exemple, [TakenBack(edition=edition.name, on="2026-01-01")])
    assert main(["verify", str(copy), "--evaluation", str(exemple)]) == 1
    assert "retiré" in capsys.readouterr().out


def test_a_name_in_a_document_keeps_the_edition_from_going_out(exemple: Path, capsys: Captured) -> None:
    code = (exemple / "sources" / "personnes.csv").read_text(encoding="utf-8").splitlines()[1].split(";")[0]
    text = next((exemple / "textes").glob("*.fr.md"))
    text.write_text(text.read_text(encoding="utf-8") + f"\nMerci à {code}.\n", encoding="utf-8")
    assert main(["release", str(exemple), "--lang", "fr"]) == 1
    told = capsys.readouterr().err
    assert "REL-050 avis.public.fr.html" in told and "REL-050 avis.public.fr.docx" in told
    assert "REL-010" in told and code not in told  # every reason at once, and none of the words
    assert not (exemple / FOLDER).exists() and not (exemple / "build" / "private" / "examen").exists()


def test_a_folder_that_the_register_does_not_know_stops_the_next_edition(
    exemple: Path, edition: Path, capsys: Captured
) -> None:
    (exemple / FOLDER / "2025-01-01-00000000").mkdir()
    review = exemple / "revue.yaml"
    review.write_text(
        review.read_text(encoding="utf-8").replace("2026-01-01", "2025-12-31"), encoding="utf-8"
    )
    assert main(["release", str(exemple), "--lang", "fr"]) == 1
    assert "REL-053" in capsys.readouterr().err
    (exemple / FOLDER / "2025-01-01-00000000").rmdir()
    assert main(["release", str(exemple), "--lang", "fr"]) == 0
