"""`avis verify` for whoever was sent an edition, far from its evaluation: what it says, and how it ends."""

from __future__ import annotations

import os
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from avis.cli import main
from avis.editions.manifest import NAME, Listed, Manifest, encode_manifest, sha256_of, write_manifest

ID = "2026-01-01-0123abcd"
PAGE, TABLE = "avis.public.fr.html", "donnees/a.csv"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AVIS_LANG", "fr")
    folder = tmp_path / "reçu"
    (folder / "donnees").mkdir(parents=True)
    (folder / PAGE).write_bytes(b"<p>" * 1000)
    (folder / TABLE).write_bytes(b"a,n\r\nx,12\r\n")
    listed = tuple(Listed(name=name, sha256=sha256_of(folder / name)) for name in (PAGE, TABLE))
    write_manifest(folder, Manifest(edition=ID, on="2026-01-01", organisation="Exemple", files=listed))
    return folder


def changed_byte(folder: Path) -> None:
    data = bytearray((folder / PAGE).read_bytes())
    data[1234] ^= 1
    (folder / PAGE).write_bytes(data)


def grown(folder: Path) -> None:
    os.truncate(folder / PAGE, 3 * 2**30)  # a hole: three gigabytes that take no place


def link(folder: Path) -> None:
    (folder / PAGE).rename(folder.parent / "elsewhere")
    (folder / PAGE).symlink_to(folder.parent / "elsewhere")


def escaping(folder: Path) -> None:
    listed = (Listed(name=f"../{folder.name}/{PAGE}", sha256=sha256_of(folder / PAGE)),)
    (folder / NAME).write_bytes(encode_manifest(Manifest(edition=ID, on="2026-01-01", files=listed)))


DAMAGES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "one bit": (changed_byte, "REL-022", PAGE),
    "ends of lines": (lambda it: (it / TABLE).write_bytes(b"a,n\nx,12\n"), "REL-022", TABLE),
    "added": (lambda it: (it / "lettre.txt").write_text("x"), "REL-023", "lettre.txt"),
    "added by a system": (lambda it: (it / ".DS_Store").write_text("x"), "REL-023", ".DS_Store"),
    "decomposed": (
        lambda it: (it / unicodedata.normalize("NFD", "été.txt")).write_text("x"),
        "REL-023",
        unicodedata.normalize("NFD", "été.txt"),
    ),
    "missing": (lambda it: (it / TABLE).unlink(), "REL-021", TABLE),
    "a link": (link, "REL-021", "n’est qu’un lien"),
    "very large": (grown, "REL-022", PAGE),
    "a manifest that leads outside": (escaping, "REL-007", NAME),
    "a manifest of three gigabytes": (lambda it: os.truncate(it / NAME, 3 * 2**30), "REL-007", NAME),
    "no manifest": (lambda it: (it / NAME).unlink(), "REL-006", NAME),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_is_told_with_its_file_and_ends_with_one(
    copy: Path, capsys: Captured, damage: str
) -> None:
    change, code, told = DAMAGES[damage]
    change(copy)
    assert main(["verify", str(copy)]) == 1
    said = capsys.readouterr()
    assert f"{code} " in said.err and told in said.err
    assert "ceux qui ont été publiés" not in said.out and str(copy.parent) not in said.err


def test_a_whole_copy_is_told_to_be_one_and_what_that_does_not_prove(copy: Path, capsys: Captured) -> None:
    assert main(["verify", str(copy)]) == 0
    told = capsys.readouterr().out
    assert "Les 2 fichiers sont ceux qui ont été publiés" in told and sha256_of(copy / NAME) in told
    assert "comparez son empreinte" in told  # whoever makes other files makes a manifest that fits


def test_an_archive_is_told_to_be_opened_first(copy: Path, capsys: Captured) -> None:
    with zipfile.ZipFile(copy.with_suffix(".zip"), "w") as archive:
        archive.write(copy / NAME, NAME)
    assert main(["verify", str(copy.with_suffix(".zip"))]) == 1
    assert "ouvrez-la d’abord" in capsys.readouterr().err
