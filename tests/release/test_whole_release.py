"""`avis release` and `avis sent`, as an evaluator runs them on the fictional evaluation."""

from __future__ import annotations

import errno
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from reviews import reviewed

from avis.cli import main
from avis.editions.keyed import found_in, read_key
from avis.editions.manifest import FOLDER, NAME, folder_of, read_manifest
from avis.editions.register import Edition, read_register
from avis.errors import AvisError, Problems
from avis.evaluation import open_evaluation
from avis.exhibits import Quote
from avis.folders import cannot_write
from avis.release import package
from avis.release.ready import prepare
from avis.sealing import load
from avis.writing.chain import Entry
from avis.writing.deliberation import deliberate
from avis.writing.events import append as record

pytestmark = pytest.mark.slow
Captured = pytest.CaptureFixture[str]


def released(evaluation: Path, capsys: Captured, lang: str = "fr") -> Path:
    """Release as people do: once to be told what to write, once more when it is written."""
    reviewed(evaluation, capsys, lang)
    assert main(["release", str(evaluation), "--lang", lang]) == 0
    (folder,) = (path for path in (evaluation / FOLDER).iterdir() if path.is_dir())
    return folder


def files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files(folder)}


def register(evaluation: Path) -> dict[str, Edition]:
    problems = Problems()
    found = read_register(evaluation, problems)
    assert not problems.items
    return found


def folders(evaluation: Path) -> list[str]:
    return sorted(path.name for path in (evaluation / FOLDER).glob("*") if path.is_dir())


def test_an_edition_holds_documents_without_projet_and_no_name_of_a_reader(
    exemple: Path, capsys: Captured
) -> None:
    folder = released(exemple, capsys, "all")
    said = capsys.readouterr().err
    assert "mise en page" in said and said.index("écriture des documents") < said.index("fouille de chaque")
    names = sorted(path.name for path in folder.iterdir())
    stems = [f"{kind}.public.{lang}" for kind in ("avis", "restitution", "fiche") for lang in ("en", "fr")]
    documents = [f"{stem}.{end}" for stem in stems for end in ("html", "pdf", "docx")]
    descriptors = ["CITATION.cff", "datapackage.json", "donnees", "ro-crate-metadata.json"]
    assert names == sorted([NAME, *documents, *descriptors])
    page = (folder / "avis.public.fr.html").read_text(encoding="utf-8")
    assert folder.name in page and "1er janvier 2026" in page and "fictive" in page
    assert "Projet" not in page.partition("<h1")[0]
    for path in files(folder):
        data = path.read_bytes()
        assert b"Lectrice" not in data and str(exemple).encode() not in data


def test_the_register_knows_its_files_and_finds_its_words_without_holding_them(
    exemple: Path, capsys: Captured
) -> None:
    folder = released(exemple, capsys)
    issued = register(exemple)[folder.name].issued
    for file in issued.files:
        assert hashlib.sha256((folder / file.name).read_bytes()).hexdigest() == file.sha256
    assert {one.kind for one in issued.held} >= {"quote", "statement", "recommendation", "dissent", "passage"}
    key, raw = read_key(exemple), (exemple / "registre.jsonl").read_text(encoding="utf-8")
    assert key is not None
    exhibits = load(exemple / "build" / "private" / "exhibits.json")
    for quote in (item for item in exhibits.exhibits if isinstance(item, Quote)):
        known = [one.trace for one in issued.held if one.id == quote.id]
        public = "public" in quote.audiences
        assert bool(known) == public
        assert all(any(found_in(key, wording.text, known)) for wording in quote.wordings if public)
        assert all(wording.text not in raw for wording in quote.wordings)


def test_the_same_evaluation_gives_the_same_bytes(exemple: Path, capsys: Captured) -> None:
    folder = released(exemple, capsys)
    first = contents(folder)
    shutil.rmtree(exemple / FOLDER)
    (exemple / "registre.jsonl").unlink()
    assert main(["release", str(exemple), "--lang", "fr"]) == 0
    assert contents(folder) == first


def test_the_same_edition_is_not_made_twice(exemple: Path, capsys: Captured) -> None:
    released(exemple, capsys)
    before = (exemple / "registre.jsonl").read_bytes()
    assert main(["release", str(exemple), "--lang", "fr"]) == 1
    assert "REL-017" in capsys.readouterr().err
    assert (exemple / "registre.jsonl").read_bytes() == before


def test_every_reason_is_given_at_once_and_nothing_is_written(exemple: Path, capsys: Captured) -> None:
    text = next((exemple / "textes").glob("*.fr.md"))
    text.write_text(text.read_text(encoding="utf-8") + "\nNous sommes 4321.\n", encoding="utf-8")
    assert main(["release", str(exemple), "--lang", "fr"]) == 1
    told = capsys.readouterr().err
    assert all(code in told for code in ("REL-008", "REL-010"))
    assert folders(exemple) == [] and not (exemple / "registre.jsonl").exists()


def test_what_the_model_left_to_be_written_does_not_go_out(exemple: Path, capsys: Captured) -> None:
    text = exemple / "textes" / "90-fin.fr.md"
    line = len(text.read_text(encoding="utf-8").splitlines()) + 2
    text.write_text(text.read_text(encoding="utf-8") + "\n[à compléter] La suite.\n", encoding="utf-8")
    for name in ("02-mots-simples.en.md", "02-mots-simples.fr.md"):
        (exemple / "textes" / name).unlink()
    assert main(["release", str(exemple), "--lang", "en"]) == 1
    told = capsys.readouterr().err
    assert "REL-025" in told and "avis.public.en" in told and "90-fin" not in told
    assert main(["release", str(exemple), "--lang", "fr"]) == 1
    told = capsys.readouterr().err
    assert "REL-025" in told and f"90-fin.fr.md, ligne {line}" in told
    assert not (exemple / FOLDER).exists()


def test_words_that_the_group_did_not_adopt_do_not_go_out(exemple: Path, capsys: Captured) -> None:
    opened, problems = open_evaluation(exemple), Problems()
    prepare(opened, ("fr",), "public", problems)
    assert "REL-018" not in {item.code for item in problems}
    revoked = next(iter(deliberate(opened, Problems()).quotes))
    entry = Entry("revoked-1", "approval_revoked", {"quote": revoked}, "2025-06-01T10:00:00Z")
    record(exemple / "seances" / "2024-12-14-adopter.jsonl", [entry])
    again = Problems()
    prepare(open_evaluation(exemple), ("fr",), "public", again)
    assert "REL-018" in {item.code for item in again}


@pytest.mark.parametrize("stage", ["compose_content", "write_whole", "scan_edition", "append"])
def test_a_release_that_is_killed_leaves_no_half_edition(
    exemple: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    reviewed(exemple, capsys)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(package, stage, killed)
        assert main(["release", str(exemple), "--lang", "fr"]) == 130
    assert register(exemple) == {}
    for name in folders(exemple):  # a folder that stands under an edition's name is whole
        manifest = read_manifest(exemple / FOLDER / name, Problems())
        assert manifest is not None and len(manifest.files) == len(files(exemple / FOLDER / name)) - 1
    assert main(["release", str(exemple), "--lang", "fr"]) == 0
    assert list(register(exemple)) == folders(exemple)


def test_a_full_disk_leaves_nothing_and_says_so(
    exemple: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewed(exemple, capsys)
    whole, written = package.write_whole, list[Path]()

    def full(path: Path, data: bytes, shared: bool = False) -> None:
        if len(written) == 9:
            raise cannot_write(path, OSError(errno.ENOSPC, "full"))
        written.append(path)
        whole(path, data, shared=shared)

    with monkeypatch.context() as patch:
        patch.setattr(package, "write_whole", full)
        assert main(["release", str(exemple), "--lang", "fr"]) == 1
    assert "RUN-011" in capsys.readouterr().err and len(written) == 9
    assert folders(exemple) == [] and register(exemple) == {}
    with monkeypatch.context() as patch:
        patch.setattr(package, "append", lambda *_: full(Path("registre.jsonl"), b""))
        assert main(["release", str(exemple), "--lang", "fr"]) == 1
    assert "RUN-011" in capsys.readouterr().err
    assert folders(exemple) == [] and register(exemple) == {}  # what cannot be noted loses its name


def test_killed_by_the_system_it_leaves_no_half_edition_either(exemple: Path, capsys: Captured) -> None:
    reviewed(exemple, capsys)
    code = (
        "import os, signal, sys; from avis.release import package; from avis.cli import main\n"
        "def die(path, *rest, whole=package.write_whole, **more):\n"
        "    whole(path, *rest, **more)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "package.write_whole = die; main(['release', sys.argv[1], '--lang', 'fr'])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(exemple)], capture_output=True, check=False)
    assert done.returncode == -9
    left = folders(exemple)
    assert left and all(name.startswith(".") for name in left)
    assert main(["release", str(exemple), "--lang", "fr"]) == 0
    assert folders(exemple) == list(register(exemple))


def test_what_was_composed_before_a_word_was_taken_back_does_not_appear_after(
    exemple: Path, capsys: Captured
) -> None:
    reviewed(exemple, capsys)
    opened, problems = open_evaluation(exemple), Problems()
    ready = prepare(opened, ("fr",), "public", problems)
    assert ready is not None and not problems.errors
    opened.folders.exhibits.unlink()
    with pytest.raises(AvisError) as refused:
        package.make_edition(opened, ready, "public")
    assert [item.code for item in refused.value.problems] == ["REL-009"]
    assert folders(exemple) == []


def test_a_file_in_the_place_of_the_folder_of_editions_is_said(exemple: Path, capsys: Captured) -> None:
    reviewed(exemple, capsys)
    (exemple / FOLDER).write_text("")
    assert main(["release", str(exemple), "--lang", "fr"]) == 1
    assert "RUN-01" in capsys.readouterr().err
    assert not (exemple / "registre.jsonl").exists()


def test_where_an_edition_went_is_noted_and_listed(exemple: Path, capsys: Captured) -> None:
    folder = released(exemple, capsys)
    site = "https://www.valmarin.example/avis.html"
    assert main(["sent", str(exemple), "--to", "Ville de Valmarin"]) == 0
    assert main(["sent", str(exemple), folder.name, "--at", site, "--on", "2026-01-01"]) == 0
    placed = register(exemple)[folder.name].placed
    assert [(one.recipient, one.place) for one in placed] == [("Ville de Valmarin", ""), ("", site)]
    capsys.readouterr()
    assert main(["sent", str(exemple)]) == 0
    told = capsys.readouterr().out
    assert folder.name in told and site in told and "Ville de Valmarin" in told


def test_drafts_that_went_out_are_known_by_their_hashes(exemple: Path, capsys: Captured) -> None:
    assert main(["sent", str(exemple), "--draft", "--to", "Ville de Valmarin"]) == 0
    assert main(["sent", str(exemple), "--draft", "--to", "Fondation Rivages"]) == 0
    ((id, edition),) = register(exemple).items()
    assert id.startswith("projet-") and edition.issued.draft and len(edition.placed) == 2
    drafts = exemple / "build" / "brouillon"
    hashes = {file.name: file.sha256 for file in edition.issued.files}
    assert hashes == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in drafts.glob("*.public.*")
    }
    assert edition.issued.held and not folder_of(exemple, id).exists()
