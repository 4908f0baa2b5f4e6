"""The vault: outside the evaluation, encrypted to two people, and never in clear on a disk."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pyrage
import pytest

from avis.errors import AvisError, Problems
from avis.folders import Folders
from avis.vault import box
from avis.vault.contents import Contents, Name, with_people
from avis.vault.keys import make_key, read_key

PASSPHRASE = "quatre mots pour essayer"
PERSON = {"code": "K7M2", "nom": "Chrysanthème"}


def public() -> str:
    return str(pyrage.x25519.Identity.generate().to_public())


def code_of(raised: pytest.ExceptionInfo[AvisError]) -> list[str]:
    return [item.code for item in raised.value.problems]


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A key that a passphrase locks: made once, since making one takes seconds on purpose."""
    path = tmp_path_factory.mktemp("keys") / "cle.age"
    return path, make_key(path, PASSPHRASE)


@pytest.fixture(scope="module")
def identity(key: tuple[Path, str]) -> object:
    return read_key(key[0], PASSPHRASE)


def test_a_key_is_encrypted_and_only_its_owner_reads_the_file(key: tuple[Path, str]) -> None:
    path, made = key
    assert made.startswith("age1")
    assert b"AGE-SECRET-KEY" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_opens_with_its_passphrase_and_no_other(key: tuple[Path, str]) -> None:
    path, made = key
    assert str(read_key(path, PASSPHRASE).to_public()) == made
    with pytest.raises(AvisError) as raised:
        read_key(path, PASSPHRASE + ".")
    assert code_of(raised) == ["VAU-009"]


@pytest.mark.parametrize(
    "content", [b"", b"AGE-SECRET-KEY-1QQ", b"age-encryption.org/v1\n-> scrypt a 1\nb\n"]
)
def test_what_is_no_key_is_said_to_be_none(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(AvisError) as raised:
        read_key(path, PASSPHRASE)
    assert code_of(raised) == ["VAU-008"]


def test_a_key_replaces_no_file_and_never_lies_in_an_evaluation(tmp_path: Path) -> None:
    (tmp_path / "deja").write_text("x")
    with pytest.raises(AvisError) as raised:
        make_key(tmp_path / "deja", PASSPHRASE)
    assert code_of(raised) == ["CLI-017"]
    (tmp_path / "evaluation.yaml").write_text("")
    with pytest.raises(AvisError) as raised:
        make_key(tmp_path / "sources" / "cle", PASSPHRASE)
    assert code_of(raised) == ["VAU-018"]


@pytest.mark.parametrize(("length", "codes"), [(11, ["VAU-014"]), (12, [])])
def test_a_short_passphrase_is_refused(length: int, codes: list[str], tmp_path: Path) -> None:
    try:
        make_key(tmp_path / "cle", "x" * length)
        told: list[str] = []
    except AvisError as error:
        told = [item.code for item in error.problems]
    assert told == codes


@pytest.mark.parametrize("folder", [".", "sources/coffre", "../essai/coffre"])
def test_a_vault_inside_the_evaluation_is_refused(folder: str, tmp_path: Path) -> None:
    with pytest.raises(AvisError) as raised:
        box.vault_path(Folders(tmp_path / "essai"), folder)
    assert code_of(raised) == ["VAU-002"]


def test_a_link_that_leads_back_into_the_evaluation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "essai").mkdir()
    (tmp_path / "dehors").symlink_to(tmp_path / "essai")
    with pytest.raises(AvisError) as raised:
        box.vault_path(Folders(tmp_path / "essai"), "../dehors")
    assert code_of(raised) == ["VAU-002"]


def test_a_vault_stands_beside_the_evaluation_or_anywhere_else(tmp_path: Path) -> None:
    root = Folders(tmp_path / "essai")
    assert box.vault_path(root, "../coffre") == (tmp_path / "coffre" / "coffre.age").resolve()
    assert box.vault_path(root, "~/x").parent == (Path.home() / "x").resolve()
    with pytest.raises(AvisError) as raised:
        box.vault_path(root, "")
    assert code_of(raised) == ["VAU-001"]


def test_it_takes_two_different_people_to_begin_one(tmp_path: Path) -> None:
    one, two = public(), public()
    for few in ((), (one,), (one, one)):
        with pytest.raises(AvisError) as raised:
            box.begin(tmp_path / "c.age", few)
        assert code_of(raised) == ["VAU-003"]
    with pytest.raises(AvisError) as raised:
        box.begin(tmp_path / "c.age", (one, "age1" + "q" * 58))
    assert code_of(raised) == ["VAU-004"]
    assert list(tmp_path.iterdir()) == []
    box.begin(tmp_path / "c.age", (one, two))
    with pytest.raises(AvisError) as raised:
        box.begin(tmp_path / "c.age", (one, two))
    assert code_of(raised) == ["VAU-006"]


def test_either_of_two_people_opens_it_and_nobody_else(tmp_path: Path) -> None:
    people = [pyrage.x25519.Identity.generate() for _ in range(3)]
    path = tmp_path / "coffre.age"
    box.close(path, with_people(box.begin(path, [str(p.to_public()) for p in people[:2]]), [PERSON], []))
    for person in people[:2]:
        assert box.open_vault(path, person).people == (PERSON,)
    with pytest.raises(AvisError) as raised:
        box.open_vault(path, people[2])
    assert code_of(raised) == ["VAU-010"]


def test_nothing_of_it_is_ever_in_clear_on_the_disk(
    key: tuple[Path, str], identity: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[bytes] = []
    real = os.fsync

    def watch(descriptor: int) -> None:  # each file of ours is whole when it is synced
        written.extend(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    path = tmp_path / "coffre" / "coffre.age"
    box.begin(path, (key[1], public()))
    box.change(path, identity, lambda held: with_people(held, [PERSON], [Name(("chrysantheme",), ("K7M2",))]))
    assert len(written) >= 2
    for content in (*written, path.read_bytes()):
        assert b"hrysanth" not in content and b"K7M2" not in content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("cut", [0, 20, 200, -1])
def test_a_broken_vault_is_said_to_be_broken(
    cut: int, key: tuple[Path, str], identity: object, tmp_path: Path
) -> None:
    path = tmp_path / "coffre.age"
    box.begin(path, (key[1], public()))
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(AvisError) as raised:
        box.open_vault(path, identity)
    assert code_of(raised) == ["VAU-011"]


def test_a_vault_that_is_not_there_is_said_to_be_missing(identity: object, tmp_path: Path) -> None:
    with pytest.raises(AvisError) as raised:
        box.open_vault(tmp_path / "coffre.age", identity)
    assert code_of(raised) == ["VAU-005"]


def test_nothing_is_written_for_others_than_the_evaluation_names() -> None:
    held = Contents(recipients=("age1a", "age1b"))
    box.check_same_recipients(held, ("age1b", "age1a"))
    box.check_same_recipients(held, ())
    with pytest.raises(AvisError) as raised:
        box.check_same_recipients(held, ("age1a", "age1c"))
    assert code_of(raised) == ["VAU-012"]


def test_a_folder_that_git_follows_is_warned_of(tmp_path: Path) -> None:
    problems = Problems()
    box.report_followed(tmp_path / "coffre" / "coffre.age", problems)
    assert not problems.items
    (tmp_path / ".git").mkdir()
    box.report_followed(tmp_path / "coffre" / "coffre.age", problems)
    assert [(item.code, item.severity) for item in problems] == [("VAU-013", "warning")]


def test_what_is_in_a_vault_is_in_no_repr() -> None:
    held = with_people(Contents(recipients=("age1a",)), [PERSON], [Name(("chrysantheme",))])
    assert "hrysanth" not in repr(held) + repr(held.names)
