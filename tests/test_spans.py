"""Times as people write them: ranges, semesters, seasons, years that stand elsewhere; nothing is invented."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from avis.periods import first_day, last_day, parse_period
from avis.spans import Span, complete, parse_span, read_spans


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("15/03/2024", "2024-03-15", "2024-03-15"),
        ("03/04/2024", "2024-04-03", "2024-04-03"),  # the day stands first
        ("vendredi 15 mars 2024", "2024-03-15", "2024-03-15"),
        ("le 15/03/2024 à 14h30", "2024-03-15", "2024-03-15"),
        ("mars-24", "2024-03", "2024-03"),
        ("en mars 2024", "2024-03", "2024-03"),
        ("T1 2024", "2024-T1", "2024-T1"),
        ("premier trimestre 2024", "2024-T1", "2024-T1"),
        ("Q1 2024", "2024-T1", "2024-T1"),
        ("S1 2024", "2024-T1", "2024-T2"),
        ("2e semestre 2024", "2024-T3", "2024-T4"),
        ("2023-2024", "2023", "2024"),
        ("saison 2023/24", "2023", "2024"),
        ("année scolaire 2023-2024", "2023-09", "2024-08"),
        ("du 3 au 7 mars 2024", "2024-03-03", "2024-03-07"),
        ("Du lundi 3 au vendredi 7 juin 2024", "2024-06-03", "2024-06-07"),
        ("3-7/03/2024", "2024-03-03", "2024-03-07"),
        ("du 28 février au 3 mars 2024", "2024-02-28", "2024-03-03"),
        ("du 28/12/2023 au 03/01/2024", "2023-12-28", "2024-01-03"),
        ("2024-03-03/2024-03-07", "2024-03-03", "2024-03-07"),
        ("janvier à mars 2024", "2024-01", "2024-03"),
        ("entre mars et mai 2024", "2024-03", "2024-05"),
        ("nov. 2023 à janv. 2024", "2023-11", "2024-01"),
        ("mars et avril 2024", "2024-03", "2024-04"),
        ("T1 à T3 2024", "2024-T1", "2024-T3"),
        ("March 3-7, 2024", "2024-03-03", "2024-03-07"),
        ("from 3 to 7 March 2024", "2024-03-03", "2024-03-07"),
        ("2024", "2024", "2024"),
        ("2024/03/05", "2024-03-05", "2024-03-05"),
        ("20240305", "2024-03-05", "2024-03-05"),
        ("2024/03/05-2024/03/07", "2024-03-05", "2024-03-07"),
        ("janv.-mars 2024", "2024-01", "2024-03"),
        ("Juil. - Sept. 2024", "2024-07", "2024-09"),
        ("4ème trim. 2024", "2024-T4", "2024-T4"),
    ],
)
def test_a_time_gives_its_two_ends_at_the_precision_written(text: str, start: str, end: str) -> None:
    assert parse_span(text) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        *("31/02/2024", "du 31 au 33 mars 2024", "lundi 15 mars 2024", "03/15/2024", "2024-02-30"),
        *("été 2024", "hiver 2023-2024", "depuis mars 2024", "à partir de mars 2024", "du 3 mars 2024"),
        *("mars 24", "15/03/24", "12 mars", "mars", "45366", "", "mars ou avril 2024"),
        *(
            "20241305",
            "20240230",
            "18990305",
            "2024/13/05",
            "2024/03-05",
            "5 et 12 mars 2024",
            "5ème trim. 2024",
        ),
        *("mars et juin 2024", "3 et 10 mars 2024"),  # two times, no range
        *("décembre à janvier 2024", "du 28 décembre au 3 janvier 2024", "2024-2023", "mai à mai 2024"),
        *("saison 2023/25", "année scolaire 2023-2025", "S3 2024", "T5 2024", "x" * 61),
    ],
)
def test_what_is_impossible_or_reads_two_ways_is_not_read(text: str) -> None:
    assert parse_span(text) == Span()


@pytest.mark.parametrize(
    ("text", "start"),
    [
        *(("12 mars", "2023-03-12"), ("mars", "2023-03"), ("12/03", "2023-03-12"), ("T2", "2023-T2")),
        *(("du 3 au 7 mars", "2023-03-03"), ("12", ""), ("12.03", ""), ("mars 2022", ""), ("29 février", "")),
    ],
)
def test_a_time_without_a_year_takes_one_only_where_it_names_a_month(text: str, start: str) -> None:
    assert complete(text, "2023").start == start
    assert complete(text, "") == Span()


def test_a_column_says_which_times_took_the_year() -> None:
    read = read_spans(pd.Series(["12 mars", "13/03/2022", "", "bientôt"]), "2023")
    assert read["start"].tolist() == ["2023-03-12", "2022-03-13", "", ""]
    assert read["completed"].tolist() == [True, False, False, False]


DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2049, 12, 31))
FORMS = ("yyyy-MM-dd", "dd/MM/yyyy", "d.M.yyyy", "d MMMM yyyy", "EEEE d MMMM yyyy", "d MMM yyyy")


@given(DAYS, st.sampled_from(FORMS), st.sampled_from(["fr", "en"]))
def test_a_day_comes_back_whatever_the_layout(day: dt.date, form: str, language: str) -> None:
    written = format_date(day, form, locale=language)
    assert parse_period(written) == day.isoformat()


@given(DAYS, st.integers(1, 400), st.sampled_from(FORMS[:4]), st.sampled_from(["du {} au {}", "{} - {}"]))
def test_a_range_of_days_comes_back(start: dt.date, days: int, form: str, words: str) -> None:
    end = start + dt.timedelta(days=days)
    text = words.format(*(format_date(day, form, locale="fr") for day in (start, end)))
    assert parse_span(text) == (start.isoformat(), end.isoformat())


@given(DAYS, DAYS)
def test_a_range_that_shares_its_year_may_name_it_once(one: dt.date, other: dt.date) -> None:
    start, end = sorted((one, other.replace(year=one.year, day=min(other.day, 28))))
    first, last = (format_date(day, "d MMMM", locale="fr") for day in (start, end))
    span = parse_span(f"du {first} au {last} {one.year}")
    assert span == (Span(start.isoformat(), end.isoformat()) if start < end else Span())


@given(st.text(max_size=70))
def test_no_text_gives_half_a_span_or_one_that_runs_backwards(text: str) -> None:
    span = parse_span(text)
    assert span == Span() or first_day(span.start) <= last_day(span.end)


def starts(*dates: str, year: str = "") -> list[str]:
    return read_spans(pd.Series(list(dates)), year)["start"].tolist()


def test_a_date_with_the_month_first_makes_those_that_read_both_ways_unsure() -> None:
    dates = ["02/13/2024", "03/04/2024", "25/04/2024", "04/04/2024", "2024-05-06", "12/25/2024", "mars 2024"]
    read = read_spans(pd.Series(dates))
    assert read["start"].tolist() == ["", "", "2024-04-25", "2024-04-04", "2024-05-06", "", "2024-03"]
    assert read["unsure"].tolist() == [True, True, False, False, False, True, False]


@pytest.mark.parametrize(("second", "unsure"), [(12, False), (13, True), (14, True), (31, True), (32, False)])
def test_the_second_number_proves_the_month_first_from_thirteen_to_thirty_one(
    second: int, unsure: bool
) -> None:
    assert starts("03/04/2024", f"12/{second}/2024")[0] == ("" if unsure else "2024-04-03")


def test_the_first_number_proves_nothing_beyond_twelve() -> None:
    assert starts("03/04/2024", "13/13/2024") == ["2024-04-03", ""]


def test_ranges_and_times_without_a_year_are_as_unsure() -> None:
    assert starts("du 03/04/2024 au 05/04/2024", "02/13/2024", "03/04", year="2024") == ["", "", ""]


@pytest.mark.parametrize(
    ("dates", "year", "first"),
    [
        (["5/3/24"], "", ""),
        (["5/3/24"], "2024", "2024-03-05"),
        (["5/3/24"], "2023", ""),
        (["5/3/24", "12/04/2024"], "", "2024-03-05"),
        (["5/3/24", "12/04/2025"], "", ""),
        (["5.3.24", "mars 2024"], "", "2024-03-05"),
        (["5/13/24", "mars 2024"], "", ""),
        (["24/03/05", "mars 2024"], "", ""),  # the year may stand first
    ],
)
def test_a_year_of_two_digits_is_read_where_its_column_or_its_sheet_tells_it(
    dates: list[str], year: str, first: str
) -> None:
    assert starts(*dates, year=year)[0] == first


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["%Y/%m/%d", "%Y%m%d", "%Y.%m.%d"])
)
def test_a_day_with_the_year_first_comes_back_whatever_its_column(day: dt.date, form: str) -> None:
    assert starts(day.strftime(form), "02/13/2024")[0] == day.isoformat()


@given(st.lists(st.dates(dt.date(2020, 1, 1), dt.date(2024, 12, 31)), min_size=1, max_size=8))
def test_days_of_a_column_with_the_month_first_come_back_or_are_told(days: list[dt.date]) -> None:
    read = read_spans(pd.Series([f"{day:%m/%d/%Y}" for day in days]))
    if any(day.day > 12 for day in days):
        right = (read["start"] == [day.isoformat() for day in days]) & (read["start"] == read["end"])
        assert (right | read["unsure"]).all()
