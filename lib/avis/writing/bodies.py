"""What an event of a session may say: its types, and the check of each by `event.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from avis.schema import resource

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

TYPES = (
    "session_opened",
    "limits_read",
    "joined",
    "proposed",
    "reworded",
    "translated",
    "audio_attached",
    "grouped",
    "merged",
    "amendment_proposed",
    "amendment_accepted",
    "amendment_rejected",
    "amendment_withdrawn",
    "round_opened",
    "reacted",
    "objected",
    "objection_resolved",
    "dissent_recorded",
    "addressee_set",
    "quote_approved",
    "approval_revoked",
    "counts_published",
    "adopted",
    "edition_adopted",
    "adoption_carried",
    "withdrawn",
    "suspended",
    "resumed",
    "redacted",
    "round_closed",
    "session_closed",
)
"""All that can happen in a session, in the order of the design."""

BRINGS = {
    "proposed": "item",
    "amendment_proposed": "amendment",
    "objected": "objection",
    "dissent_recorded": "dissent",
}
"""Events that bring something of somebody's, and the field with its id."""


def faults(event: Mapping[str, Any]) -> list[str]:
    """Name the fields of an event that do not have the form of the schema; never what they hold.

    >>> whole = {"id": "e1", "seq": 1, "writer": "salle", "at": "2024-03-15T14:00:00Z",
    ...          "type": "adopted", "body": {"item": "s1", "version": 1}, "prev": ""}
    >>> faults(whole), faults(whole | {"body": {"item": "s1"}}), faults(whole | {"type": "danced"})
    ([], ['body'], ['type'])
    """
    wrong = _envelope().iter_errors(event)
    found = [".".join(str(key) for key in error.absolute_path) for error in wrong]
    if not found:
        found = [
            ".".join(["body", *(str(key) for key in error.absolute_path)])
            for error in _body(event["type"]).iter_errors(event["body"])
        ]
    return sorted(set(found))


def words_named(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the words that a body names, as (name in the side file, salted hash).

    >>> list(words_named({"item": "s1", "text": {"word": "w1", "hash": "ab"}}))
    [('w1', 'ab')]
    """
    for value in body.values():
        if isinstance(value, dict) and value.keys() == {"word", "hash"}:
            yield value["word"], value["hash"]


@cache
def _schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resource("schema", "event.schema.json").read_text(encoding="utf-8"))
    return found


@cache
def _envelope() -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    # Without the conditions on the body: each event then meets its own body's schema alone.
    return Draft202012Validator({key: value for key, value in _schema().items() if key != "allOf"})


@cache
def _body(type: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator({"$ref": f"#/$defs/{type}", "$defs": _schema()["$defs"]})
