"""The register of people in the vault, for the search of identifiers; and which lists were searched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from avis.errors import AvisError, Place, Problems, fail
from avis.evaluation import Evaluation
from avis.files.sheets import read_sheets
from avis.i18n import say
from avis.identifiers.people import NOBODY, Known, read_people
from avis.spelling import header_key
from avis.vault.box import open_vault, vault_path
from avis.vault.contents import Contents, Name
from avis.vault.keys import ask_passphrase, find_key, read_key

CODES = ("code", "identifiant", "id", "code_personne", "person_code", "personne", "person")


@dataclass(frozen=True)
class Searched:
    """Which lists the identifiers were looked for in: the rules always; the register where a key opens it."""

    known: Known = NOBODY
    register: str = "none"
    """`none` no vault is named, `closed` there is one and no key here, `open` it was searched."""
    people: int = 0

    def told(self) -> str:
        """Say which lists were searched, for a notebook or a terminal."""
        return say(f"redaction.searched.{self.register}", people=self.people)


def search_lists(opened: Evaluation) -> Searched:
    """Give what is known here without asking anybody anything: building works where there is no key.

    The register is opened only where AVIS_KEY names a key and its passphrase can be had; whatever is wrong
    with the vault is an error then (VAU-…), since somebody meant it to be searched.
    """
    part = opened.settings.vault
    if part is None:
        return Searched()
    key = find_key()
    if key is None:
        return Searched(register="closed")
    held = open_vault(
        vault_path(opened.folders, part.folder), read_key(key, ask_passphrase(say("vault.passphrase")))
    )
    return Searched(known_people(held), "open", len(held.people))


def search_quietly(opened: Evaluation) -> Searched:
    """As `search_lists`; where the vault cannot be opened here, only the rules are searched."""
    try:
        return search_lists(opened)
    except AvisError:
        return Searched(register="closed")


def known_people(held: Contents) -> Known:
    """Give the names and places of a vault's register, with the codes of those whom they name."""
    people = {name.words: name.codes for name in held.names if not name.place}
    places = {name.words: name.codes for name in held.names if name.place}
    return Known(people, places)


def read_register(path: Path, problems: Problems) -> tuple[list[dict[str, str]], list[Name]]:
    """Read a register of people: its rows as they were written, `code` first, and the names in it.

    Errors: those of `read_people`; VAU-020 there is no such file.
    """
    if not path.is_file():
        raise fail("VAU-020", Place(path.name))
    known = read_people(path, path.name, problems)
    rows = [
        _row({str(header): str(cell) for header, cell in row.items()})
        for sheet in read_sheets(path, path.name, Problems())
        for row in sheet.frame.to_dict("records")
    ]
    names = [Name(words, codes) for words, codes in known.people.items()]
    return rows, [*names, *(Name(words, codes, place=True) for words, codes in known.places.items())]


def _row(cells: dict[str, str]) -> dict[str, str]:
    code = next((header for header in cells if header_key(header) in CODES), "")
    rest = {header: cell.strip() for header, cell in cells.items() if header != code and cell.strip()}
    return {"code": cells.get(code, "").strip(), **rest}
