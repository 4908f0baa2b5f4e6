"""What was answered comes back, in every layout in which Kobo and ODK Central write it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from survey_files import Rows, read_files, write_csv, write_form, write_workbook

CODES = st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True), min_size=1, max_size=4, unique=True)
LABELS = st.from_regex(r"[A-ZÉÀ][a-zéè']{1,6}( [a-zéè']{1,5}){0,2}", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)


@dataclass(frozen=True)
class Filled:
    """One form as somebody filled it; `days` are the rows of the repeat."""

    one: str
    many: frozenset[str]
    age: int | None
    words: str
    days: tuple[int, ...]


@dataclass(frozen=True)
class Drawn:
    """A list of choices with its labels, and what was answered."""

    labels: dict[str, str]
    filled: list[Filled]


@st.composite
def surveys(draw: st.DrawFn) -> Drawn:
    """Draw answers; no two labels, nor a label and a code, are the same words."""
    codes = draw(CODES)
    words = draw(st.lists(LABELS, min_size=len(codes), max_size=len(codes), unique=True))
    answer = st.builds(
        Filled,
        st.sampled_from(["", *codes]),
        st.frozensets(st.sampled_from(codes)),
        st.none() | st.integers(-5, 120),
        TEXTS,
        st.lists(st.integers(0, 9), max_size=3).map(tuple),
    )
    return Drawn(dict(zip(codes, words, strict=True)), draw(st.lists(answer, min_size=1, max_size=5)))


FORM: Rows = [
    ["type", "name", "label", "relevant"],
    ["begin group", "g", "Groupe", ""],
    ["select_one l", "one", "Un seul ?", ""],
    ["select_multiple l", "many", "Plusieurs ?", ""],
    ["end group", "", "", ""],
    ["integer", "age", "Âge", "${one} != ''"],
    ["text", "words", "Mots", ""],
    ["begin repeat", "day", "Jour", ""],
    ["integer", "hours", "Heures", ""],
    ["end repeat", "", "", ""],
]


def form(folder: Path, drawn: Drawn) -> tuple[Path, str]:
    choices = [["list_name", "name", "label"], *(["l", *pair] for pair in drawn.labels.items())]
    return write_form(folder / "form.csv", FORM, choices)


def main_rows(drawn: Drawn, shape: str, labels: bool, between: str) -> list[list[str]]:
    """Write the main rows: names or labels, choices joined, split or both."""
    said = drawn.labels if labels else dict(zip(drawn.labels, drawn.labels, strict=True))
    group = "Groupe" if labels else "g"
    names = ["Un seul ?", "Plusieurs ?", "Âge", "Mots"] if labels else ["one", "many", "age", "words"]
    one, many = (f"{group}{between}{name}" for name in names[:2])
    joined = [many] if shape != "split" else []
    split = [f"{many}/{word}" for word in said.values()] if shape != "joined" else []
    rows = [[one, *joined, *split, *names[2:]]]
    for filled in drawn.filled:
        ticks = [str(int(code in filled.many)) if filled.many else "" for code in said]
        cell = " ".join(word for code, word in said.items() if code in filled.many)
        age = "" if filled.age is None or not filled.one else str(filled.age)
        row = [said.get(filled.one, ""), *([cell] if joined else []), *(ticks if split else [])]
        rows.append([*row, age, filled.words])
    return rows


def check(drawn: Drawn, files: list[tuple[Path, str]], folder: Path, repeats: bool) -> None:
    survey, problems = read_files(files, form(folder, drawn))
    assert not problems.errors
    filled = drawn.filled
    assert survey.values["one"].fillna("").tolist() == [one.one for one in filled]
    assert survey.values["words"].fillna("").tolist() == [one.words for one in filled]
    ages = survey.values["age"]
    assert [None if age is None else int(age) for age in ages.astype("object").where(ages.notna(), None)] == [
        one.age if one.one else None for one in filled
    ]
    chosen = survey.chosen["many"]
    assert [frozenset(chosen.columns[row]) for row in chosen.to_numpy()] == [one.many for one in filled]
    for name, given_ in (
        ("one", [one.one != "" for one in filled]),
        ("many", [bool(one.many) for one in filled]),
    ):
        assert survey.statuses[name].tolist() == ["answered" if yes else "no_answer" for yes in given_]
    statuses = [
        "not_asked" if not one.one else "no_answer" if one.age is None else "answered" for one in filled
    ]
    assert survey.statuses["age"].tolist() == statuses
    if repeats and any(one.days for one in filled):
        days = survey.repeats["day"]
        found = days.values["hours"].groupby(days.records["parent"]).apply(list)
        given_days = [list(one.days) for one in filled]
        assert [found.get(id, []) for id in survey.records["id"]] == given_days


def kobo_rows(drawn: Drawn, shape: str, labels: bool) -> tuple[Rows, Rows]:
    """Write the main rows and those of the repeat as Kobo does."""
    rows = main_rows(drawn, shape, labels, "/")
    tail = [["_id", "_index"], *([str(100 + n), str(n)] for n in range(1, len(rows)))]
    days = [[str(hours), str(at)] for at, one in enumerate(drawn.filled, start=1) for hours in one.days]
    header = ["Heures" if labels else "hours", "_parent_index", "_index"]
    main = [[*row, *end] for row, end in zip(rows, tail, strict=True)]
    return main, [header, *([*day, str(n)] for n, day in enumerate(days, start=1))]


@settings(deadline=None, max_examples=25)
@given(surveys(), st.sampled_from(["joined", "split", "both"]), st.booleans())
def test_kobo_as_csv(drawn: Drawn, shape: str, labels: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check(drawn, [write_csv(folder / "a.csv", kobo_rows(drawn, shape, labels)[0])], folder, repeats=False)


@settings(deadline=None, max_examples=5)  # each starts a process that reads the workbook
@given(surveys(), st.sampled_from(["joined", "split", "both"]), st.booleans())
def test_kobo_as_a_workbook(drawn: Drawn, shape: str, labels: bool) -> None:
    main, children = kobo_rows(drawn, shape, labels)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check(drawn, [write_workbook(folder / "a.xlsx", {"M": main, "day": children})], folder, repeats=True)


@settings(deadline=None, max_examples=15)
@given(surveys(), st.sampled_from(["joined", "both"]))
def test_odk_central(drawn: Drawn, shape: str) -> None:
    rows = main_rows(drawn, shape, labels=False, between="-")
    keys = [f"uuid:{n}" for n in range(len(drawn.filled))]
    main = [["SubmissionDate", *rows[0], "KEY"]]
    main += [["2024-01-01", *row, key] for row, key in zip(rows[1:], keys, strict=True)]
    children = [["hours", "PARENT_KEY", "KEY"]]
    for key, one in zip(keys, drawn.filled, strict=True):
        children += [[str(hours), key, f"{key}/day[{n}]"] for n, hours in enumerate(one.days, start=1)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [write_csv(folder / "a.csv", main, ","), write_csv(folder / "a-day.csv", children, ",")]
        check(drawn, files, folder, repeats=True)
