"""data/schema → checks of YAML files (JSON Schema 2020-12); and where packaged files lie.

Scalars come as text (see `marked`) and the schema decides their type.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from avis.errors import Problems
from avis.i18n import language, say
from avis.marked import Keys, Marked
from avis.periods import is_date
from avis.spelling import TRUTHS, fold, suggest

T = TypeVar("T")


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


@cache
def _schema(name: str) -> dict[str, Any]:
    path = resource("schema", f"{name}.schema.json")
    return cast(dict[str, Any], json.loads(path.read_text(encoding="utf-8")))


def check_document(marked: Marked, schema_name: str, problems: Problems) -> Any:
    """Check a YAML file by `data/schema/{schema_name}.schema.json`; give it with the schema's types.

    Errors: EVA-010 unknown key, EVA-011 missing key, EVA-012 wrong type, EVA-013 not an admitted
    value, EVA-014 wrong form, EVA-015 empty, EVA-016 out of bounds, EVA-017 a date that is none.
    """
    schema = _schema(schema_name)
    data = _typed(marked.data, schema, schema)
    told: set[tuple[str, Keys]] = set()
    errors = _validator(schema_name).iter_errors(data)
    for error in sorted(errors, key=lambda found: [str(key) for key in found.path]):
        rule = (error.validator, tuple(error.absolute_path))
        if rule not in told or error.validator == "enum":  # all that is missing is told with the first
            _report(error, marked, problems)
        told.add(rule)
    return data


def leave_out_wrong(marked: Marked, schema_name: str) -> tuple[dict[str, Any], frozenset[Keys]]:
    """Give what a document says without the parts that are wrong, and the keys of those parts.

    A part is a key, or a whole item of a list: an indicator without its filter would be another one.
    """
    schema = _schema(schema_name)
    whole = data = _typed(marked.data, schema, schema)
    dropped: frozenset[Keys] = frozenset()
    while isinstance(data, dict):
        written = replace(marked, dropped=dropped)
        found = {written.as_written(keys) for keys in _wrong(_validator(schema_name).iter_errors(data))}
        if not found:
            return data, dropped
        dropped |= found
        data = _without(whole, dropped, ())
    return {}, dropped


def _wrong(errors: Iterable[Any]) -> Iterator[Keys]:
    for error in errors:
        keys: Keys = tuple(error.absolute_path)
        if _CODES[error.validator] == "EVA-010":
            known = _known(error.schema)
            yield from ((*keys, key) for key in error.instance if key not in known)
        elif keys:  # the whole document lacks a key: what it has can be read all the same
            item = next((number for number, key in enumerate(keys, 1) if isinstance(key, int)), len(keys))
            yield keys[:item]


def _without(data: Any, dropped: frozenset[Keys], path: Keys) -> Any:
    if isinstance(data, dict):
        kept = {key: value for key, value in data.items() if (*path, key) not in dropped}
        return {key: _without(value, dropped, (*path, key)) for key, value in kept.items()}
    if isinstance(data, list):
        items = [(index, item) for index, item in enumerate(data) if (*path, index) not in dropped]
        return [_without(item, dropped, (*path, index)) for index, item in items]
    return data


def _validator(schema_name: str) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker

    formats = FormatChecker(formats=())
    formats.checks("avis-date")(_may_be_date)
    return Draft202012Validator(_schema(schema_name), format_checker=formats)


def _may_be_date(value: object) -> bool:
    """What has not even the form of a date was reported as such."""
    return not re.fullmatch(r"\d{4}(-\d+)*", str(value)) or is_date(str(value))


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
    if kind == "boolean":
        return TRUTHS.get(fold(text), data)
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
        known = _known(schema)
        for key in [key for key in error.instance if key not in known]:
            problems.add(code, marked.place((*keys, key)), known=", ".join(known), **suggest(key, known))
    elif code == "EVA-011":
        for missing in (key for key in error.validator_value if key not in error.instance):
            problems.add(code, marked.place((*keys, missing)), key=missing)
    elif error.instance is None:
        problems.add("EVA-015", marked.place(keys))
    else:
        problems.add(code, marked.place(keys), **_asked(error))


def _known(schema: dict[str, Any]) -> list[str]:
    return list(schema.get("properties", ())) or list(schema.get("propertyNames", {}).get("enum", ()))


def _asked(error: Any) -> dict[str, str | int]:
    """What the schema admits, in words; never what the file said."""
    value = error.validator_value
    if error.validator == "enum":
        admitted = [str(item) for item in value if item != ""]  # "" is a key left away
        return {"admitted": ", ".join(admitted), **suggest(str(error.instance), admitted)}
    if error.validator == "type":
        return {"admitted": say(f"evaluation.types.{value}")}
    if error.validator == "pattern":
        return {"admitted": error.schema.get(f"x-form-{language()}", str(value))}
    return {"admitted": str(value)}


def read_as(data: Any, kind: type[T]) -> T:
    """Turn checked data into its typed record (the schema has already refused what does not fit)."""
    return msgspec.convert(data, kind)
