"""Words that were taken back are found however they are packed or written; what nobody can open is named."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest

from avis.checking.remains import tell_remains
from avis.cli import main
from avis.errors import Problems
from avis.evaluation import check_evaluation, open_evaluation
from avis.folders import find
from avis.rights.erasing import cleaned
from avis.rights.searching import Matcher, search
from avis.rights.withdrawals import marks_of, traces_of
from avis.sources.meetings import read_notes

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
SAID = "With the interpreter I ask the second question."
ID = "at07-01"


def findings(folder: Path) -> list[tuple[str, str]]:
    problems = Problems()
    opened = check_evaluation(find(folder), problems)
    assert opened is not None
    tell_remains(opened, problems)
    return [(item.code, item.place.file) for item in problems if item.code.startswith("RIG")]


def matcher() -> Matcher:
    return Matcher(b"k", traces_of(b"k", [SAID]))


def zipped(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return made.getvalue()


def tarred(data: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        member = tarfile.TarInfo("a")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


RAW = SAID.encode()
NOTEBOOK = {"data": {"image/png": base64.encodebytes(RAW * 3).decode()}}


@pytest.mark.parametrize(
    "data",
    [
        lzma.compress(RAW),
        bz2.compress(RAW),
        gzip.compress(b"nothing ") + gzip.compress(RAW),
        gzip.compress(RAW)[:-6],
        zipped("a.xz", lzma.compress(RAW)),
        zipped("a.tar", tarred(bz2.compress(RAW))),
        SAID.encode("utf-32"),
        b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(RAW),
        base64.urlsafe_b64encode(gzip.compress(RAW)),
        json.dumps(NOTEBOOK).encode(),
        quote(SAID).encode(),
        SAID.replace("e", "\u0435").replace("o", "\u043e").encode(),
    ],
    ids=lambda _: "bytes",
)
def test_however_the_words_are_packed_or_written_they_are_found(data: bytes) -> None:
    assert matcher().holds_any(data)[0]


@pytest.mark.parametrize(
    "data",
    [
        zipped("a.zst", b"\x28\xb5\x2f\xfd" + bytes(range(40))),
        zipped("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(40)),
        zipped("a.xz", lzma.compress(b"elsewhere" * 90)[:-20]),
        b"age-encryption.org/v1\n-> X25519 abc\n",
    ],
    ids=lambda _: "bytes",
)
def test_what_nothing_here_opens_is_never_passed_over(data: bytes) -> None:
    assert matcher().holds_any(data) == (False, False)


def test_words_in_cyrillic_are_found_as_they_are() -> None:
    said = "Я прихожу сюда каждую среду с дочерью"
    assert Matcher(b"k", traces_of(b"k", [said])).holds_any(said.encode())[0]


def test_files_that_are_called_lock_are_searched_too_but_for_ours(folder: Path) -> None:
    for name in ("session.lock", ".retraits.jsonl.lock"):
        (folder / name).write_text(SAID, "utf-8")
    found = [seen.name for seen in search(open_evaluation(folder), matcher()) if seen.found]
    assert "session.lock" in found and ".retraits.jsonl.lock" not in found


def test_a_name_of_odd_bytes_breaks_no_withdrawal_and_is_named(folder: Path) -> None:
    segments = read_notes(open_evaluation(folder), Problems()).segments
    said = str(segments.set_index("id")["text"][ID])
    (folder / os.fsdecode(b"bad\xff.txt")).write_text(said, "utf-8")
    assert main(["withdraw", str(folder), ID, "--yes", "--no-build"]) == 0
    assert ("RIG-010", "bad\\udcff.txt") in findings(folder)
    assert main(["withdraw", str(folder), "at07-03", "--yes", "--no-build"]) == 0


def test_what_could_not_be_searched_is_told_until_it_is_gone(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "copie.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(40))
    main(["withdraw", str(folder), ID, "--yes", "--no-build"])
    for _ in range(2):
        assert {("RIG-019", "pipe"), ("RIG-019", "copie.7z")} <= set(findings(folder))
    (folder / "pipe").unlink()
    (folder / "copie.7z").unlink()
    assert findings(folder) == []


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def test_new_objects_of_git_and_repositories_below_are_searched_by_every_check(folder: Path) -> None:
    segments = read_notes(open_evaluation(folder), Problems()).segments
    said = str(segments.set_index("id")["text"][ID])
    git(folder, "init", "-q")
    main(["withdraw", str(folder), ID, "--yes", "--no-build"])
    assert findings(folder) == []
    (folder / "copie.txt").write_text(said, "utf-8")
    git(folder, "add", "copie.txt")
    (folder / "copie.txt").unlink()
    assert findings(folder) == [("RIG-011", ".git")] == findings(folder)
    shutil.rmtree(folder / ".git")
    assert findings(folder) == []
    below = folder / "ancien"
    below.mkdir()
    git(below, "init", "-q")
    git(below, "commit", "-q", "--allow-empty", "-m", said)
    assert {("RIG-011", ".git"), ("RIG-010", "ancien/.git/COMMIT_EDITMSG")} <= set(findings(folder))


def test_old_versions_keep_marks_that_a_note_and_a_ledger_can_hold() -> None:
    code, said = "a1b2" * 16, f"{SAID} Without her I only ask the first."
    seek = Matcher(b"k", [*traces_of(b"k", [said]), *marks_of(b"k", [code, "WVMD79PK"])])
    old = f"{{#at07-01}} P1 (en) : {said}\n\nP2 (en) : Yes.\n\nP1 (en): “{said}”\nP3 (en) : No.\n"
    ledger = f"id,code,sha256,on\nat07-01,WVMD79PK,{code},2025-01-01\n"
    assert cleaned(seek, old.encode()).decode() == (
        "{#at07-01} P1 (en) : [parole reprise]\n\nP2 (en) : Yes.\n\n"
        "P1 (en): [parole reprise]\nP3 (en) : No.\n"
    )
    assert cleaned(seek, ledger.encode()).decode() == "id,code,sha256,on\nat07-01,,,2025-01-01\n"


def test_the_hash_of_a_person_goes_once_she_left_the_counts(folder: Path) -> None:
    main(["withdraw", str(folder), "e8x4", "--yes", "--no-build"])
    assert '"person":' in (folder / "retraits.jsonl").read_text("utf-8")
    main(["withdraw", str(folder), "--counts", "--yes", "--no-build"])
    kept = (folder / "retraits.jsonl").read_text("utf-8")
    assert '"person":' not in kept and kept.count('"act":"asked"') == 2
    assert findings(folder) == []
