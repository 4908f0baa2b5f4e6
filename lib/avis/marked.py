"""One loader reads all YAML: plain data with the place of every part.

Scalars stay text and the schema decides the type, so that `no`, `on`, `14:30` and `010` are what a
person meant; aliases, tags and repeated keys are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any

import yaml

from avis.errors import Place, Problems
from avis.folders import read_regular

MOST_BYTES = 1_000_000
"""No hand-written YAML comes near a megabyte; a larger one is a mistake or an attack."""
MOST_DEPTH = 30

Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Marked:
    """What a YAML file said, and where each part of it stands."""

    file: str
    data: Any
    marks: dict[Keys, tuple[int, int]]
    dropped: frozenset[Keys] = frozenset()
    """Parts that were left out since they are wrong: items of a list that follow them moved up."""

    def place(self, keys: Iterable[str | int] = ()) -> Place:
        """Say where a key stands; for a missing one, where its parent stands."""
        path = self.as_written(keys)
        field = ".".join(str(key + 1) if isinstance(key, int) else key for key in path)
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        return Place(self.file, line=line, column=column, field=field)

    def as_written(self, keys: Iterable[str | int]) -> Keys:
        """Give the keys under which a part stands in the file."""
        path: Keys = ()
        for key in keys:
            if isinstance(key, int):
                kept = (number for number in count() if (*path, number) not in self.dropped)
                key = next(islice(kept, key, None))
            path = (*path, key)
        return path


def load_yaml(path: Path, name: str, problems: Problems) -> Marked | None:
    """Read a YAML file; none where it cannot be read, with the reason in `problems`.

    Errors: EVA-002 no file, EVA-003 not UTF-8, EVA-004 too large, SRC-041 not to be opened, or no regular
    file, and those of `parse_yaml`.
    """
    try:
        data = read_regular(path, MOST_BYTES)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError | IsADirectoryError)
        problems.add("EVA-002" if missing else "SRC-041", Place(name))
        return None
    if len(data) > MOST_BYTES:
        problems.add("EVA-004", Place(name), size=path.stat().st_size, most=MOST_BYTES)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.add("EVA-003", Place(name, line=line))
        return None
    return parse_yaml(text, name, problems)


def parse_yaml(text: str, name: str, problems: Problems, first_line: int = 1) -> Marked | None:
    """Parse YAML whose first line is `first_line` of the file (front matter starts lower).

    Errors: EVA-005 not YAML, EVA-006 alias or tag, EVA-007 key given twice, EVA-008 empty,
    EVA-009 nested too deeply.
    """
    builder = _Builder(name, problems, first_line)
    before = len(problems.errors)
    try:
        data = builder.build(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        problems.add("EVA-005", Place(name, line=line + first_line, column=column + 1))
        return None
    except (yaml.YAMLError, ValueError):  # control characters have no mark; what has one was reported
        if len(problems.errors) == before:
            problems.add("EVA-005", Place(name))
        return None
    if len(problems.errors) > before:
        return None
    if data is None:
        problems.add("EVA-008", Place(name))
        return None
    return Marked(name, data, builder.marks)


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Builder:
    """Builds plain data from YAML events, keeping where each part stands."""

    def __init__(self, name: str, problems: Problems, first_line: int) -> None:
        self.name = name
        self.problems = problems
        self.first_line = first_line
        self.marks: dict[Keys, tuple[int, int]] = {}

    def build(self, events: Iterator[yaml.Event]) -> Any:
        data = None
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                data = self._node(event, events, ())
        return data

    def _place(self, event: yaml.Event, path: Keys = ()) -> Place:
        mark = event.start_mark
        assert mark is not None  # every event of a parsed text has one
        field = ".".join(str(key) for key in path)
        return Place(self.name, line=mark.line + self.first_line, column=mark.column + 1, field=field)

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: Keys) -> Any:
        place = self._place(event, path)
        self.marks.setdefault(path, (place.line, place.column))
        if len(path) > MOST_DEPTH:
            self.problems.add("EVA-009", place, most=MOST_DEPTH)
            raise yaml.YAMLError("too deep")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.problems.add("EVA-006", place)
            raise yaml.YAMLError("alias")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> str | None:
        if event.tag not in (None, "!"):
            self.problems.add("EVA-006", place)
        plain = event.style in (None, "")
        return None if plain and event.value in ("", "~", "null") else event.value

    def _sequence(self, events: Iterator[yaml.Event], path: Keys) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], path: Keys) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            place = self._place(event, path)
            if not isinstance(event, yaml.ScalarEvent):
                self.problems.add("EVA-005", place)
                raise yaml.YAMLError("a key is a word")
            key = event.value
            self.marks.setdefault((*path, key), (place.line, place.column))
            value = self._node(next(events), events, (*path, key))
            if key in found:
                self.problems.add("EVA-007", place, key=key)
            found[key] = value
        return found
