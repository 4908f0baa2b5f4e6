"""Which tool wrote a file of answers, and the one reader that knows it.

A tool is a module with two functions: `suits(exports, form)` looks at headers alone, `read(exports, form,
person, problems)` gives the `Responses`. The order matters: the plain table, which suits anything, is last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol

from avis.errors import Problems
from avis.sources.surveys.answers import Answers
from avis.sources.surveys.exports import Export
from avis.sources.surveys.form import Form


@dataclass(frozen=True)
class Responses:
    """What the files of a tool say.

    `tool` is its name as people know it; `form` is the one given, or what the export itself says of its
    questions; `repeats` holds, by the path of a repeated group, answers whose records have `parent` (the id
    of the record above) and `index`. `left_out` names the columns that were not read, on purpose (e-mails…).
    """

    tool: str
    form: Form
    answers: Answers
    repeats: Mapping[str, Answers] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


class Tool(Protocol):
    """What a module that reads a tool's files offers."""

    def suits(self, exports: Sequence[Export], form: Form | None) -> bool:
        """Tell whether these files were written by the tool."""

    def read(
        self, exports: Sequence[Export], form: Form | None, person: str, problems: Problems
    ) -> Responses:
        """Read them; `person` names the column of person codes."""


TOOLS = ("webforms", "framaforms", "limesurvey", "odk", "kobo", "plain")
"""The modules, in the order in which they are asked."""


def read_responses(
    exports: Sequence[Export], form: Form | None, person: str, problems: Problems
) -> Responses | None:
    """Read files of answers by the first tool that they suit; none where they suit no tool."""
    name = find_tool(exports, form)
    tool: Tool | None = import_module(f"avis.sources.surveys.{name}") if name else None
    return tool.read(exports, form, person, problems) if tool else None


def find_tool(exports: Sequence[Export], form: Form | None) -> str:
    """Give the name of the first tool whose files these are; "" where there is none."""
    suits = (name for name in TOOLS if import_module(f"avis.sources.surveys.{name}").suits(exports, form))
    return next(suits, "")


def is_of_a_tool(exports: Sequence[Export]) -> bool:
    """Tell whether a tool knows its own files by their headers alone, without a form."""
    return find_tool(exports, None) not in ("", "plain")
