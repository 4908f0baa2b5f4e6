"""What the rows of a form have to do with one another: names, conditions, « please specify »."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from avis.errors import Place, Problems
from avis.sources.surveys.formula import Compare, Name, RelevanceError, Selected, names, parse
from avis.sources.surveys.formula import Literal as Quoted
from avis.spelling import suggest

SPECIFY_ENDINGS = ("_other", "_autre", "_autres", "_precisez", "_preciser", "_specify")


@dataclass(frozen=True)
class Entry:
    """A question on its way into a form: its row, and the headers that an export may give it."""

    row: dict[str, Any]
    spellings: tuple[str, ...]


def tell_names_apart(entries: list[Entry], file: str, problems: Problems) -> list[Entry]:
    """Call by their path questions that share a name in different groups; refuse one path twice (SRC-052)."""
    seen: set[str] = set()
    kept = []
    for entry in entries:
        path = entry.row["path"]
        if path in seen:
            problems.add("SRC-052", Place(file, "survey", line=entry.row["line"], field=entry.row["name"]))
        else:
            kept.append(entry)
        seen.add(path)
    times = Counter(entry.row["name"] for entry in kept)
    for entry in kept:
        if times[entry.row["name"]] > 1:
            entry.row["name"] = entry.row["path"]
    return kept


def add_specify(entries: list[Entry], choices: list[dict[str, Any]]) -> list[Entry]:
    """Link each « please specify » text to its question; add those that « or other » makes without a row."""
    others = {(choice["list"], choice["code"]) for choice in choices if choice["other"]}
    selects = {entry.row["name"]: entry.row for entry in entries if entry.row["list"]}
    for entry in entries:
        if entry.row["type"] == "text" and (parent := _parent(entry.row, selects, others)):
            entry.row["role"], entry.row["parent"] = "specify", parent
    declared = {entry.row["name"] for entry in entries}
    whole = []
    for entry in entries:
        whole.append(entry)
        if entry.row["or_other"] and f"{entry.row['name']}_other" not in declared:
            whole.append(_implied(entry))
    return whole


def _parent(row: dict[str, Any], selects: dict[str, dict[str, Any]], others: set[tuple[str, str]]) -> str:
    asked = _asked_for(row["relevance"])
    if asked and asked[0] in selects and (selects[asked[0]]["list"], asked[1]) in others:
        return asked[0]
    for ending in SPECIFY_ENDINGS:
        stem = row["name"].removesuffix(ending)
        if stem != row["name"] and stem in selects:
            of = selects[stem]["list"]
            return stem if any(of == one for one, _ in others) else ""
    return ""


def _asked_for(relevance: str) -> tuple[str, str] | None:
    """Read `selected(${q}, 'code')` or `${q} = 'code'`: the one choice that a text is asked for."""
    try:
        node = parse(relevance) if relevance else None
    except RelevanceError:
        return None
    if isinstance(node, Selected):
        return node.name.name, node.code.text
    if isinstance(node, Compare) and node.sign == "=" and isinstance(node.left, Name):
        return (node.left.name, node.right.text) if isinstance(node.right, Quoted) else None
    return None


def _implied(entry: Entry) -> Entry:
    name = entry.row["name"]
    row = {
        **entry.row,
        **{"name": f"{name}_other", "path": f"{entry.row['path']}_other", "type": "text", "list": ""},
        **{
            "relevance": f"selected(${{{name}}}, 'other')",
            "role": "specify",
            "parent": name,
            "or_other": False,
        },
    }
    return Entry(row, tuple(f"{spelling}_other" for spelling in entry.spellings))


def check_relevance(entries: list[Entry], file: str, problems: Problems) -> None:
    """Say which conditions cannot be judged: unread (SRC-057), or about an unknown question (SRC-058)."""
    known = [entry.row["name"] for entry in entries]
    for entry in entries:
        place = Place(file, "survey", line=entry.row["line"], field=entry.row["name"])
        try:
            asked = names(parse(entry.row["relevance"])) if entry.row["relevance"] else frozenset()
        except RelevanceError as error:
            problems.warn("SRC-057", place, piece=str(error))
            continue
        for name in sorted(asked - set(known)):
            problems.warn("SRC-058", place, name=name, **suggest(name, known))
