"""What stands inside a line of a document: words, links, figures with their note."""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class Node(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="t"
):
    """Whatever a document is made of: it never changes, and refuses what it does not know."""


class Words(Node, frozen=True, kw_only=True, tag="words"):
    """Plain words; `language` where it is not the document's."""

    text: str
    language: str = ""


class Strong(Node, frozen=True, kw_only=True, tag="strong"):
    """Words that matter."""

    content: tuple[Inline, ...]


class Emphasis(Node, frozen=True, kw_only=True, tag="emphasis"):
    """Words said with weight, or a title."""

    content: tuple[Inline, ...]


class Link(Node, frozen=True, kw_only=True, tag="link"):
    """A link to `https://…`, `mailto:…`, `#anchor` or the sheet of a project; other targets are refused.

    A sheet (`fiches/slug.public.fr.html`) stands beside a page; a PDF writes its words alone.
    """

    href: str
    content: tuple[Inline, ...]


class Count(Node, frozen=True, kw_only=True, tag="count"):
    """A figure as it is printed, with the note that tells where it comes from."""

    text: str
    note: str
    id: str = ""


class Mention(Node, frozen=True, kw_only=True, tag="mention"):
    """A call to a note: a source or a reference; `language` where its title is in another one."""

    text: str
    note: str
    language: str = ""


Inline: TypeAlias = Words | Strong | Emphasis | Link | Count | Mention


def plain(content: tuple[Inline, ...]) -> str:
    """Give the words of a line without their dress."""
    return "".join(
        plain(node.content) if not isinstance(node, Words | Count | Mention) else node.text
        for node in content
    )
