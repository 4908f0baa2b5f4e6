"""The long table of answers, for exchange: made question by question, so that it need never be held whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from avis.sources.surveys.wave import Survey

LONG_COLUMNS = ("record", "question", "value", "raw", "status")


def answer_parts(survey: Survey) -> Iterator[pd.DataFrame]:
    """Give the answers to one question after another, in the columns of LONG_COLUMNS, all text.

    `record` is the id of the record; `value` is missing where there is none. A question with several choices
    has a row for its status, without a value, then one for each chosen code. A repeat is a survey of its own.
    """
    records = survey.records["id"].reset_index(drop=True)
    for question in survey.values.columns:
        several = survey.chosen.get(question)
        status = survey.statuses[question].reset_index(drop=True)
        values = None if several is not None else _text(survey.values[question])
        raw = survey.raw[question].reset_index(drop=True)
        yield _part(records, question, values, raw, status)
        if several is not None:
            rows, codes = several.to_numpy(dtype=bool).nonzero()
            of, chosen = records.take(rows), pd.Series(several.columns[codes], dtype="str")
            yield _part(of.reset_index(drop=True), question, chosen, "", status.take(rows))


def _part(
    records: pd.Series[str],
    question: str,
    values: pd.Series[str] | None,
    raw: pd.Series[str] | str,
    status: pd.Series[str],
) -> pd.DataFrame:
    columns = {
        "record": records,
        "question": question,
        "value": pd.Series(None, index=records.index, dtype="str") if values is None else values,
        "raw": raw,
        "status": status.reset_index(drop=True).astype("str"),
    }
    return pd.DataFrame(columns, index=records.index, copy=False)


def _text(values: pd.Series) -> pd.Series[str]:
    """Write values as text, whole numbers without a decimal part; once for each different value."""
    values = values.reset_index(drop=True)
    if values.dtype == "str":
        return values
    numbers, distinct = pd.factorize(values)
    written = pd.Series([*map(_written, distinct), None], dtype="str")  # missing values have the number -1
    return written.take(numbers % len(written)).reset_index(drop=True)


def _written(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
