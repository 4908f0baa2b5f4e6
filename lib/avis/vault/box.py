"""The vault's file: where it lies, and how it is opened and closed.

It is one file of age (https://age-encryption.org/v1), encrypted to two people at least: where one loses her
key or leaves, the other still opens it. What is in it is never on a disk in clear, not for a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from avis.errors import Place, Problems, fail
from avis.folders import Folders, in_repository, lies_within, read_regular, write_whole
from avis.locks import take
from avis.vault.contents import Contents

NAME = "coffre.age"
LARGEST = 64 * 1024 * 1024
FEWEST = 2
"""Recipients: what one person alone can open is lost with her key."""
_HEADER = b"age-encryption.org/v1\n"


def vault_path(folders: Folders, named: str) -> Path:
    """Give the vault's file: in the folder that `evaluation.yaml` names, seen from the evaluation's own.

    Errors: VAU-001 none is named, VAU-002 it lies inside the evaluation.
    """
    place = Place("evaluation.yaml", field="vault")
    if not named:
        raise fail("VAU-001", place)
    folder = folders.root / Path(named).expanduser()
    if lies_within(folder, folders.root):
        raise fail("VAU-002", place)
    return folder.resolve() / NAME


def report_followed(path: Path, problems: Problems) -> None:
    """Warn where the vault's folder is one that git follows: VAU-013."""
    if in_repository(path):
        problems.warn("VAU-013", Place(path.parent.name))


def check_recipients(public: Iterable[str]) -> tuple[str, ...]:
    """Give public keys, each once. Errors: VAU-003 fewer than two, VAU-004 what is no public key."""
    import pyrage

    keys = tuple(dict.fromkeys(public))
    for key in keys:
        try:
            pyrage.x25519.Recipient.from_str(key)
        except pyrage.RecipientError:
            raise fail("VAU-004") from None
    if len(keys) < FEWEST:
        raise fail("VAU-003", n=len(keys))
    return keys


def begin(path: Path, recipients: Iterable[str]) -> Contents:
    """Begin an empty vault. Errors: VAU-006 there is one already, and those of `check_recipients`."""
    if path.exists():
        raise fail("VAU-006", Place(path.name))
    empty = Contents(recipients=check_recipients(recipients))
    close(path, empty)
    return empty


def open_vault(path: Path, identity: Any) -> Contents:
    """Decrypt a vault. Errors: VAU-005 there is none, VAU-010 not to this key, VAU-011 it is broken."""
    import pyrage

    place = Place(path.name)
    try:
        sealed = read_regular(path, LARGEST)
    except OSError:
        raise fail("VAU-005", place) from None
    if not sealed.startswith(_HEADER):
        raise fail("VAU-011", place)
    try:
        return msgspec.json.decode(pyrage.decrypt(sealed, [identity]), type=Contents)
    except pyrage.DecryptError as error:
        raise fail("VAU-010" if "No matching keys" in str(error) else "VAU-011", place) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise fail("VAU-011", place) from None


def close(path: Path, held: Contents) -> None:
    """Encrypt contents to their recipients and put them in place whole; what goes to disk is encrypted.

    Errors: VAU-019 more than a vault may hold, and those of `check_recipients`.
    """
    import pyrage

    keys = [pyrage.x25519.Recipient.from_str(key) for key in check_recipients(held.recipients)]
    sealed = pyrage.encrypt(msgspec.json.encode(held), keys)
    if len(sealed) > LARGEST:  # it could never be opened again
        raise fail("VAU-019", Place(path.name), most=LARGEST // 1024**2)
    write_whole(path, sealed)


def change(path: Path, identity: Any, alter: Callable[[Contents], Contents]) -> Contents:
    """Open a vault, alter what is in it, and close it, one person at a time. Errors: VAU-017 another does."""
    held = take(path.with_name(f".{path.name}.lock"))
    if held is None:
        raise fail("VAU-017", Place(path.name))
    with held:
        altered = alter(open_vault(path, identity))
        close(path, altered)
    return altered


def check_same_recipients(held: Contents, named: Iterable[str]) -> None:
    """Refuse to write for others than `evaluation.yaml` names, if it names anybody: VAU-012."""
    wanted = set(named)
    if wanted and wanted != set(held.recipients):
        raise fail("VAU-012", Place("evaluation.yaml", field="vault"))
