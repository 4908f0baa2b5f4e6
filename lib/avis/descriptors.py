"""What a table must look like: Table Schema descriptors in `data/schema/tables/*.json`, typed.

Properties of our own: `titles` and `aliases` for the headers that people write, `values` for the words of
a list, `reads` for figures with a qualifier, periods and links, `derived` for columns that no file holds,
`owed` for columns that a file must hold though their cells may be empty, `doubtful` for what stands in
for a date that cannot be read, `otherColumns` for what becomes of columns that the table does not know.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from avis.exhibits import Words
from avis.i18n import language
from avis.schema import resource


class Choice(msgspec.Struct, frozen=True):
    """A value of a list, and the words that stand for it."""

    value: str
    titles: Words = {}
    aliases: tuple[str, ...] = ()


class Constraints(msgspec.Struct, frozen=True):
    """What Table Schema calls constraints; those that we check."""

    required: bool = False
    minimum: float | None = None
    maximum: float | None = None


class Field(msgspec.Struct, frozen=True):
    """A column: its name, its type, the headers that people write."""

    name: str
    type: Literal["string", "integer", "number", "boolean", "date", "year", "any"]
    titles: Words
    aliases: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    """Headers that mean this column where no column has a better one: « Atelier » beside « Type »."""
    constraints: Constraints = Constraints()
    values: tuple[Choice, ...] = ()
    reads: Literal["text", "period", "span", "amount", "duration", "link"] = "text"
    derived: bool = False
    owed: bool = False
    doubtful: str = ""

    @property
    def needed(self) -> bool:
        """Whether a file without this column cannot be used."""
        return self.owed or self.constraints.required

    @property
    def shown(self) -> str:
        """The header to write, in the language of messages."""
        return self.aliases[0] if self.aliases and language() == "fr" else self.name

    @property
    def words(self) -> tuple[str, ...]:
        """Every header that means this column."""
        return (*self.own, *self.otherwise)

    @property
    def own(self) -> tuple[str, ...]:
        """The headers that mean this column whatever stands beside."""
        return (self.name, *self.aliases, *self.titles.values())


class Descriptor(msgspec.Struct, frozen=True, rename="camel"):
    """A table: its columns, its key, and what becomes of columns that it does not know."""

    name: str
    titles: Words
    fields: tuple[Field, ...]
    primary_key: str = ""
    other_columns: Literal["warn", "keep"] = "warn"

    @property
    def read(self) -> tuple[Field, ...]:
        """The columns that a file can hold."""
        return tuple(field for field in self.fields if not field.derived)


@cache
def read_descriptor(name: str) -> Descriptor:
    """Read `data/schema/tables/{name}.json`.

    >>> read_descriptor("persons").primary_key
    'code'
    """
    data = resource("schema", "tables", f"{name}.json").read_bytes()
    return msgspec.json.decode(data, type=Descriptor)
