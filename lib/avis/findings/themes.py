"""Themes of the workshops: in how many meetings each came up. Never how many people, never who.

An individual interview is one person: a theme "in one interview" would be what she said. Interviews
are left out of these counts, and so is a meeting of a single participant, and one of unknown kind that does
not say how many took part: it may have been an interview. A workshop that does not say it counts.
"""

from __future__ import annotations

import msgspec
import pandas as pd

from avis.exhibits import Cell, Dimension, Evidence, Value, Words
from avis.findings.model import Finding, Relation
from avis.findings.presence import in_order, place_codes, presence, said_in
from avis.findings.words import both, same
from avis.i18n import LANGUAGES, date, pick
from avis.spelling import fold

MEETINGS = ("meetings", "meetings.otherwise")
"""Populations of the counts of themes: meetings, and those where somebody said otherwise."""
INTERVIEWS = ("entretien", "interview")
_GROUPS = ("atelier", "workshop", "seance", "session")


def count_themes(
    meetings: pd.DataFrame,
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: pd.DataFrame,
    withdrawn: frozenset[str] = frozenset(),
) -> list[Finding]:
    """Count meetings per theme, and show in which meeting each came up, themes in order of appearance.

    Only speech, observations and summaries count: a memo never leaves. No words are shown, so themes rest
    on what the group agreed to for its own work and for the report, not on a consent to quote; but words
    that somebody took back (`withdrawn`, ids of segments) count no more. Empty where nothing was coded.
    """
    held = in_order(group_meetings(meetings))
    coded = place_codes(held, said_in(segments, withdrawn), codings, codebook)
    present = presence(coded)
    if present.empty:
        return []
    labels = codebook.drop_duplicates("code").set_index("code")
    themes = tuple(Value(id=code, label=_label(labels, code)) for code in dict.fromkeys(present["theme"]))
    counted = present.groupby("theme", sort=False, observed=True)["meeting"].nunique()
    dimension = Dimension(id="theme", label=both("variable.theme"), values=themes)
    margins = tuple(Cell(where=(("theme", v.id),), n=int(counted[v.id])) for v in themes)
    whole = Finding(
        id="themes",
        subject="themes",
        title=both("themes"),
        measure="acts",
        population=MEETINGS[0],
        dimensions=(dimension,),
        cells=(Cell(n=len(held)), *margins),
        base=(),
        multiple=True,
        unit=both("unit.meetings"),
        evidence=Evidence(rule=both("rule.themes"), base=both("base.themes"), sources=("notes",)),
        protect=False,
        chart="bars",
    )
    return [whole, _by_meeting(whole, dimension, present, held), *_otherwise(whole, coded)]


def group_meetings(meetings: pd.DataFrame) -> pd.DataFrame:
    """Give the meetings in which several people took part, as far as their notes say."""
    kinds = meetings["kind"].fillna("").astype(str).map(fold)
    people = pd.to_numeric(meetings["participants"], errors="coerce").astype("Float64")
    group = (people > 1).fillna(False) | (people.isna() & kinds.isin(_GROUPS))
    return meetings[~kinds.isin(INTERVIEWS) & group.astype(bool)]


def _label(labels: pd.DataFrame, code: str) -> Words:
    given = {lang: labels.at[code, f"label_{lang}"] for lang in LANGUAGES}
    kept: Words = {lang: str(text) for lang, text in given.items() if isinstance(text, str) and text}
    return kept or same(code)


def _otherwise(whole: Finding, coded: pd.DataFrame) -> list[Finding]:
    """Count the meetings in which people marked that somebody said otherwise; none where nobody marked it."""
    counted = coded[coded["against"]].groupby("theme", observed=True)["meeting"].nunique()
    if counted.empty:
        return []
    themes = whole.dimensions[0]
    named = tuple(value for value in themes.values if value.id in counted.index)
    told = msgspec.structs.replace(
        whole,
        id="themes-otherwise",
        title=both("themes_otherwise"),
        dimensions=(msgspec.structs.replace(themes, values=named),),
        population=MEETINGS[1],
        cells=tuple(Cell(where=(("theme", v.id),), n=int(counted[v.id])) for v in named),
        base=None,
        evidence=Evidence(rule=both("rule.otherwise"), base=both("base.themes"), sources=("notes",)),
        chart="bars",
    )
    return [told]


def _by_meeting(whole: Finding, themes: Dimension, present: pd.DataFrame, held: pd.DataFrame) -> Finding:
    meetings = Dimension(id="meeting", label=both("variable.meeting"), values=_named(held))
    there = set(zip(present["theme"], present["meeting"], strict=True))
    cells = [
        Cell(where=(("meeting", meeting.id), ("theme", theme.id)), n=int((theme.id, meeting.id) in there))
        for theme in themes.values
        for meeting in meetings.values
    ]
    relations = tuple(
        Relation(
            total=(("theme", theme.id),),
            parts=tuple((("meeting", m.id), ("theme", theme.id)) for m in meetings.values),
        )
        for theme in themes.values
    )
    return msgspec.structs.replace(
        whole,
        id="themes-meetings",
        title=both("themes_by_meeting"),
        dimensions=(themes, meetings),
        cells=(*whole.cells, *cells),
        relations=relations,
        base=None,
        multiple=False,
        evidence=Evidence(rule=both("rule.presence"), base=both("base.themes"), sources=("notes",)),
        chart="dots",
    )


def _named(held: pd.DataFrame) -> tuple[Value, ...]:
    """Name meetings by their month; two in one month are numbered."""
    months = held["date"].fillna("").astype(str).str[:7]
    repeated = months.duplicated(keep=False)
    number = months.groupby(months).cumcount() + 1
    return tuple(
        Value(id=str(id), label=_month(month, int(at) if twice else 0))
        for id, month, at, twice in zip(held["id"], months, number, repeated, strict=True)
    )


def _month(month: str, number: int) -> Words:
    named: Words = {lang: date(month, lang) for lang in LANGUAGES} if month else both("value.unknown")
    if not number:
        return named
    return {lang: f"{pick(named, lang)[0]} ({number})" for lang in LANGUAGES}
