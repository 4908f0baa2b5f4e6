"""The codebook as an association writes it: `codebook.yaml`."""

from __future__ import annotations

from typing import Any

import pandas as pd

from avis.errors import Problems
from avis.marked import Marked
from avis.schema import check_document
from avis.sources.coding.codes_model import CODE_COLUMNS
from avis.sources.coding.history import check_history, state
from avis.spelling import suggest

COLUMNS = [*CODE_COLUMNS, "reason_fr", "reason_en", "status", "into"]
"""`status`: merged, split or retired, else empty; `into`: the codes that it went into, between spaces."""
YAML = (".yaml", ".yml")


def no_codes() -> pd.DataFrame:
    """Give a codebook without codes."""
    return _frame([])


def read_written(marked: Marked, problems: Problems) -> pd.DataFrame:
    """Read the codes of a `codebook.yaml` (COLUMNS); empty where it is none.

    Errors: those of `check_document`; SRC-120 one code twice, SRC-121 a parent that does not exist, SRC-122 a
    code that is its own ancestor; those of `check_history`.
    """
    before = len(problems.errors)
    data = check_document(marked, "codebook", problems)
    if len(problems.errors) > before:
        return no_codes()
    codes: list[dict[str, Any]] = data["codes"]
    _check(codes, marked, problems)
    check_history(codes, marked, problems)
    return _frame([_row(code) for code in codes]).drop_duplicates("code", ignore_index=True)


def _frame(rows: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS).astype("str")


def _row(code: dict[str, Any]) -> dict[str, str]:
    row = {"code": code["id"], "parent": code.get("parent", ""), "since": code.get("since", "")}
    for name in ("label", "definition", "reason"):
        for lang in ("fr", "en"):
            row[f"{name}_{lang}"] = code.get(name, {}).get(lang, "")
    row["status"], row["into"] = state(code)
    return row


def _check(codes: list[dict[str, Any]], marked: Marked, problems: Problems) -> None:
    parents: dict[str, str] = {}
    for index, code in enumerate(codes):
        if code["id"] in parents:
            problems.add("SRC-120", marked.place(("codes", index, "id")), code=code["id"])
        parents.setdefault(code["id"], code.get("parent", ""))
    for index, code in enumerate(codes):
        place = marked.place(("codes", index, "parent"))
        parent = code.get("parent", "")
        if parent and parent not in parents:
            problems.add("SRC-121", place, **suggest(parent, parents))
        elif _is_own_ancestor(code["id"], parents):
            problems.add("SRC-122", place)


def _is_own_ancestor(code: str, parents: dict[str, str]) -> bool:
    seen: set[str] = set()
    above = parents[code]
    while above and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents.get(above, "")
    return False
