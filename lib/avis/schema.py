"""data/schema → checks of YAML files (JSON Schema 2020-12); and where packaged files lie.

One loader reads all YAML. Scalars stay text and the schema decides the type, so that `no`, `on`,
`14:30` and `010` are what a person meant; aliases, tags and repeated keys are refused.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec
import yaml

from avis.errors import Place, Problems
from avis.i18n import language

MOST_BYTES = 1_000_000
"""No hand-written YAML comes near a megabyte; a larger one is a mistake or an attack."""
MOST_DEPTH = 30

T = TypeVar("T")
Keys = tuple[str | int, ...]


def resource(*parts: str) -> Path:
    """Find a packaged file, in a wheel (`avis/_resources`) and in a checkout alike.

    >>> resource("schema", "evaluation.schema.json").is_file()
    True
    """
    packaged = Path(__file__).parent / "_resources"
    if packaged.is_dir():
        return packaged.joinpath(*parts)
    checkout = Path(__file__).parents[2]
    return checkout.joinpath(*(("data", *parts) if parts[0] == "schema" else parts))


@dataclass(frozen=True)
class Marked:
    """What a YAML file said, and where each part of it stands."""

    file: str
    data: Any
    marks: dict[Keys, tuple[int, int]]

    def place(self, keys: Iterable[str | int] = ()) -> Place:
        """Say where a key stands; for a missing one, where its parent stands."""
        path: Keys = tuple(keys)
        field = ".".join(str(key + 1) if isinstance(key, int) else key for key in path)
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        return Place(self.file, line=line, column=column, field=field)


def load_yaml(path: Path, name: str, problems: Problems) -> Marked | None:
    """Read a YAML file; none where it cannot be read, with the reason in `problems`.

    Errors: EVA-002 no file, EVA-003 not UTF-8, EVA-004 too large, and those of `parse_yaml`.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        problems.add("EVA-002", Place(name))
        return None
    if len(data) > MOST_BYTES:
        problems.add("EVA-004", Place(name), size=len(data), most=MOST_BYTES)
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
    except (yaml.YAMLError, ValueError):  # control characters have no mark
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


@cache
def _schema(name: str) -> dict[str, Any]:
    path = resource("schema", f"{name}.schema.json")
    return cast(dict[str, Any], json.loads(path.read_text(encoding="utf-8")))


def check_document(marked: Marked, schema_name: str, problems: Problems) -> Any:
    """Check a YAML file by `data/schema/{schema_name}.schema.json`; give it with the schema's types.

    Errors: EVA-010 unknown key, EVA-011 missing key, EVA-012 wrong type, EVA-013 not an admitted
    value, EVA-014 wrong form, EVA-015 empty, EVA-016 out of bounds, EVA-017 a date that is none.
    """
    from jsonschema import Draft202012Validator, FormatChecker

    schema = _schema(schema_name)
    data = _typed(marked.data, schema, schema)
    formats = FormatChecker(formats=())
    formats.checks("avis-date", raises=ValueError)(_is_date)
    validator = Draft202012Validator(schema, format_checker=formats)
    for error in sorted(validator.iter_errors(data), key=lambda found: [str(key) for key in found.path]):
        _report(error, marked, problems)
    return data


def _is_date(value: object) -> bool:
    parts = str(value).split("-")
    if len(parts) == 3:
        date.fromisoformat(str(value))
    elif len(parts) == 2:
        date(int(parts[0]), int(parts[1]), 1)
    return True


_YES = {"true", "yes", "oui", "vrai", "on"}
_NO = {"false", "no", "non", "faux", "off"}


def _typed(data: Any, schema: dict[str, Any], root: dict[str, Any]) -> Any:
    """Give text the type that the schema asks for; what does not fit stays text and is reported."""
    if "$ref" in schema:
        return _typed(data, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
    if isinstance(data, dict):
        known = schema.get("properties", {})
        other = schema.get("additionalProperties")
        return {
            key: _typed(value, known.get(key, other if isinstance(other, dict) else {}), root)
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [_typed(value, schema.get("items", {}), root) for value in data]
    return _typed_scalar(data, schema.get("type"))


def _typed_scalar(data: Any, kind: object) -> Any:
    if not isinstance(data, str):
        return data
    text = data.strip().lower()
    if kind == "integer" and re.fullmatch(r"[+-]?\d+", text):
        return int(text)
    if kind == "number" and re.fullmatch(r"[+-]?\d+([.,]\d+)?", text):
        number = float(text.replace(",", "."))
        return int(number) if number.is_integer() else number
    if kind == "boolean" and text in _YES | _NO:
        return text in _YES
    return data


_CODES = {
    "additionalProperties": "EVA-010",
    "propertyNames": "EVA-010",
    "required": "EVA-011",
    "type": "EVA-012",
    "enum": "EVA-013",
    "const": "EVA-013",
    "pattern": "EVA-014",
    "minItems": "EVA-015",
    "minLength": "EVA-015",
    "minProperties": "EVA-015",
    "minimum": "EVA-016",
    "maximum": "EVA-016",
    "format": "EVA-017",
}


def _report(error: Any, marked: Marked, problems: Problems) -> None:
    keys: Keys = tuple(error.absolute_path)
    code = _CODES[error.validator]
    schema = error.schema
    if code == "EVA-010":
        known = list(schema.get("properties", ())) or list(schema.get("propertyNames", {}).get("enum", ()))
        for key in [key for key in error.instance if key not in known]:
            problems.add(code, marked.place((*keys, key)), known=", ".join(known), **_hint(key, known))
    elif code == "EVA-011":
        missing = next(key for key in error.validator_value if key not in error.instance)
        problems.add(code, marked.place((*keys, missing)), key=missing)
    elif error.instance is None:
        problems.add("EVA-015", marked.place(keys))
    else:
        problems.add(code, marked.place(keys), **_asked(error))


def _hint(key: str, known: Iterable[str]) -> dict[str, str]:
    close = difflib.get_close_matches(key, list(known), n=1)
    return {"hint": close[0]} if close else {}


def _asked(error: Any) -> dict[str, str | int]:
    """What the schema admits, in words; never what the file said."""
    value = error.validator_value
    if error.validator == "enum":
        admitted = [str(item) for item in value]
        return {"admitted": ", ".join(admitted), **_hint(str(error.instance), admitted)}
    if error.validator == "type":
        return {"admitted": _TYPE_WORDS[language()].get(str(value), str(value))}
    if error.validator == "pattern":
        return {"admitted": error.schema.get(f"x-form-{language()}", str(value))}
    return {"admitted": str(value)}


_TYPE_WORDS = {
    "fr": {
        "object": "un bloc « clé : valeur »",
        "array": "une liste",
        "string": "du texte",
        "integer": "un nombre entier",
        "number": "un nombre",
        "boolean": "oui ou non",
    },
    "en": {
        "object": "a block of “key: value”",
        "array": "a list",
        "string": "text",
        "integer": "a whole number",
        "number": "a number",
        "boolean": "yes or no",
    },
}


def read_as(data: Any, kind: type[T]) -> T:
    """Turn checked data into its typed record (the schema has already refused what does not fit)."""
    return msgspec.convert(data, kind)
