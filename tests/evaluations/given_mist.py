"""The portfolio of the thirteen projects of one association, composed from what they hand over."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec
from given_fourteen import plain

from avis.exhibits import Exhibits
from avis.i18n import Language
from avis.report.compose.portfolio import compose_portfolio
from avis.report.compose.sheet import nodes
from avis.report.document import Block, Document, Heading

OURS = "Association The Mist"


def portfolio_of(handed: Mapping[str, Exhibits], language: Language) -> Document:
    ours = [one for one in handed.values() if one.setting.organisation == OURS]
    return compose_portfolio(ours, language, "public")


def under(document: Document, id: str) -> list[Block]:
    """Give the blocks below a heading, down to the next of its level or above."""
    found: list[Block] = []
    level = 0
    for block in document.blocks:
        if level and isinstance(block, Heading) and block.level <= level:
            break
        if level:
            found.append(block)
        elif isinstance(block, Heading) and block.id == id:
            level = block.level
    return found


def figures(node: object) -> list[str]:
    """Give the figures in reading order, spaces made plain."""
    return [plain(one["text"]) for one in nodes(msgspec.to_builtins(node)) if one.get("t") == "count"]


def said(node: object) -> str:
    return plain(" ".join(str(one.get("text", "")) for one in nodes(msgspec.to_builtins(node))))


def has_number(text: str, number: int) -> bool:
    return re.search(rf"(?<!\d){number}(?!\d)", text) is not None
