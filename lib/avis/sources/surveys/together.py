"""Answers from several files, put one under the other: a question that a file lacks was not asked there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from avis.sources.surveys.answers import CODE, Answers, Column, no_answers


def put_together(parts: Sequence[Answers]) -> Answers:
    """Put answers to one form one under the other; ids that stand twice get `~2`, `~3`…"""
    if not parts:
        return no_answers()
    records = pd.concat([part.records for part in parts], ignore_index=True)
    records = records.assign(id=unique(records["id"]))
    names = dict.fromkeys(name for part in parts for name in part.columns)
    if len(parts) == 1:
        return Answers(records, parts[0].columns)
    return Answers(records, {name: _column(name, parts) for name in names})


def unique(ids: pd.Series[str]) -> pd.Series[str]:
    """Tell apart ids that stand several times, in their order.

    >>> unique(pd.Series(["7", "8", "7", "7~2"], dtype="str")).tolist()
    ['7', '8', '7~3', '7~2']
    """
    twice = ids.duplicated()
    if not twice.any():
        return ids
    taken, found, last = set(ids), ids.tolist(), dict[str, int]()
    for at in np.flatnonzero(twice.to_numpy()):
        id = found[at]
        number = last.get(id, 1) + 1
        while (other := f"{id}~{number}") in taken:
            number += 1
        taken.add(other)
        found[at], last[id] = other, number
    return pd.Series(found, index=ids.index, dtype="str")


def _column(name: str, parts: Sequence[Answers]) -> Column:
    like = next(part.columns[name] for part in parts if name in part.columns)
    columns = [part.columns.get(name) or _absent(like, len(part.records)) for part in parts]
    chosen = [column.chosen for column in columns if column.chosen is not None]
    return Column(
        pd.concat([column.raw for column in columns], ignore_index=True),
        pd.concat([column.values for column in columns], ignore_index=True),
        np.concatenate([column.status for column in columns]),
        _ticks(chosen) if chosen else None,
    )


def _absent(like: Column, length: int) -> Column:
    blank = pd.Series([None] * length, dtype=like.values.dtype)
    status = np.full(length, CODE["not_asked"], dtype=np.int8)
    chosen = None if like.chosen is None else pd.DataFrame(False, range(length), like.chosen.columns)
    return Column(pd.Series([""] * length, dtype="str"), blank, status, chosen)


def _ticks(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    codes = list(dict.fromkeys(code for part in parts for code in part.columns))
    filled = [part.reindex(columns=codes, fill_value=False) for part in parts]
    return pd.concat(filled, ignore_index=True).astype(bool)
