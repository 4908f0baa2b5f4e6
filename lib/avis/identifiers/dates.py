"""Dates of birth, and the day of an event, in French, English and Pidgin: generalised to the month.

Not flagged: years, months, the days of laws, judgments, meetings and publications, and public feasts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from avis.identifiers.folding import Folded
from avis.identifiers.model import Found
from avis.identifiers.usage import before

_MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "january february march april may june july august september october november december",
)
_NUMBER_OF = {name: n for names in _MONTHS for n, name in enumerate(names.split(), 1)}
_SHORT = {
    **{
        "janv": 1,
        "jan": 1,
        "fevr": 2,
        "fev": 2,
        "feb": 2,
        "mar": 3,
        "avr": 4,
        "apr": 4,
        "jun": 6,
        "juil": 7,
        "jul": 7,
    },
    **{"aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12},
}
_MONTH = (
    "(?:" + "|".join(sorted([*_NUMBER_OF, *(f"{name}\\.?" for name in _SHORT)], key=len, reverse=True)) + ")"
)
_MONTH_EN = (
    "(?:"
    + "|".join(
        sorted(
            [
                *_MONTHS[1].split(),
                "jan",
                "feb",
                "mar",
                "apr",
                "jun",
                "jul",
                "aug",
                "sept",
                "oct",
                "nov",
                "dec",
            ],
            key=len,
            reverse=True,
        )
    )
    + r")\.?"
)
_YEAR = r"(?:(?:19|20)\d\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_WEEKDAY = (
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday)"
    r",? (?:the )?)?"
)
_DATE_TEXT = (
    rf"{_WEEKDAY}(?:"
    rf"{_DAY}(?:er|st|nd|rd|th)? (?:of )?{_MONTH}(?!\w)(?:,? {_YEAR}(?!\d))?"
    rf"|{_MONTH_EN} {_DAY}(?:st|nd|rd|th)?(?![\w/-]|[.,:]\d)(?:,? {_YEAR}(?!\d))?"
    rf"|{_DAY}[/.-](?:0?[1-9]|1[0-2])[/.-](?:{_YEAR}|\d\d)(?![\w/]|[.-]\d)"
    rf"|{_YEAR}-(?:0[1-9]|1[0-2])-{_DAY}(?![\w/-])"
    r")"
)
_DATE = re.compile(rf"(?<![\w/.:-]){_DATE_TEXT}", re.I)
_BIRTH = re.compile(
    r"(?<!\w)(?:nee?s?|ne\(e\)|naissance|date de naissance|ddn|d\.o\.b\.?|dob|born|date of "
    r"birth|birth ?da(?:y|te)|anniversaire|they born (?:me|am|her|him)|dem born (?:me|am)|born "
    r"me|naquit)"
    r"(?: {0,2}[:=(]| (?:le|en|on|in|is|na|est|du|c'est|etait|was|around|vers|au mois de|fin|"
    r"debut|the|for|a \w{2,20}|at \w{2,20}|just|,)){0,4} {0,2}"
    rf"(?P<date>{_DATE_TEXT}|(?:{_MONTH},? )?{_YEAR}(?!\d)|{_DAY}[/.-](?:0?[1-9]|1[0-2])(?!\d))",
    re.I,
)
_PUBLIC_DAY = re.compile(
    r"(?<!\w)(?:loi|lois|decret|arrete|ordonnance|circulaire|directive|reglement|resolution|"
    r"convention|protocole|accord|traite|arret|decision|"
    r"avis|rapport|deliberation|communique|article|journal|version|consulte|consultee|"
    r"consultes|publie|publiee|publiees|adoptee?|signee? a \w+|edition|mise a jour|mis a jour|"
    r"modifiee?|"
    r"entree en vigueur|act|law|directive|report|published|adopted|accessed|read on|retrieved|"
    r"judgment|ruling|resolution|date|rendu|journee|conseil|comite|seance|seances|"
    r"atelier|ateliers|reunion|reunions|permanence|workshop|meeting|session|assemblee|conseil "
    r"de paris|jusqu'au|lue?s?|mis en ligne|depuis la loi|plan|programme|formation|statuts|"
    r"cedh|ce|cnda|cass|crim|civ|cour)"
    r"(?: (?:n[o°]? ?)?[\w./-]{1,20}){0,3}(?: (?:du|le|en date du|of|on|from|au|la)|[,:])? {0,2}\"?$"
    r"|(?<!\w)n[o°]s? ?\d[\d/.-]*,? {1,2}(?:du |of )?$"  # a judgment, by its number
)
_FEASTS = {
    (1, 1),
    (8, 3),
    (1, 5),
    (8, 5),
    (20, 6),
    (14, 7),
    (30, 7),
    (15, 8),
    (18, 10),
    (20, 11),
    (25, 11),
    (2, 12),
    (10, 12),
    (18, 12),
    (24, 12),
    (25, 12),
    (31, 12),
    (23, 8),
    (17, 10),
    (11, 11),
    (6, 2),
    (8, 4),
    (21, 6),
    (1, 10),
}
"""Days of public feasts and of international days: they tell of everybody."""


def find_dates(folded: Folded) -> Iterator[Found]:
    """Find dates of birth, and days of events with their month where it is known."""
    lower = folded.lower
    for found in _BIRTH.finditer(lower):
        yield Found(*found.span("date"), "birth_date", "birth_date")
    yield from _dates(folded)


def _dates(folded: Folded) -> Iterator[Found]:
    for found in _DATE.finditer(folded.lower):
        if _day_and_month(found[0]) in _FEASTS and not re.search(_YEAR, found[0]):
            continue
        if found[0].startswith(("may ", "march ", "mar ")) and not folded.text[found.start()].isupper():
            continue  # « I may 2 »
        if _PUBLIC_DAY.search(before(folded, found.start())):
            continue
        month = _month_of(found[0])
        facts = (("month", month),) if month else ()
        yield Found(*found.span(), "date", "date", "month" if month else "", facts=facts)


def _day_and_month(date: str) -> tuple[int, int]:
    day, month = re.search(r"(?<!\d)\d{1,2}(?!\d)", date), _month_of(date)
    return (int(day[0]) if day else 0, int(month.split("-")[-1]) if month else 0)


def _month_of(date: str) -> str:
    """Give the month as 2021-03, or 03 where no year stands; empty where it cannot be known (3/4/99)."""
    year = re.search(_YEAR, date)
    name = next((word for word in re.findall(r"[a-z]{3,}", date) if word in _NUMBER_OF or word in _SHORT), "")
    if name:
        number = _NUMBER_OF.get(name) or _SHORT[name]
        return f"{year[0]}-{number:02}" if year else f"{number:02}"
    if found := re.fullmatch(rf"({_YEAR})-(\d\d)-\d\d", date):
        return f"{found[1]}-{found[2]}"
    return ""
