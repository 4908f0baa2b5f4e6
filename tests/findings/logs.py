"""Small activity logs and surveys, as the source rooms hand them over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from avis.exhibits import Where
from avis.findings.model import Finding
from avis.settings import Indicator, Settings
from avis.sources.surveys.wave import Survey

WORDS = {"fr": "mots", "en": "words"}

COLUMNS = ["period_start", "period_end", "type", "title", "place", "count", "participants", "people"]
COLUMNS += ["person_codes", "role", "hours", "qualifier", "high", "source"]


def log(*rows: Mapping[str, object]) -> pd.DataFrame:
    """An activity log; what a row does not say is empty."""
    frame = pd.DataFrame(
        [dict.fromkeys(COLUMNS, "") | {"type": "rdv"} | dict(row) for row in rows], columns=COLUMNS
    )
    for column in ("count", "participants", "people", "hours"):
        frame[column] = pd.to_numeric(frame[column], errors="coerce")
    frame["qualifier"] = frame["qualifier"].replace("", "exact")
    frame["period_end"] = frame["period_end"].where(frame["period_end"] != "", frame["period_start"])
    return frame


def persons(**bands: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"code": list(bands), "age_band": list(bands.values()), "sex": ["f"] * len(bands), "minor": False}
    )


def published(*rows: Mapping[str, object]) -> pd.DataFrame:
    columns = ["id", "value", "value_max", "qualifier", "measure", "population", "indicator"]
    columns += ["period_start", "period_end"]
    columns += ["unit_fr", "unit_en", "note_fr", "note_en"]
    return pd.DataFrame([dict.fromkeys(columns, "") | dict(row) for row in rows], columns=columns)


def indicator(**fields: object) -> Indicator:
    defaults: dict[str, object] = {
        "id": "rendez-vous",
        "label": WORDS,
        "measure": "acts",
        "where": {"type": "rdv"},
    }
    return Indicator(**(defaults | fields))  # type: ignore[arg-type]


def n(finding: Finding, **where: str) -> float | None:
    place: Where = tuple(sorted(where.items()))
    cell = finding.cell(place)
    assert cell is not None, f"no cell at {place}"
    return cell.n


SETTINGS = {"title": WORDS, "organisation": {"name": "x"}, "period": {"start": "2023", "end": "2024"}}


def settings(**fields: object) -> Settings:
    import msgspec

    return msgspec.convert(SETTINGS | {"status": "finished", "minors": "none"} | fields, Settings)


def survey(
    id: str,
    answers: Mapping[str, Sequence[str | None]],
    codes: Mapping[str, Sequence[str]],
    person: Sequence[str] = (),
    several: Sequence[str] = (),
    statuses: Mapping[str, Sequence[str]] | None = None,
) -> Survey:
    """A survey: None is no answer; in `several` questions an answer is codes with spaces between."""
    values = pd.DataFrame({q: list(held) for q, held in answers.items()}, dtype=object)
    found = pd.DataFrame(
        {q: ["no_answer" if v is None else "answered" for v in held] for q, held in answers.items()}
    )
    for question, given in (statuses or {}).items():
        found[question] = list(given)
    questions = pd.DataFrame(
        {
            "name": list(answers),
            "type": ["select_multiple" if q in several else "select_one" for q in answers],
            "list": list(answers),
            "label_fr": list(answers),
            "label_en": list(answers),
            "scale": "",
        }
    )
    choices = pd.DataFrame(
        [
            {"list": q, "code": c, "label_fr": c, "label_en": c, "missing": ""}
            for q, held in codes.items()
            for c in held
        ]
    )
    chosen = {
        q: pd.DataFrame({c: [c in (v or "").split() for v in answers[q]] for c in codes[q]}) for q in several
    }
    records = pd.DataFrame({"person": list(person) or [""] * len(values)})
    records = records.assign(file=f"{id}.csv", sheet="", row=range(2, len(values) + 2))
    return Survey(
        id=id,
        wave=1,
        title=WORDS,
        population=WORDS,
        questions=questions,
        choices=choices,
        records=records,
        values=values,
        statuses=found,
        chosen=chosen,
        raw=values,
    )
