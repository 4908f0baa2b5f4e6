"""Notebook 30, what only those who hold the notes see: themes in order and side by side, coders, criteria.

Paragraphs are named by their id, themes by their label; no words and no speaker stand in a view, and
nobody is put before anybody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from avis.findings.coders import SETTLED, agree
from avis.findings.cooccurrence import otherwise, pair_themes, saturate, speak_of
from avis.findings.coverage import COLUMNS, unanswered
from avis.findings.presence import in_order, place_codes, said_in
from avis.i18n import date, language, say, words
from avis.steps.views import View, Viewed
from avis.steps.workshops import Workshops


@dataclass(frozen=True, repr=False)
class Shown(Viewed):
    """Private tables, one after the other."""

    tables: tuple[View, ...]

    def views(self) -> list[View]:
        return list(self.tables)


def look_at_themes(loaded: Workshops) -> Shown:
    """Show saturation with who was absent, themes side by side, their languages, and what says otherwise.

    Interviews are shown too: these tables are private, and no document is made of them.
    """
    held, label = in_order(loaded.notes.meetings), _labels(loaded)
    coded = place_codes(
        held, said_in(loaded.notes.segments, loaded.withdrawn), loaded.notes.codings, loaded.codebook
    )
    pairs, languages, against = pair_themes(coded), speak_of(coded), otherwise(coded)
    pairs = pairs[pairs["paragraphs"] > 0]
    pairs = pairs.assign(theme=pairs["theme"].map(label), other=pairs["other"].map(label))
    languages = languages.assign(theme=languages["theme"].map(label))
    across = languages.pivot_table(index="theme", columns="language", values="meetings", sort=False)
    across = across.fillna(0).astype("int64").rename_axis(None, axis="columns").reset_index()
    tables = [
        _view("saturation", _saturation(held, coded), "saturation_note"),
        _view("otherwise", against.assign(theme=against["theme"].map(label)), "otherwise_note"),
        _view("together", pairs, "together_note"),
        _view("languages", across, "languages_note"),
    ]
    return Shown(tuple(tables))


def _saturation(held: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    lang = language()
    rows = saturate(held, coded)
    here, other = rows[f"absent_{lang}"], rows["absent_en" if lang == "fr" else "absent_fr"]
    rows = rows.assign(
        date=[date(day[:7], lang) if day else "" for day in rows["date"]],
        absent=here.where(here != "", other),
    )
    return rows.drop(columns=["absent_fr", "absent_en"])


def compare_coders(loaded: Workshops) -> Shown:
    """Show how far coders agree, code by code, and the paragraphs on which they part, to talk about."""
    notes, label = loaded.notes, _labels(loaded)
    found = agree(notes.meetings, notes.segments, notes.codings, loaded.codebook, loaded.withdrawn)
    if found.codes.empty:
        return Shown((_view("agreement", found.codes.iloc[:, :0], "one_coder"),))
    codes = found.codes.assign(
        code=found.codes["code"].map(label),
        alpha=[
            "" if pd.isna(one) else f"{one:.3f}".replace(".", say("notebooks.coding.point"))
            for one in found.codes["alpha"]
        ],
        told=[say(f"notebooks.coding.levels.{level}") for level in found.codes["told"]],
    )
    team = say("notebooks.coding.team")
    named = {name: found.parted[name].str.replace(SETTLED, team) for name in ("put_by", "not_by")}
    parted = found.parted.assign(code=found.parted["code"].map(label), **named)
    return Shown((_view("agreement", codes, "agreement_note"), _view("parted", parted, "parted_note")))


def look_at_criteria(loaded: Workshops) -> Shown:
    """Show which questions ask for each criterion, and what answers it, by its id."""
    covered = loaded.covered
    named = covered["criterion"].map(lambda one: say(f"findings.criteria.{one}"))
    missing = [say(f"findings.criteria.{one}") for one in unanswered(covered)["criterion"]]
    told = say("notebooks.coding.no_evidence", criteria=", ".join(missing)) if missing else ""
    return Shown((_view("criteria", covered.assign(criterion=named)[COLUMNS], "criteria_note", told),))


def _labels(loaded: Workshops) -> pd.Series[str]:
    book, lang = loaded.codebook, language()
    other = book["label_en" if lang == "fr" else "label_fr"]
    label = book[f"label_{lang}"].where(book[f"label_{lang}"] != "", other)
    return pd.Series(label.where(label != "", book["code"]).array, index=book["code"].array)


def _view(title: str, frame: pd.DataFrame, note: str, *more: str) -> View:
    known = words("notebooks", language())["coding"]["columns"]
    heads = {name: known[name] for name in map(str, frame.columns) if name in known}
    told: Sequence[str] = [say(f"notebooks.coding.{note}"), *filter(None, more)]
    return View(say(f"notebooks.coding.{title}"), frame.rename(columns=heads), remarks="\n".join(told))
