"""Our tables → the columns of `data/schema/tables`, always the same, as text for exchange."""

from __future__ import annotations

import json
import re

import pandas as pd

from avis.descriptors import read_descriptor

_NEEDS_QUOTES = re.compile(r'[",\r\n]')
RENAMED = {"questions": {"name": "id"}, "choices": {"missing": "missing_kind"}}
"""Columns that our tables call otherwise."""


def shaped(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Give a table the columns of its descriptor, in their order; a column that it has not is empty.

    Labels in a language other than French and English stand together, as JSON, in `other_labels`.
    """
    known = frame.rename(columns=RENAMED.get(table, {}))
    columns = [item.name for item in read_descriptor(table).fields]
    if "other_labels" in columns:
        known = known.assign(other_labels=_other_labels(known))
    return known.reindex(columns=columns)


def _other_labels(frame: pd.DataFrame) -> list[str]:
    others = [name for name in frame.columns if name.startswith("label_") and name[6:] not in ("fr", "en")]
    rows = frame[others].to_dict("records")
    labels = ({str(name)[6:]: text for name, text in row.items() if text} for row in rows)
    return [json.dumps(found, ensure_ascii=False, sort_keys=True) if found else "" for found in labels]


def lines(frame: pd.DataFrame) -> str:
    r"""Write the rows of a table as CSV: "" where missing, true and false, whole numbers without decimals.

    As the standard library's writer, but that a lone carriage return is quoted on every version of Python.

    >>> lines(pd.DataFrame({"a": [1.0, None, 2.5], "b": [True, False, True], "c": ["x", None, "y, z"]}))
    '1,true,x\n,false,\n2.5,true,"y, z"\n'
    """
    columns = [_quoted(_texts(frame[name])) for name in frame.columns]
    return "".join(map("{}\n".format, map(",".join, zip(*columns, strict=True))))


def _quoted(texts: list[str]) -> list[str]:
    """Put cells between quotation marks where they need them; most columns need none, and one look tells."""
    if not _NEEDS_QUOTES.search("\0".join(texts)):
        return texts
    return ['"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text for text in texts]


def _texts(column: pd.Series) -> list[str]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        words = _texts(pd.Series(column.cat.categories))
        return [words[code] if code >= 0 else "" for code in column.cat.codes]
    missing = column.isna().to_numpy()
    values = column.to_numpy(dtype=object, copy=True)
    values[missing] = ""
    texts: list[str] = values.tolist()
    return texts if pd.api.types.is_string_dtype(column.dtype) else list(map(_text, texts))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    return str(value)
