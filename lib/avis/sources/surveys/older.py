"""Codes that changed between the versions of a form: kept as they are, and said; never dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from avis.errors import Place
from avis.sources.surveys.answers import Column, Spot
from avis.sources.surveys.choices import read_one, read_several, readings
from avis.sources.surveys.codechoices import kind_by_labels
from avis.sources.surveys.form import OTHER_CODES, Form, form_frame

_CODE = re.compile(r"[\w.+-]{1,40}")
"""What a choice is called in a form: one word. Anything else was not written by the tool."""
_KOBO_VERSION = re.compile(r"v[0-9A-Za-z]{20,24}")
"""The identifier that Kobo gives a version; a downloaded form does not know it."""


def foreign_versions(
    versions: pd.Series[str], known: Sequence[str], order: Callable[[], pd.Series[str]]
) -> pd.Series[str] | None:
    """Give the version of each record that was not answered to the form that is known; "" for the others.

    Where no record names a version of the form, the form is taken for that of the record received last
    (`order`); records of one version alone that Kobo named are the form's own.
    """
    seen = [version for version in versions.unique() if version]
    mine = set(known) & set(seen)
    if not mine and (len(seen) > 1 or _KOBO_VERSION.fullmatch("".join(seen))):
        dated = versions.where(versions != "").dropna()
        last = order()[dated.index].sort_values(kind="stable").index[-1:]
        mine = set(dated[last])
    if not seen or (not mine and not any(known)) or set(seen) <= mine:
        return None
    return versions.where(~versions.isin(list(mine)), "")


def with_older(
    raw: pd.Series[str],
    choices: pd.DataFrame,
    spot: Spot,
    split: Sequence[str] = (),
    several: bool = False,
) -> pd.DataFrame:
    """Add to the choices codes that stand in records of another version; said once a version (SRC-240)."""
    known = [str(code) for code in choices["code"]]
    found = [code for code in split if code not in known]
    if spot.versions is not None:
        cells = raw.where(spot.versions.to_numpy() != "", "")
        older = _older_cells([str(cell) for cell in cells.unique() if cell], choices, several)
        for version, n in spot.versions[cells.isin(list(older)).to_numpy()].value_counts(sort=False).items():
            place = Place(spot.file, spot.sheet, field=spot.header)
            spot.problems.warn("SRC-240", place, version=str(version), n=int(n))
        found += [code for codes in older.values() for code in codes]
    new = [code for code in dict.fromkeys(found) if code not in known]
    return extended(choices, new) if new else choices


def _older_cells(cells: list[str], choices: pd.DataFrame, several: bool) -> dict[str, list[str]]:
    ways, read = readings(choices), read_several if several else read_one
    found = {}
    for cell in cells:
        words = cell.split() if several else [cell]
        if all(read(cell, way) is None for way in ways.values()) and all(map(_CODE.fullmatch, words)):
            found[cell] = words
    return found


def extended(choices: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Add choices that are known by their code alone; a code stands for its label."""
    of = str(choices["list"].iloc[0]) if len(choices) else ""
    return pd.concat([choices, _rows(choices, of, codes)], ignore_index=True)


def _rows(like: pd.DataFrame, of: str, codes: Sequence[str]) -> pd.DataFrame:
    languages = tuple(name.removeprefix("label_") for name in like.columns if name.startswith("label_"))
    rows = []
    for code in codes:
        missing = kind_by_labels(code, (code,))
        told = {"other": code.casefold() in OTHER_CODES, "exclusive": bool(missing), "missing": missing}
        rows.append({"list": of, "code": code, "label_fr": code, "added": False, "line": 0, **told})
    plain = tuple(name for name in like.columns if not name.startswith("label_"))
    made = form_frame(rows, (*plain, "label_fr", "label_en"), languages)
    return made[list(like.columns)]


def form_with_older(form: Form, columns: Mapping[str, Column]) -> Form:
    """Give the form the codes that were found in answers of its other versions."""
    choices = form.choices
    lists = dict(zip(form.questions["name"], form.questions["list"], strict=True))
    for name, column in columns.items():
        of = lists.get(name, "")
        if not of:
            continue
        known = set(choices.loc[choices["list"] == of, "code"])
        new = [code for code in _codes(column) if code not in known]
        if new:
            choices = pd.concat([choices, _rows(choices, of, new)], ignore_index=True)
    return form if choices is form.choices else replace(form, choices=choices)


def _codes(column: Column) -> list[str]:
    if column.chosen is not None:
        return [str(code) for code in column.chosen.columns]
    cells = [str(cell) for cell in column.values.dropna().unique()]
    return list(dict.fromkeys(code for cell in cells for code in cell.split()))
