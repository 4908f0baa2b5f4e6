"""The comments of a DOCX: their words, who wrote them, which ones reply to another, which ones are settled.

Source: ECMA-376, part 1, 17.13.4; [MS-DOCX] 2.5.1 for replies and for what is settled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from avis.files.archives import Archive
from avis.sources.notes.marks import attribute, children, descendants, local


@dataclass(frozen=True)
class Said:
    """One comment; `parent` is the id of the one that it replies to."""

    text: str = field(repr=False)
    author: str = field(repr=False)
    initials: str
    parent: str = ""
    resolved: bool = False


def read_comments(archive: Archive, part: Callable[[Archive, str], Element | None]) -> dict[str, Said]:
    """Read all comments, by id, in their order."""
    root = part(archive, "word/comments.xml") if "word/comments.xml" in archive.names else None
    comments = children(root, "comment") if root is not None else []
    name = "word/commentsExtended.xml"
    beside = part(archive, name) if name in archive.names else None
    more = {attribute(one, "paraId"): one for one in (beside if beside is not None else ())}
    ids = {_last(comment): attribute(comment, "id") for comment in comments}
    found = {}
    for comment in comments:
        known = more.get(_last(comment))
        found[attribute(comment, "id")] = Said(
            _words(comment),
            attribute(comment, "author"),
            attribute(comment, "initials"),
            ids.get(attribute(known, "paraIdParent"), "") if known is not None else "",
            known is not None and attribute(known, "done") in ("1", "true"),
        )
    return found


def _last(comment: Element) -> str:
    """Give the id of a comment's last paragraph, by which Word ties replies to it."""
    return next((attribute(one, "paraId") for one in reversed(children(comment, "p"))), "")


def _words(comment: Element) -> str:
    lines = []
    for paragraph in descendants(comment, "p"):
        pieces = [
            part.text or "" if local(part) == "t" else " "
            for part in paragraph.iter()
            if local(part) in ("t", "br", "tab")
        ]
        lines.append(" ".join("".join(pieces).split()))
    return "\n".join(line for line in lines if line)
