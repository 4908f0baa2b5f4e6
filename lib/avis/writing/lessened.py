"""What is left of an adopted text when somebody took words back: the same, less hers, and nothing else.

The room adopted every word. What it adopted does not change because one person uses a right that nobody may
make depend on a meeting; but only as long as not one word was added, moved or put in the place of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from avis.settings import Scale
from avis.writing.chain import Event, Log
from avis.writing.deliberation import adopted_words, fold_state, words_hash_of
from avis.writing.items import Deliberation


def taken_back(before: Deliberation, after: Deliberation) -> dict[str, int] | None:
    """Count by kind what was taken out of the adopted words; none where anything else changed.

    >>> taken_back(Deliberation(), Deliberation())
    {}
    """
    old, new = adopted_words(before), adopted_words(after)
    found = Counter[str]()
    same = _quotes(dict(old["quotes"]), dict(new["quotes"]), found)
    same = same and _items(_by_id(old["items"]), _by_id(new["items"]), found)
    return dict(found) if same else None


def carried_over(
    logs: Sequence[Log], more: tuple[Event, ...], scales: Mapping[str, Scale]
) -> dict[str, Any] | None:
    """Give the body of `adoption_carried` for events to be added to the last log; none where none is due.

    What the room adopted is what will be left of it, or is whole again; more changes carry nothing.

    >>> carried_over([Log()], (), {}) is None
    True
    """
    state = fold_state(logs, scales)
    before = state.result()
    if not before.edition_adopted or before.edition_adopted != words_hash_of(before):
        return None
    last = replace(logs[-1], events=(*logs[-1].events, *more))
    after = fold_state([*logs[:-1], last], scales).result()
    taken, now = taken_back(before, after), words_hash_of(after)
    if not taken and now not in state.carried:
        return None
    return {"was": before.edition_adopted, "words_hash": now, **(taken or {})}


def _by_id(records: list[Any]) -> dict[str, Any]:
    return {record["id"]: record for record in records}


def _quotes(old: dict[str, Any], new: dict[str, Any], found: Counter[str]) -> bool:
    less = [id for id, approvals in old.items() if new.get(id) != approvals]
    found.update(["quotes"] * len(less))
    return new.keys() <= old.keys() and all(set(new[id]) <= set(old[id]) for id in new)


def _items(old: dict[str, Any], new: dict[str, Any], found: Counter[str]) -> bool:
    for id, record in old.items():
        left = new.get(id)
        found.update([f"{record['kind']}s"] if left is None or left["words"] != record["words"] else [])
        if left is not None and not _item(record, left, found):
            return False
    return new.keys() <= old.keys()


def _item(old: dict[str, Any], new: dict[str, Any], found: Counter[str]) -> bool:
    """Tell whether a text is the same but for words and dissents that are not there any more."""
    dissents, left = _by_id(old["dissents"]), _by_id(new["dissents"])
    less = [id for id, record in dissents.items() if left.get(id) != record]
    found.update(["dissents"] * len(less))
    rest = [
        {key: value for key, value in one.items() if key not in ("words", "dissents")} for one in (old, new)
    ]
    return (
        rest[0] == rest[1]
        and new["words"].items() <= old["words"].items()
        and left.keys() <= dissents.keys()
        and all(record["words"].items() <= dissents[id]["words"].items() for id, record in left.items())
    )
