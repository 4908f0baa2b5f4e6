"""What tables hold about one person: her row, her answers, the activities in which her code stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.i18n import Language, amount, date, join, pick, say
from avis.periods import is_date
from avis.rights.asked import spelled
from avis.sources.activities import read_activities
from avis.sources.registers import read_persons
from avis.sources.surveys.wave import Survey, read_survey

_WHERE = ("file", "sheet", "row", "minor_declared", "minor")


def her_row(opened: Evaluation, person: str, lang: Language, problems: Problems) -> list[str]:
    """Say what the persons' table holds of her, column by column."""
    lines = []
    names = _columns(lang)
    for row in _of(read_persons(opened, problems), "code", person).to_dict("records"):
        for column, value in row.items():
            if column not in _WHERE and _is_there(value):
                lines.append(_pair(names.get(str(column), str(column)), str(value), lang))
        minor = row.get("minor_declared")
        key = "unknown" if pd.isna(minor) else "yes" if minor else "no"
        lines.append(_pair(names["minor"], say(f"rights.access.{key}", lang), lang))
    return lines


def _columns(lang: Language) -> dict[str, str]:
    """Name columns as people do: the titles of the descriptor, in a language."""
    from avis.i18n import words

    found: dict[str, str] = words("rights", lang)["access"]["columns"]
    return found


def _pair(name: str, value: str, lang: Language) -> str:
    if name.endswith("?"):
        return f"- {name} {value}"
    return f"- {name.rstrip('.')} : {value}" if lang == "fr" else f"- {name.rstrip('.')}: {value}"


def _of(table: pd.DataFrame, column: str, person: str) -> pd.DataFrame:
    return table[table[column].map(spelled) == spelled(person)] if person else table.iloc[:0]


def _is_there(value: object) -> bool:
    return value is not None and not (isinstance(value, float) and pd.isna(value)) and str(value) != ""


def her_answers(opened: Evaluation, person: str, lang: Language, problems: Problems) -> list[str]:
    """Say what she answered, question by question, in the words of the form."""
    lines: list[str] = []
    for source in opened.settings.sources.surveys:
        survey = read_survey(opened, source, problems)
        for number_, record in _of(survey.records, "person", person).iterrows():
            title = pick(source.title, lang)[0] or source.id
            when = str(record["start"] or "")[:10]
            shown = date(when, lang) if is_date(when) else say("rights.access.no_date", lang)
            lines.append("- " + say("rights.access.survey", lang, title=title, date=shown))
            lines += [f"    {line}" for line in _answers(survey, number_, lang)]
            lines += [f"    {line}" for line in _repeated(survey, str(record["id"]), lang)]
            if survey.left_out:
                columns = ", ".join(survey.left_out)
                lines.append("    " + say("rights.access.left_out", lang, columns=columns))
    return lines


def _repeated(survey: Survey, record: str, lang: Language) -> Iterator[str]:
    """The rows that hang on her record, whatever the depth."""
    above = {record}
    for repeat in survey.repeats.values():
        rows = repeat.records[repeat.records["parent"].isin(above)]
        above |= set(rows["id"])
        for at in rows.index:
            yield from _answers(repeat, at, lang)


def _answers(survey: Survey, at: Any, lang: Language) -> Iterator[str]:
    for question in survey.questions.to_dict("records"):
        name = question["name"]
        if name not in survey.statuses.columns:
            continue
        status = str(survey.statuses.at[at, name])
        given = _given(survey, question, at, status, lang)
        if given:
            yield _pair(_label(question, lang) or name, given, lang).removeprefix("- ")


def _given(survey: Survey, question: dict[Any, Any], at: Any, status: str, lang: Language) -> str:
    """Give an answer as the form words it; nothing where she was not asked or gave none."""
    name = str(question["name"])
    if status in ("dont_know", "refused"):
        return say(f"rights.access.{status}", lang)
    if status == "invalid":
        return say("rights.access.unread", lang, cell=survey.raw.at[at, name])
    if status != "answered":
        return ""
    choices = survey.choices[survey.choices["list"] == question["list"]]
    labels = {str(one["code"]): _label(one, lang) or str(one["code"]) for one in choices.to_dict("records")}
    if name in survey.chosen:
        row = survey.chosen[name].loc[at]
        return ", ".join(labels.get(str(code), str(code)) for code in row.index[row.astype(bool)])
    value = survey.values.at[at, name]
    return labels.get(str(value), str(value))


def _label(row: dict[Any, Any], lang: Language) -> str:
    both = {key: str(row.get(f"label_{key}") or "") for key in ("fr", "en")}
    return " ".join(pick(both, lang)[0].split())


def her_activities(opened: Evaluation, person: str, lang: Language, problems: Problems) -> list[str]:
    """Say in which activities her code stands; who else was there is left out.

    The title of a row that names others too is theirs as much as hers: it is left out as well.
    """
    table = read_activities(opened, problems)
    hers = table["person_codes"].map(lambda codes: spelled(person) in [spelled(one) for one in codes.split()])
    lines = []
    for row in table[hers].sort_values("period_start", kind="stable").to_dict("records"):
        alone = len(str(row["person_codes"]).split()) == 1
        told = [
            _when(row, lang),
            *(_word(opened, name, row[name], lang) for name in ("type", "place", "role")),
        ]
        told += [str(row[name]) for name in ("title", "note") if alone and row[name]]
        if not pd.isna(row["hours"]):
            told.append(say("rights.access.hours", lang, hours=amount(float(row["hours"]), "exact", lang)))
        if not alone:
            told.append(say("rights.access.with_others", lang))
        lines.append("- " + ", ".join(filter(None, told)))
    return lines


def _when(row: dict[Any, Any], lang: Language) -> str:
    days = [str(row[name]) for name in ("period_start", "period_end") if row[name]]
    return join(list(dict.fromkeys(date(day, lang) for day in days)), lang) or say(
        "rights.access.no_date", lang
    )


def _word(opened: Evaluation, column: str, value: object, lang: Language) -> str:
    label = opened.settings.labels.get(column, {}).get(str(value))
    return pick(label.words, lang)[0] if label else str(value or "")
