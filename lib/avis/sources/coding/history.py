"""What became of each code of a codebook: added, renamed, redefined, split, merged, retired; when and why.

Notes are not written again when a codebook changes: a code that was merged is read as the one it went into,
one that was split or retired keeps its name, and is told until its paragraphs are read again.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from avis.errors import Problems
from avis.marked import Marked
from avis.spelling import suggest

HISTORY_COLUMNS = ["code", "on", "change", "into", "was_fr", "was_en", "reason_fr", "reason_en"]
ENDED = ("merged", "split", "retired")
"""Changes after which nobody puts this code on new words."""
_INTO = {"merged": 1, "split": 2}
"""How many codes a change goes into, at least; a merged one into one alone."""


def tell_history(codes: list[dict[str, Any]]) -> pd.DataFrame:
    """List every change of every code by its day (HISTORY_COLUMNS); `added` is made of since and reason.

    >>> code = {"id": "bus", "label": {"fr": "Bus"}, "since": "2024", "reason": {"fr": "Atelier 1."}}
    >>> tell_history([code])[["code", "on", "change"]].values.tolist()
    [['bus', '2024', 'added']]
    """
    rows = [_row(code["id"], change) for code in codes for change in _changes(code)]
    frame = pd.DataFrame(rows, columns=HISTORY_COLUMNS).astype("str")
    return frame.sort_values("on", kind="stable", ignore_index=True)


def _changes(code: dict[str, Any]) -> list[dict[str, Any]]:
    known = bool(code.get("since") or code.get("reason"))
    added = {"on": code.get("since", ""), "change": "added", "reason": code.get("reason", {})}
    return [*([added] if known else []), *code.get("history", ())]


def _row(code: str, change: dict[str, Any]) -> dict[str, str]:
    row = {"code": code, "on": change["on"], "change": change["change"]}
    row["into"] = " ".join(change.get("into", ()))
    for name in ("was", "reason"):
        for lang in ("fr", "en"):
            row[f"{name}_{lang}"] = change.get(name, {}).get(lang, "")
    return row


def state(code: dict[str, Any]) -> tuple[str, str]:
    """Say whether a code has ended, and into which it went: its last change that ends or restores it decides.

    >>> state({"history": [{"on": "2024", "change": "merged", "into": ["trajet"]}]})
    ('merged', 'trajet')
    """
    changes = sorted(code.get("history", ()), key=lambda change: str(change["on"]))
    telling = [one for one in changes if one["change"] in (*ENDED, "restored")]
    if not telling or telling[-1]["change"] == "restored":
        return "", ""
    return telling[-1]["change"], " ".join(telling[-1].get("into", ()))


def check_history(codes: list[dict[str, Any]], marked: Marked, problems: Problems) -> None:
    """Errors: SRC-422 a code went into one that does not exist, SRC-423 merged codes go round in a circle,
    SRC-424 a merged code went into one other, a split one into two or more.
    """
    ids = [code["id"] for code in codes]
    for at, code in enumerate(codes):
        for number, change in enumerate(code.get("history", ())):
            place = marked.place(("codes", at, "history", number, "into"))
            for into in change.get("into", ()):
                if into not in ids:
                    problems.add("SRC-422", place, **suggest(into, ids))
            least = _INTO.get(change["change"], 0)
            if len(change.get("into", ())) < least or (least == 1 and len(change["into"]) > 1):
                problems.add("SRC-424", marked.place(("codes", at, "history", number)), least=least)
    states = {code["id"]: state(code) for code in codes}
    merged = {id: into for id, (status, into) in states.items() if status == "merged"}
    for at, code in enumerate(codes):
        if successor(code["id"], merged) in merged:
            problems.add("SRC-423", marked.place(("codes", at, "history")))


def successor(code: str, merged: dict[str, str]) -> str:
    """Follow merged codes to the one that holds them today; a circle ends where it began.

    >>> successor("a", {"a": "b", "b": "c"}), successor("x", {"x": "x"})
    ('c', 'x')
    """
    seen: set[str] = set()
    while code in merged and code not in seen:
        seen.add(code)
        code = merged[code]
    return code
