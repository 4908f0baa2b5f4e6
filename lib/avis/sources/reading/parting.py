"""Answers from several tools given at once: one tool at a time is read, and the files of others are named."""

from __future__ import annotations

from collections.abc import Sequence

from avis.errors import Place, Problems
from avis.sources.surveys.exports import Export
from avis.sources.surveys.tools import find_tool

SELF_TOLD = frozenset({"webforms", "framaforms", "limesurvey"})
"""Tools whose files say what was asked: they need no form."""
_IN_PARTS = frozenset({"odk", "kobo"})
"""Tools that write repeated groups into files of their own, which alone look like any table."""


def tool_of(export: Export) -> str:
    """Give the module that knows a file by itself; `plain` for any other table."""
    return find_tool([export], None) or "plain"


def of_one_tool(exports: Sequence[Export], problems: Problems) -> list[Export]:
    """Keep the files of the tool of the first one. Errors: SRC-402 names each file of another tool."""
    tools = [tool_of(export) for export in exports]
    first = next((tool for tool in tools if tool != "plain"), "plain") if "plain" in tools[:1] else tools[0]
    wanted = {first, "plain"} if first in _IN_PARTS else {tools[0]}
    kept = [export for export, tool in zip(exports, tools, strict=True) if tool in wanted]
    for export in exports:
        if export not in kept:
            problems.add("SRC-402", Place(export.name), first=kept[0].name)
    return kept


def without_form(exports: Sequence[Export], problems: Problems) -> list[Export]:
    """Keep the files that need no form, where nothing says which form is theirs. Errors: SRC-404 others."""
    kept = [export for export in exports if tool_of(export) in SELF_TOLD]
    for export in exports:
        if export not in kept:
            problems.add("SRC-404", Place(export.name))
    return kept
