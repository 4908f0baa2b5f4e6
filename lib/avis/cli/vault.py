"""`avis vault`: keys, and the register of people and pseudonyms, encrypted outside the evaluation."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from avis.errors import Place, Problems, fail, shown, tell
from avis.i18n import say


def run(arguments: argparse.Namespace) -> int:
    """Make a key, begin a vault, add a register of people, take people out, or show what the vault holds."""
    actions: dict[str, Callable[[argparse.Namespace], None]] = {
        "key": _make_key,
        "init": _begin,
        "add": _add,
        "remove": _remove,
        "show": _show,
    }
    actions[arguments.action](arguments)
    return 0


def _make_key(arguments: argparse.Namespace) -> None:
    from avis.vault.keys import ask_passphrase, make_key

    path = Path(arguments.target).expanduser()
    if path.exists():
        raise fail("CLI-017", Place(path.name))
    public = make_key(path, ask_passphrase(say("vault.new_passphrase"), say("vault.again")))
    print(say("vault.key_made", name=path.name))
    print(public)


def _begin(arguments: argparse.Namespace) -> None:
    """Begin a vault; with a key, encrypt the one that is there to other people."""
    import msgspec

    from avis.vault import box

    path, named = _vault(arguments.target)
    asked = tuple(arguments.to) or named
    if not asked:
        raise fail("CLI-015")
    recipients = box.check_recipients(asked)
    if path.exists() and arguments.key:
        box.change(
            path, _identity(arguments), lambda held: msgspec.structs.replace(held, recipients=recipients)
        )
    else:
        box.begin(path, recipients)
    _warn_followed(path)
    print(say("vault.begun", folder=path.parent.name, n=len(recipients)))
    if set(recipients) != set(named):
        print(say("vault.write_down"))
        print("  recipients:\n" + "\n".join(f"    - {key}" for key in recipients))


def _add(arguments: argparse.Namespace) -> None:
    from avis.redaction.registers import read_register
    from avis.vault import box
    from avis.vault.contents import Contents, with_people

    if not arguments.files:
        raise fail("CLI-016")
    (path, named), problems = _vault(arguments.target), Problems()
    registers = [read_register(Path(file).expanduser(), problems) for file in arguments.files]
    problems.raise_errors()

    def alter(held: Contents) -> Contents:
        box.check_same_recipients(held, named)
        for rows, names in registers:
            held = with_people(held, rows, names)
        return held

    held = box.change(path, _identity(arguments), alter)
    _warn_followed(path, problems)
    print(say("vault.added", n=len(held.people)))
    print(say("vault.erase_yours"))


def _remove(arguments: argparse.Namespace) -> None:
    """Take people out of the vault by their codes, and say how much went. Errors: CLI-019 no code."""
    from avis.vault import box
    from avis.vault.contents import Contents, without_people

    if not arguments.files:
        raise fail("CLI-019")
    (path, named), gone = _vault(arguments.target), list[int]()

    def alter(held: Contents) -> Contents:
        box.check_same_recipients(held, named)
        left = without_people(held, arguments.files)
        gone.append(len(held.people) - len(left.people))
        gone.append(len(held.pseudonyms) - len(left.pseudonyms))
        return left

    box.change(path, _identity(arguments), alter)
    _warn_followed(path)
    print(say("vault.removed", n=gone[0], pseudonyms=gone[1]))
    print(say("vault.copies"))


def _show(arguments: argparse.Namespace) -> None:
    """Print the register and the pseudonyms on the terminal of whoever has a key, and nowhere else."""
    from avis.vault import box

    path, _ = _vault(arguments.target)
    held = box.open_vault(path, _identity(arguments))
    print(say("vault.private"))
    print(say("vault.people", n=len(held.people)))
    for row in held.people:
        print("  " + " · ".join(shown(cell) for cell in row.values() if cell))
    print(say("vault.pseudonyms", n=len(held.pseudonyms)))
    for given in held.pseudonyms:
        whose, called = shown(given.person), shown(given.pseudonym)
        print(f"  {whose} → {called} ({shown(given.evaluation) or say('vault.linked')})")


def _identity(arguments: argparse.Namespace) -> Any:
    from avis.vault.keys import ask_passphrase, find_key, read_key

    key = find_key(arguments.key or "")
    if key is None:
        raise fail("CLI-018")
    return read_key(key, ask_passphrase(say("vault.passphrase")))


def _vault(evaluation: str) -> tuple[Path, tuple[str, ...]]:
    """Give the vault's file, and for whom `evaluation.yaml` says that it is closed."""
    from avis.evaluation import open_evaluation
    from avis.vault.box import vault_path

    opened = open_evaluation(evaluation)
    part = opened.settings.vault
    return vault_path(opened.folders, part.folder if part else ""), part.recipients if part else ()


def _warn_followed(path: Path, problems: Problems | None = None) -> None:
    from avis.vault.box import report_followed

    told = problems or Problems()
    report_followed(path, told)
    if told.items:
        print(tell(told), file=sys.stderr)
