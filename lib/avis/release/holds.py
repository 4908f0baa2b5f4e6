"""What an edition holds: people's words and the group's texts as ids and keyed hashes, tables as printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias, get_args

import msgspec

from avis.editions.keyed import trace
from avis.editions.printed import PrintedTable, kept_printed
from avis.editions.register import Held
from avis.errors import Place, Problems, fail
from avis.exhibits import Audience, Dissent, Exhibits, Wording
from avis.folders import Folders, passages
from avis.writing.text import read_words

Kind: TypeAlias = Literal["quote", "statement", "recommendation", "dissent", "story", "passage"]


def held_by(exhibits: Exhibits, audience: Audience, folders: Folders, key: bytes) -> tuple[Held, ...]:
    """Give every quote, story, statement, recommendation, dissent and passage of an edition for an audience.

    One entry a wording: words are found again in whatever language they were printed.
    """
    worded = (
        Held(id=id, kind=kind, trace=trace(key, text)) for id, kind, text in worded_in(exhibits, audience)
    )
    written = (  # the group's own texts may hold words of a person
        Held(id=name, kind="passage", trace=trace(key, text)) for name, text in passages_in(folders)
    )
    return (*worded, *written)


def tables_of(folders: Folders, exhibits: str) -> tuple[PrintedTable, ...]:
    """Give the tables of a hand-over as everybody sees them; `exhibits` is the sha256 of its `exhibits.json`.

    All of its tables, whatever document prints them and for whom: any of them can be asked for. Errors:
    REL-030 they are not there, or are those of another hand-over.
    """
    kept = kept_printed(folders.private)
    if kept is None or kept.exhibits != exhibits:
        raise fail("REL-030", Place(folders.exhibits.name))
    return kept.tables


def worded_in(exhibits: Exhibits, audience: Audience) -> Iterator[tuple[str, Kind, str]]:
    """Give every text that people said or adopted and that an audience may read: id, kind, words.

    It goes through whatever the exhibits are made of, so that a new kind of exhibit is not forgotten.
    """
    for item in exhibits.exhibits:
        kind = str(item.__struct_config__.tag)
        if kind in get_args(Kind):
            yield from _worded(item, audience, item.id, kind)  # type: ignore[arg-type]


def _worded(node: object, audience: Audience, id: str, kind: Kind) -> Iterator[tuple[str, Kind, str]]:
    if isinstance(node, tuple):
        for item in node:
            yield from _worded(item, audience, id, kind)
    elif isinstance(node, Wording):
        yield id, kind, node.text
    elif isinstance(node, msgspec.Struct) and audience in getattr(node, "audiences", (audience,)):
        below: Kind = "dissent" if isinstance(node, Dissent) else kind
        for name in node.__struct_fields__:
            yield from _worded(getattr(node, name), audience, getattr(node, "id", id), below)


def passages_in(folders: Folders) -> Iterator[tuple[str, str]]:
    """Give what the group wrote freely: the file, its words; what cannot be read was told by the build."""
    unread = Problems()
    for path in passages(folders.texts, "*.md", unread):
        text = read_words(path, path.name, unread)
        if text:
            yield path.name, text
