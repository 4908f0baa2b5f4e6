"""Keys of people: made once, kept encrypted under a passphrase, and never inside an evaluation.

The file is one of age (https://age-encryption.org/v1): any tool that reads age opens it with the passphrase.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from avis.errors import Place, fail
from avis.folders import read_regular, write_whole

KEY = "AVIS_KEY"
"""The variable that names the key's file."""
PASSPHRASE = "AVIS_PASSPHRASE"
SHORTEST = 12
"""Characters of a passphrase: four words that were drawn at random have more."""
_LARGEST = 64 * 1024
_HEADER = b"age-encryption.org/v1\n"
_LOCKED = _HEADER + b"-> scrypt "


def make_key(path: Path, passphrase: str) -> str:
    """Make a key, write it encrypted under a passphrase, and give its public half, `age1…`.

    Errors: CLI-017 the file is there already, VAU-014 a passphrase that is too short, VAU-018 inside an
    evaluation.
    """
    import pyrage

    if path.exists():
        raise fail("CLI-017", Place(path.name))
    if any((folder / "evaluation.yaml").is_file() for folder in path.absolute().parents):
        raise fail("VAU-018", Place(path.name))
    if len(passphrase) < SHORTEST:
        raise fail("VAU-014", n=SHORTEST)
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    written = f"# public key: {public}\n{identity}\n"
    write_whole(path, pyrage.passphrase.encrypt(written.encode("ascii"), passphrase))
    return public


def read_key(path: Path, passphrase: str) -> Any:
    """Open a key: gives the age identity, which decrypts.

    Errors: VAU-007 no such file, VAU-008 no key that was made by `make_key`, VAU-009 not its passphrase.
    """
    import pyrage

    place = Place(path.name)
    try:
        locked = read_regular(path.expanduser(), _LARGEST)
    except OSError:
        raise fail("VAU-007", place) from None
    if not locked.startswith(_LOCKED):
        raise fail("VAU-008", place)
    try:
        lines = pyrage.passphrase.decrypt(locked, passphrase).decode("ascii", "replace").splitlines()
        secret = next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), "")
        return pyrage.x25519.Identity.from_str(secret)
    except pyrage.DecryptError as error:
        wrong = "VAU-009" if str(error) == "Decryption failed" else "VAU-008"
        raise fail(wrong, place) from None
    except pyrage.IdentityError:
        raise fail("VAU-008", place) from None


def find_key(given: str = "") -> Path | None:
    """Give the file of the key that this computer has: the one given, else the one that AVIS_KEY names."""
    named = given or os.environ.get(KEY, "")
    return Path(named).expanduser() if named else None


def ask_passphrase(prompt: str, again: str = "") -> str:
    """Give the passphrase: AVIS_PASSPHRASE, else asked on the terminal, twice where `again` is said.

    Errors: VAU-015 the two differ, VAU-016 there is nobody to ask.
    """
    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given
    if not somebody_answers():
        raise fail("VAU-016")
    from getpass import getpass

    first = getpass(prompt)
    if again and getpass(again) != first:
        raise fail("VAU-015")
    return first


def somebody_answers() -> bool:
    """A terminal, or a notebook that somebody runs; under papermill nobody is there."""
    shell: Any = sys.modules.get("IPython")
    kernel = getattr(shell.get_ipython(), "kernel", None) if shell is not None else None
    if kernel is not None:
        return bool(getattr(kernel, "_allow_stdin", False))
    return sys.stdin is not None and sys.stdin.isatty()
