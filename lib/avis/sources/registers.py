"""The small registers of an association: persons, published figures, follow-up, budget."""

from __future__ import annotations

import pandas as pd

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.sources.codes import is_code, person_code
from avis.sources.declared import Files, files_of, places, qualifiers, read_table, read_table_files, shown

ADULT = 18
"""Age from which a person is an adult (French civil code, art. 388)."""


IN_KIND = ("86", "87")
"""Accounts of what is given in kind: how it was used, and who gave it."""


def read_persons(evaluation: Evaluation, problems: Problems) -> pd.DataFrame:
    """Read the persons' table: code, age_band, sex, minor, languages, other columns, file, sheet, row.

    `minor` is True unless the file says no: unknown counts as a minor (see DOMAIN, "Minors"), and an age
    band that ends before 18 does too, whatever the column says (warning SRC-037). `minor_declared` keeps
    what the file says. Errors: SRC-018 a code twice, SRC-045 what is no code, and those of
    `read_table`.
    """
    return read_person_files(files_of(evaluation, evaluation.settings.sources.persons), problems)


def read_person_files(files: Files, problems: Problems) -> pd.DataFrame:
    """Read persons' tables, as `read_persons` does those of an evaluation."""
    table = read_table_files(files, "persons", problems)
    declared = table["minor"]
    young = ends_before_adult(table["age_band"])
    said_adult = (~declared).fillna(False).astype("bool")
    for place in places(table, young & said_adult, "mineur"):
        problems.warn("SRC-037", place)
    written = table["code"]
    for place in places(
        table, (written != "") & ~written.map(is_code).astype("bool"), shown("persons", "code")
    ):
        problems.add("SRC-045", place)
    minor = declared.fillna(True).astype("bool") | young
    return table.assign(code=written.map(person_code).astype("str"), minor=minor, minor_declared=declared)


def ends_before_adult(bands: pd.Series[str]) -> pd.Series[bool]:
    """Tell which age bands end before 18; those that have no end ("60+", "60 et plus") do not."""
    last = bands.str.extract(r"(\d{1,3})\D*$", expand=False)
    open_ended = bands.str.contains(r"\+|plus|over|more", case=False)
    below = bands.str.contains(r"moins de|under|<", case=False)
    age = pd.to_numeric(last, errors="coerce")
    return ((age < ADULT) | (below & (age <= ADULT))) & ~open_ended


def read_published(evaluation: Evaluation, problems: Problems) -> pd.DataFrame:
    """Read the published figures: columns of `tables/published.json`, file, sheet, row.

    `value` is NaN where the source gives no figure (never zero) and `qualifier` is "" there; `value_max`
    is the upper end where `qualifier` is range. Errors: those of `read_table` and `qualifiers`, SRC-389 a
    figure without the page or the section where it stands, SRC-390 an address without the day it was read.
    """
    return read_published_files(files_of(evaluation, evaluation.settings.sources.published), problems)


def read_published_files(files: Files, problems: Problems) -> pd.DataFrame:
    """Read tables of published figures, as `read_published` does those of an evaluation."""
    table = read_table_files(files, "published", problems)
    table["value_max"] = table["value_high"].fillna(table["value_max"])
    table["qualifier"] = qualifiers(table, "value", "value_max", problems)
    _ask_where_it_stands(table, problems)
    return table.drop(columns=["value_qualifier", "value_high"])


def _ask_where_it_stands(table: pd.DataFrame, problems: Problems) -> None:
    """Another's figure must be found again: in its source, and in the state in which it was read."""
    figures = table["value"].notna()
    for place in places(table, figures & (table["locator"] == ""), shown("published", "locator")):
        problems.add("SRC-389", place)
    undated = (table["url"] != "") & (table["consulted_on"] == "")
    for place in places(table, figures & undated, shown("published", "consulted_on")):
        problems.add("SRC-390", place)


def read_follow_up(evaluation: Evaluation, problems: Problems) -> pd.DataFrame:
    """Read what became of earlier recommendations: columns of `tables/follow_up.json`, file, sheet, row.

    Errors: those of `read_table`, SRC-470 a recommendation without words in any language.
    """
    table = read_table(evaluation, evaluation.settings.sources.follow_up, "follow_up", problems)
    unsaid = (table["recommendation_fr"] == "") & (table["recommendation_en"] == "")
    for place in places(table, unsaid, shown("follow_up", "recommendation_fr")):
        problems.add("SRC-470", place)
    return table


def read_budget(evaluation: Evaluation, problems: Problems) -> pd.DataFrame:
    """Read the budget, in euros: columns of `tables/budget.json`, file, sheet, row; NaN where unknown.

    `account` is its first two digits, "" where nobody told; `side` follows from it where the file does not
    say, and is an expense without either; what stands in 86 or 87 is `in_kind`. Errors: those of
    `read_table`, SRC-480 no account of a report, SRC-481 an account that says otherwise than its line.
    """
    table = read_table(evaluation, evaluation.settings.sources.budget, "budget", problems)
    account = (
        table["account"].str.extract(r"^(6\d|7\d|8[67])\d*(?!\d)", expand=False).fillna("").astype("str")
    )
    wrong = (table["account"] != "") & (account == "")
    for place in places(table, wrong, shown("budget", "account")):
        problems.add("SRC-480", place)
    earned, given = account.str.match("7|87"), account.isin(IN_KIND)
    told, kind = table["side"], table["in_kind"]
    side = told.mask(told == "", earned.map({True: "income", False: "expense"}))
    contrary = (account != "") & ((side == "income") != earned)
    contrary |= (account != "") & (kind.fillna(given).astype("bool") != given)
    for place in places(table, contrary, shown("budget", "account")):
        problems.add("SRC-481", place)
    indirect = table["indirect"].fillna(False).astype("bool")
    in_kind = kind.fillna(given).astype("bool")
    return table.assign(account=account, side=side, indirect=indirect, in_kind=in_kind)
