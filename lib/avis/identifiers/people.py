"""The evaluation's own register: people, nicknames and places that texts must not show, in any spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from avis.errors import Place, Problems
from avis.identifiers.folding import fold_with_offsets
from avis.identifiers.vocabulary import is_function_word
from avis.spelling import header_key

if TYPE_CHECKING:
    from avis.files.sheets import Sheet

Words = tuple[str, ...]
"""A name as folded words: « Marie-Claire » and « marie claire » are both `("marie", "claire")`."""

_COLUMNS = {
    "code": (
        "code",
        "id",
        "identifiant",
        "person",
        "personne",
        "person_code",
        "code_personne",
        "pseudonyme_id",
    ),
    "first": ("prenom", "prenoms", "first_name", "given_name", "given_names", "first_names", "firstname"),
    "last": ("nom", "noms", "nom_de_famille", "last_name", "surname", "family_name", "lastname", "name"),
    "whole": ("nom_complet", "nom_prenom", "nom_et_prenom", "prenom_nom", "full_name", "names"),
    "nick": (
        *("surnom", "surnoms", "surnom_s", "nickname", "nicknames", "alias", "aliases", "nom_d_usage"),
        *("pseudo", "pseudos", "autres_noms", "other_names", "known_as", "aka"),
    ),
    "place": (
        *("lieu", "lieux", "lieu_x", "place", "places", "ville", "villes", "town", "towns", "adresse"),
        *("adresses", "address", "addresses", "quartier", "hebergement", "location", "locations"),
    ),
}
"""Headers, as `header_key` writes them, in French and English."""
_PARTS = re.compile(r"[;,/|\n]+")
_WORD = re.compile(r"[^\W_]+")
SHORTEST = 2
"""Letters of a name at least: one letter alone would flag every « a »."""


@dataclass(frozen=True)
class Known:
    """Names and places of a register, folded; each with the codes of those whom it names ("" without one)."""

    people: Mapping[Words, tuple[str, ...]] = field(default_factory=dict, repr=False)
    places: Mapping[Words, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def __bool__(self) -> bool:
        """Tell whether it names anybody or any place."""
        return bool(self.people or self.places)


NOBODY = Known()


def words_of(name: str) -> Words:
    """Fold a name into its words.

    >>> words_of("  Marie–CLAIRE  d’Été")
    ('marie', 'claire', 'd', 'ete')
    """
    return tuple(_WORD.findall(fold_with_offsets(name).lower))


def read_people(path: Path, name: str, problems: Problems) -> Known:
    """Read a register of people: CSV or a workbook, `name` being what messages call it.

    Columns, any of them missing: code, nom, prenom, surnom(s), lieu(x), or their English names; several in a
    cell stand apart by `;`, `,`, `/` or `|`. Errors: IDE-001 no column of names or places, and those of
    `read_sheets`; warnings IDE-002 names of one letter, which are not looked for; IDE-003 names that are
    small words (« La », « The »), looked for with a capital only.
    """
    from avis.files.sheets import read_sheets  # needs pandas, which the room's own server does without

    people: dict[Words, set[str]] = {}
    places: dict[Words, set[str]] = {}
    for sheet in read_sheets(path, name, problems):
        columns = _columns(sheet)
        place = Place(name, sheet.name)
        if not columns.keys() - {"code"}:
            problems.add("IDE-001", place)
            continue
        short = 0
        for row in sheet.frame.to_dict("records"):
            cells = {key: [str(row[header]) for header in headers] for key, headers in columns.items()}
            code = next((cell.strip() for cell in cells.get("code", ()) if cell.strip()), "")
            for target, names in ((people, _names(cells)), (places, _apart(cells.get("place", [])))):
                for words in map(words_of, names):
                    if sum(map(len, words)) >= SHORTEST:
                        target.setdefault(words, set()).add(code)
                    elif words:
                        short += 1
        if short:
            problems.warn("IDE-002", place, n=short)
    if small := sum(len(words) == 1 and is_function_word(words[0]) for words in (*people, *places)):
        problems.warn("IDE-003", Place(name), n=small)
    return Known(
        *({words: tuple(sorted(codes)) for words, codes in found.items()} for found in (people, places))
    )


def together(*registers: Known) -> Known:
    """Put registers together."""
    merged: tuple[dict[Words, set[str]], dict[Words, set[str]]] = ({}, {})
    for register in registers:
        for target, held in zip(merged, (register.people, register.places), strict=True):
            for words, codes in held.items():
                target.setdefault(words, set()).update(codes)
    return Known(*({words: tuple(sorted(codes)) for words, codes in found.items()} for found in merged))


def _columns(sheet: Sheet) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for header in sheet.frame.columns:
        key = re.sub(r"_\d+$", "", header_key(header))
        for column, names in _COLUMNS.items():
            if key in names or key.removesuffix("s") in names:
                found.setdefault(column, []).append(header)
                break
    return found


def _apart(cells: list[str]) -> Iterator[str]:
    for cell in cells:
        yield from (part for part in map(str.strip, _PARTS.split(cell)) if part)


def _names(cells: Mapping[str, list[str]]) -> Iterator[str]:
    """Give all ways to name somebody: each name alone, and first and last names together, in both orders."""
    firsts, lasts = list(_apart(cells.get("first", []))), list(_apart(cells.get("last", [])))
    wholes = list(_apart(cells.get("whole", [])))
    yield from (*firsts, *lasts, *wholes, *_apart(cells.get("nick", [])))
    for first in firsts:
        for last in lasts:
            yield f"{first} {last}"
            yield f"{last} {first}"
    for whole in (*firsts, *lasts, *wholes):
        parts = whole.split()
        if len(parts) > 1:
            yield from (part for part in parts if len(part) > SHORTEST)
            yield from (f"{second} {first}" for first, second in pairwise(parts))
