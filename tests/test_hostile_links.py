"""Links that lead out of an evaluation, pipes where a file should be, and who may read what is made."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from avis import locks
from avis.errors import Place, Problems
from avis.evaluation import check_evaluation
from avis.exhibits import Exhibits, Setting, Verdict
from avis.folders import Folders, make_private_file, passages, read_regular, write_whole
from avis.marked import MOST_BYTES, load_yaml
from avis.writing.text import read_words

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
HEAD = "---\nplace: plain\n---\n"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def evaluation(root: Path) -> Folders:
    (root / "textes").mkdir(parents=True)
    (root / "notes").mkdir()
    (root / "notes" / "a.md").write_text("Bonjour.\n", encoding="utf-8")
    (root / "evaluation.yaml").write_text(
        "title: {fr: Essai}\norganisation: {name: Essai}\nstatus: planned\n"
        "period: {start: 2024, end: 2024}\nlanguages: [fr]\n"
        "documents: [fiche]\nsources: {notes: [notes/*.md]}\n",
        encoding="utf-8",
    )
    return Folders(root)


def test_a_passage_that_a_link_brings_from_outside_is_refused(tmp_path: Path) -> None:
    folders, outside = evaluation(tmp_path / "e"), tmp_path / "secret.md"
    outside.write_text(HEAD + "Ailleurs.\n", encoding="utf-8")
    (folders.texts / "01-a.fr.md").symlink_to(outside)
    (folders.texts / "02-b.fr.md").write_text(HEAD + "Ici.\n", encoding="utf-8")
    (folders.texts / "03-c.fr.md").symlink_to("02-b.fr.md")
    (folders.texts / "04-d.fr.md").symlink_to("04-d.fr.md")
    problems = Problems()
    kept = passages(folders.texts, "*.md", problems)
    assert [path.name for path in kept] == ["02-b.fr.md", "03-c.fr.md"]
    assert [(item.code, item.place.file) for item in problems.errors] == [
        ("EVA-022", "textes/01-a.fr.md"),
        ("EVA-022", "textes/04-d.fr.md"),
    ]


def test_a_folder_of_texts_that_lies_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "ailleurs" / "01-a.fr.md").write_text(HEAD + "Ailleurs.\n", encoding="utf-8")
    folders = Folders(tmp_path / "e")
    folders.root.mkdir()
    folders.texts.symlink_to(tmp_path / "ailleurs")
    problems = Problems()
    assert passages(folders.texts, "*.md", problems) == []
    assert [item.code for item in problems.errors] == ["EVA-022"]


def test_a_passage_that_a_link_brings_from_outside_reaches_no_document(tmp_path: Path) -> None:
    from avis.writing.text import read_passages

    folders, outside = evaluation(tmp_path / "e"), tmp_path / "secret.md"
    outside.write_text(HEAD + "Ailleurs.\n", encoding="utf-8")
    (folders.texts / "01-a.fr.md").symlink_to(outside)
    verdict = Verdict(passed=False, threshold=0, cells=0, hidden=0, checks={})
    setting = Setting(slug="e", title={}, organisation="", status="planned", start="", end="")
    exhibits, problems = Exhibits(setting=setting, sources=(), exhibits=(), verdict=verdict), Problems()
    assert read_passages(folders.texts, "fr", exhibits, problems) == ()
    assert [item.code for item in problems.errors] == ["EVA-022"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folders = evaluation(tmp_path / "e")
    os.mkfifo(folders.texts / "01-a.fr.md")
    os.mkfifo(tmp_path / "x.yaml")
    problems = Problems()
    assert passages(folders.texts, "*.md", problems) == []
    assert read_words(folders.texts / "01-a.fr.md", "textes/01-a.fr.md", problems) is None
    assert load_yaml(tmp_path / "x.yaml", "x.yaml", problems) is None
    assert load_yaml(Path("/dev/zero"), "x.yaml", problems) is None
    assert [item.code for item in problems.errors] == ["SRC-041"] * 4
    with pytest.raises(OSError, match="not a regular file"):
        read_regular(tmp_path / "x.yaml", 10)


def test_a_note_that_is_a_pipe_or_a_link_out_of_the_folder_is_said(tmp_path: Path) -> None:
    folders = evaluation(tmp_path / "e")
    os.mkfifo(folders.root / "notes" / "b.md")
    problems = Problems()
    check_evaluation(folders, problems)
    assert [(item.code, item.place.file) for item in problems.errors] == [("SRC-041", "notes/b.md")]
    (folders.root / "notes" / "c.md").symlink_to("/nowhere/c.md")
    problems = Problems()
    check_evaluation(folders, problems)
    assert [item.code for item in problems.errors] == ["EVA-022"]


@pytest.mark.parametrize("more", [0, 1])
def test_no_more_than_the_limit_and_one_byte_is_read(tmp_path: Path, more: int) -> None:
    path, problems = tmp_path / "a", Problems()
    path.write_bytes(b"#" * (MOST_BYTES + more))
    assert len(read_regular(path, 9)) == 10
    load_yaml(path, "a", problems)
    assert [item.code for item in problems.errors] == (["EVA-004"] if more else ["EVA-008"])


@pytest.mark.parametrize("more", [0, 1])
def test_a_passage_of_more_than_a_megabyte_is_refused(tmp_path: Path, more: int) -> None:
    path, problems = tmp_path / "a.fr.md", Problems()
    path.write_bytes(b"a" * (2**20 + more))
    assert (read_words(path, "a.fr.md", problems) is None) == bool(more)
    assert [item.code for item in problems.errors] == ["SRC-006"] * more


def test_what_is_made_before_protection_is_its_owner_s_alone(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "e")
    folders.findings.mkdir(parents=True)
    folders.private.chmod(0o755)
    (folders.private / "notebooks").mkdir(mode=0o755)
    executed = folders.private / "notebooks" / "a.ipynb"
    executed.write_bytes(b"{}")
    executed.chmod(0o644)
    write_whole(folders.findings / "a.json", "{}")
    make_private_file(executed)
    held = locks.take(folders.private / ".lock")
    assert held is not None
    held.close()
    write_whole(folders.drafts / "a.html", "x", shared=True)
    assert mode(folders.private) == 0o700
    assert [mode(path) for path in (folders.findings / "a.json", executed)] == [0o600] * 2
    assert mode(folders.drafts / "a.html") & 0o400
    assert mode(folders.drafts / "a.html") == 0o666 & ~_umask()


def _umask() -> int:
    found = os.umask(0)
    os.umask(found)
    return found


def test_the_place_of_a_refused_file_is_named() -> None:
    assert "notes/b.md" in Place("notes/b.md").told("fr")
