"""Links inside a document: each leads to what this audience sees, or is words alone."""

from __future__ import annotations

from typing import Any


def linked(data: Any, anchors: set[str], aliases: dict[str, str]) -> Any:
    """Lead each `#link` to an anchor that exists; where there is none, its words stay without the link."""
    if isinstance(data, dict):
        kept = {key: linked(value, anchors, aliases) for key, value in data.items()}
        if kept.get("t") == "link" and kept["href"].startswith("#"):
            target = kept["href"][1:]
            kept["href"] = "#" + (target if target in anchors else aliases.get(target, target))
        return kept
    if not isinstance(data, list | tuple):
        return data
    found: list[Any] = []
    for value in (linked(item, anchors, aliases) for item in data):
        lost = isinstance(value, dict) and value.get("t") == "link" and value["href"].startswith("#")
        if lost and value["href"][1:] not in anchors:
            found.extend(value["content"])
        else:
            found.append(value)
    return found
