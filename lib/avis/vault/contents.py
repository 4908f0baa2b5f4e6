"""What stands in a vault: the register of people, and which pseudonym was given for whom."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Name(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name or a place as the search of identifiers knows it: folded words, and whose it is."""

    words: tuple[str, ...]
    codes: tuple[str, ...] = ()
    place: bool = False

    def __repr__(self) -> str:
        return "Name(…)"


class Given(msgspec.Struct, frozen=True, omit_defaults=True):
    """A pseudonym that was given: in which evaluation ("" where several share it), for whom, which."""

    evaluation: str
    person: str
    pseudonym: str

    def __repr__(self) -> str:
        return "Given(…)"


class Contents(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """All of a vault; printed, it tells how much it holds and nothing of what.

    >>> Contents(recipients=("age1a", "age1b"), people=({"nom": "X"},))
    Contents(people: 1, pseudonyms: 0)
    """

    recipients: tuple[str, ...]
    people: tuple[dict[str, str], ...] = ()
    """Rows of the register, each cell as it was written."""
    names: tuple[Name, ...] = ()
    pseudonyms: tuple[Given, ...] = ()
    version: int = 1

    def __repr__(self) -> str:
        return f"Contents(people: {len(self.people)}, pseudonyms: {len(self.pseudonyms)})"


def with_people(
    held: Contents, rows: list[dict[str, str]], names: list[Name], code: str = "code"
) -> Contents:
    """Add rows of a register; one that has the code of a row already there takes its place.

    >>> one = with_people(Contents(recipients=()), [{"code": "A1", "nom": "X"}], [])
    >>> with_people(one, [{"code": "A1", "nom": "Y"}, {"code": "", "nom": "Z"}], []).people
    ({'code': 'A1', 'nom': 'Y'}, {'code': '', 'nom': 'Z'})
    """
    coded = {row[code]: row for row in (*held.people, *rows) if row.get(code)}
    bare = [row for row in (*held.people, *rows) if not row.get(code)]
    people = (*coded.values(), *(row for number, row in enumerate(bare) if row not in bare[:number]))
    merged: dict[tuple[tuple[str, ...], bool], tuple[str, ...]] = {}
    for name in (*held.names, *names):
        key = (name.words, name.place)
        merged[key] = tuple(dict.fromkeys((*merged.get(key, ()), *name.codes)))
    kept = tuple(Name(words, codes, place) for (words, place), codes in merged.items())
    return msgspec.structs.replace(held, people=people, names=kept)


def without_people(held: Contents, codes: Iterable[str], code: str = "code") -> Contents:
    """Take people out by their codes: their rows, what they are called, the pseudonyms given for them.

    A name that somebody else bears too stays hers. A row without a code stays: nobody knows whose it is.

    >>> rows, given = ({"code": "A1"}, {"code": "B2"}), (Given("", "A1", "Sauge"),)
    >>> both = Contents(recipients=(), people=rows, pseudonyms=given)
    >>> without_people(both, ["a1"]), without_people(both, ["C3"]) == both
    (Contents(people: 1, pseudonyms: 0), True)
    """
    gone = {_plain(one) for one in codes}
    names = []
    for name in held.names:
        left = tuple(one for one in name.codes if _plain(one) not in gone)
        names += [msgspec.structs.replace(name, codes=left)] if left or not name.codes else []
    return msgspec.structs.replace(
        held,
        people=tuple(row for row in held.people if _plain(row.get(code, "")) not in gone),
        names=tuple(names),
        pseudonyms=tuple(given for given in held.pseudonyms if _plain(given.person) not in gone),
    )


def _plain(code: str) -> str:
    """Write a code as it is compared; the empty one is nobody's."""
    return "".join(code.split()).casefold() or "\0"
