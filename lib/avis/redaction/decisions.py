"""What people decided of each thing that could identify somebody: a table that they keep, a row a decision.

A decision is bound to the exact words, to the place in them and to what was flagged: where one of these
changes, it is asked again, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import pandas as pd

from avis.descriptors import read_descriptor
from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.periods import first_day
from avis.sources.declared import Files, files_of, places, read_table_files, shown

Decision = Literal["pseudonym", "generalise", "keep", "reread"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)
REPLACING = ("pseudonym", "generalise")
COLUMNS = [field.name for field in read_descriptor("review").fields]


def read_review(evaluation: Evaluation, problems: Problems) -> pd.DataFrame:
    """Read the decisions: the columns of `data/schema/tables/review.json`, then file, sheet, row.

    `reviewed_on` is an ISO day, `sha256` in small letters. A row that says less than it must decides nothing
    and is left out. A row `reread` without a place is a person's sign-off of the whole contribution.
    Errors: those of `read_table_files`; RED-001 kept without a reason, RED-002 no place or no kind, RED-003
    nothing to put in its place.
    """
    return read_decisions(files_of(evaluation, evaluation.settings.sources.review), problems)


def read_decisions(files: Files, problems: Problems) -> pd.DataFrame:
    """Read the decisions of some files, as `read_review` does: also of one that no evaluation names yet."""
    told = Problems()
    table = read_table_files(files, "review", told)
    problems.extend(item for item in told if item.code != "SRC-022")  # nothing is decided before it begins
    table["sha256"] = table["sha256"].str.lower()
    table["reviewed_on"] = [first_day(day).isoformat() if day else "" for day in table["reviewed_on"]]
    decides = table["decision"].isin([*REPLACING, "keep"])
    placed = table["start"].notna() & table["end"].notna() & (table["kind"] != "")
    turned = (table["start"] >= table["end"]).fillna(False).astype("bool")
    reasonless = (table["decision"] == "keep") & (table["reason"] == "")
    replaced_by = table["replacement"].str.strip("[] ")
    empty = table["decision"].isin(REPLACING) & (replaced_by == "")
    for code, wrong, column in (
        ("RED-001", reasonless, "reason"),
        ("RED-002", decides & (~placed | turned), "start"),
        ("RED-003", empty, "replacement"),
    ):
        for place in places(table, wrong, shown("review", column)):
            problems.add(code, place)
    signed = (table["reviewer"] != "") & (table["reviewed_on"] != "") & (table["contribution"] != "")
    right = signed & (table["decision"] != "") & ~(reasonless | empty | (decides & (~placed | turned)))
    return table.assign(replacement=replaced_by)[right].reset_index(drop=True)


def is_said(decisions: pd.DataFrame, row: Mapping[str, str]) -> bool:
    """Tell whether a row, by the names of `tables/review.json`, says what holds already: not the day.

    Of decisions on one place the latest holds. A signature holds where no decision on the contribution came
    after it: the same name under it again would be for other printed words.
    """
    same_words = (decisions["contribution"] == row["contribution"]) & (decisions["sha256"] == row["sha256"])
    rows = decisions[same_words].sort_values(["reviewed_on", "row"])
    signed = row["decision"] == "reread"
    if signed:
        last = rows[::-1]["decision"].ne("reread").cummax()  # from the last decision up
        rows = rows[~last[::-1]]
    else:
        at = (rows["start"] == int(row["start"])) & (rows["end"] == int(row["end"]))
        rows = rows[at.fillna(False) & (rows["decision"] != "reread")].tail(1)
    given = {
        name: row.get(name, "").strip() for name in ("kind", "decision", "replacement", "reason", "reviewer")
    }
    given["replacement"] = given["replacement"].strip("[] ")
    return bool((rows[list(given)] == pd.Series(given)).all(axis="columns").any())


def no_review() -> pd.DataFrame:
    """Give a table of decisions without a row."""
    empty = pd.DataFrame(columns=[*COLUMNS, "file", "sheet", "row"], dtype="str")
    return empty.astype({"start": "Int64", "end": "Int64", "row": "int64"})
