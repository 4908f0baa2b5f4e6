"""What the scan looks for: the scan itself reads no source, and can run where none is.

`release` hands it over in memory: names come from the vault, and these are never on a disk in clear.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Kind: TypeAlias = Literal[
    "name", "person_code", "consent_code", "raw_text", "path", "user", "host", "parameter", "numbers"
]
"""`raw_text` by shingles of words; `numbers` by runs of numbers that stand together in one record."""


class Term(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing that must not leave."""

    kind: Kind
    text: str = ""
    """As it is written; compared folded, without case, accents, invisible signs."""
    numbers: tuple[float, ...] = ()

    def __repr__(self) -> str:
        """Show no word of anybody."""
        return f"Term(kind={self.kind!r})"


class Wanted(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """All that the scan looks for, what may stand all the same, and which lists that comes from."""

    terms: tuple[Term, ...] = ()
    allowed: tuple[str, ...] = ()
    """Texts whose words may be published: quotes that people allowed, passages. No identifier in them may."""
    lists: tuple[str, ...] = ()
    """Which lists were there to look for: `people`, `codes`, `texts`, `records`, `machine`."""
    missing: tuple[str, ...] = ()
    """Which were not, and why nothing was looked for: the register of people without its key."""
    contacts: tuple[str, ...] = ()
    """Texts that hold the association's own telephone and addresses: these may stand."""
