"""Several versions of one form → one form: what was asked in any of them, and in which."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from avis.errors import Place, Problems
from avis.sources.surveys.form import BETWEEN, Form, empty_form
from avis.sources.surveys.forms import read_any_form


def read_forms(files: Sequence[tuple[Path, str]], problems: Problems) -> Form:
    """Read the versions of a form, the last of which comes last by its file's name, and put them together.

    `questions.version` names the versions that hold a question, joined by BETWEEN; the form's `version` all.
    A question and a choice are told by the last version that has them. Errors and remarks: those of
    `read_any_form`, SRC-253 a question whose type or list changed.
    """
    forms = [read_any_form(path, name, problems) for path, name in files]
    names = [name for _, name in files]
    merged = forms[-1] if forms else empty_form()
    for form, name in zip(reversed(forms[:-1]), reversed(names[:-1]), strict=True):
        merged = _merged(merged, form, name, problems)
    return merged


def _merged(new: Form, old: Form, name: str, problems: Problems) -> Form:
    ours, theirs = new.questions, old.questions
    both = ours.merge(theirs, on="name", suffixes=("", "_old"))
    changed = both[(both["type"] != both["type_old"]) | (both["list"] != both["list_old"])]
    for question, line in zip(changed["name"], changed["line_old"], strict=True):
        problems.warn("SRC-253", Place(name, "survey", line=int(line), field=str(question)))
    versions = dict(zip(theirs["name"], theirs["version"], strict=True))
    shared = ours["name"].map(versions)
    told = (shared + BETWEEN + ours["version"]).where(shared.notna(), ours["version"])
    lost = theirs[~theirs["name"].isin(list(ours["name"]))]
    keys = pd.MultiIndex.from_frame(new.choices[["list", "code"]])
    extra = old.choices[~pd.MultiIndex.from_frame(old.choices[["list", "code"]]).isin(keys)]
    return Form(
        _stacked(ours.assign(version=told.astype("str")), lost),
        _stacked(new.choices, extra),
        tuple(dict.fromkeys([*new.languages, *old.languages])),
        BETWEEN.join(dict.fromkeys([*old.version.split(BETWEEN), *new.version.split(BETWEEN)])),
        _spellings(new, old),
        tuple(dict.fromkeys([*new.repeats, *old.repeats])),
    )


def _stacked(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    columns = dict.fromkeys([*first.columns, *second.columns])
    parts = [
        part.assign(**{name: "" for name in columns if name not in part.columns})[list(columns)]
        for part in (first, second)
        if len(part)
    ]
    return pd.concat(parts, ignore_index=True) if parts else first


def _spellings(new: Form, old: Form) -> dict[str, tuple[str, ...]]:
    """Give the headers of both: an older label may stand in an export too."""
    names = dict.fromkeys([*new.spellings, *old.spellings])
    return {
        name: tuple(dict.fromkeys([*new.spellings.get(name, ()), *old.spellings.get(name, ())]))
        for name in names
    }
