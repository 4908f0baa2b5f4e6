"""Consents that could not be shown or do not count, and what has no place in data about minors.

Told by `avis check`: which line, which column, which question, never what stands there and never who.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from avis.checking.rehearsal import Tables
from avis.consent.minors import Minors
from avis.consent.refused import names_address, names_nationality, names_offence, names_place
from avis.descriptors import read_descriptor
from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.i18n import language
from avis.rights.slips import PRINTED
from avis.rights.wording import FOLDER, kept_versions
from avis.sources.declared import files_of, places, read_parts, shown
from avis.sources.surveys.wave import Survey


@dataclass(frozen=True)
class _Asked:
    """A column or a question: of which table, in which words, with which choices, and where it stands."""

    table: str
    words: tuple[str, ...]
    place: Place
    choices: tuple[str, ...] = ()

    def asks(self, names: Callable[[str], bool]) -> bool:
        """Tell whether its own words name something."""
        return any(map(names, self.words))


def tell_consents(
    opened: Evaluation, tables: Tables, consents: pd.DataFrame, minors: Minors, problems: Problems
) -> None:
    """Tell what is wrong with the ledger, and what may not be held about minors.

    Warnings: CON-001 no version of the wording or no language, CON-002 no witness, CON-003 a minor's consent
    without her own yes, CON-004 without an authority, CON-006 a column of offences, CON-009 printed slips
    that were not erased, CON-013 a sheet that is not kept. Errors: CON-005 a minor
    where there are none, and where there are minors CON-006, CON-007 nationality beside a place, CON-008 a
    place that is an establishment, a police station or a street.
    """
    _tell_ledger(consents, minors, problems)
    _tell_unkept(consents, kept_versions(opened), problems)
    declared = _tell_undeclared(tables, consents, minors, problems)
    young = minors.among != "none" or declared
    asked = [*_headers(opened), *(item for wave in tables.waves for item in _questions(opened, wave))]
    for item in asked:
        if item.asks(names_offence) or any(map(names_offence, item.choices)):
            (problems.add if young else problems.warn)("CON-006", item.place)
    printed = opened.folders.private / FOLDER / PRINTED
    if printed.exists():
        problems.warn("CON-009", Place(_from_root(opened, printed)))
    if young:
        _tell_crossings(opened, asked, problems)
        _tell_places(opened, tables, problems)


def _from_root(opened: Evaluation, path: Path) -> str:
    """Name what was made by its path from the evaluation; whole where `AVIS_BUILD` puts it elsewhere."""
    return opened.name(path) if path.is_relative_to(opened.folders.root) else path.as_posix()


def _tell_ledger(consents: pd.DataFrame, minors: Minors, problems: Problems) -> None:
    ledger = consents.assign(sheet="")
    standing = (ledger["granted_on"] != "") & (ledger["withdrawn_on"] == "")
    for name, code in (("wording", "CON-001"), ("language", "CON-001"), ("witness", "CON-002")):
        for place in places(ledger, standing & (ledger[name] == ""), shown("consents", name)):
            problems.warn(code, place)
    held = standing & minors.hold(ledger)
    no = standing & (ledger["own_yes"] == "no")
    for place in places(ledger, no | (held & (ledger["own_yes"] != "yes")), shown("consents", "own_yes")):
        problems.warn("CON-003", place)
    roles = next(field for field in read_descriptor("consents").fields if field.name == "authority").values
    allowed = ", ".join(role.titles.get(language(), role.value) for role in roles)
    for place in places(ledger, held & (ledger["authority"] == ""), shown("consents", "authority")):
        problems.warn("CON-004", place, allowed=allowed)


def _tell_unkept(consents: pd.DataFrame, kept: frozenset[tuple[str, str]], problems: Problems) -> None:
    """Tell which rows name a sheet, by its language and wording, whose words nobody could show any more."""
    ledger = consents.assign(sheet="")
    named = (ledger["language"] != "") & (ledger["wording"] != "")
    named &= (ledger["granted_on"] != "") & (ledger["withdrawn_on"] == "")
    sheets = zip(ledger["language"].str.lower(), ledger["wording"], strict=True)
    unkept = pd.Series([sheet not in kept for sheet in sheets], index=ledger.index, dtype="bool")
    for place in places(ledger, named & unkept, shown("consents", "wording")):
        problems.warn("CON-013", place)


def _tell_undeclared(tables: Tables, consents: pd.DataFrame, minors: Minors, problems: Problems) -> bool:
    """Tell who is declared a minor where the evaluation says that there are none."""
    ledger, persons = consents.assign(sheet=""), tables.persons
    said = places(ledger, ledger["minor"] == "yes", shown("consents", "minor"))
    said += places(persons, persons["code"].isin(minors.declared), shown("persons", "minor"))
    if minors.among == "none":
        for place in said:
            problems.add("CON-005", place)
    return bool(said)


def _headers(opened: Evaluation) -> Iterator[_Asked]:
    """The columns of the tables that people are in."""
    sources = opened.settings.sources
    for pattern in (sources.activities, sources.persons, sources.consent):
        for part in read_parts(files_of(opened, pattern), Problems()):  # told by their own readers
            for name in map(str, part.sheet.frame.columns):
                yield _Asked(part.file, (name,), Place(part.file, part.sheet.name, field=name))


def _questions(opened: Evaluation, wave: Survey) -> Iterator[_Asked]:
    """The questions of a survey, with the words of their choices: a choice is a column too."""
    source = next(one for one in opened.settings.sources.surveys if one.id == wave.id)
    labels = [name for name in wave.questions.columns if str(name).startswith("label_")]
    admitted = _words_of(wave.choices, "list", ["code", *_labels(wave.choices)])
    for row in wave.questions.to_dict("records"):
        words = [str(row["name"]), *(str(row[name]) for name in labels)]
        choices = admitted.get(str(row["list"]), ()) if row["list"] else ()
        yield _Asked(wave.id, tuple(words), Place(source.form or source.file, field=words[0]), choices)


def _labels(choices: pd.DataFrame) -> list[str]:
    return [str(name) for name in choices.columns if str(name).startswith("label_")]


def _words_of(table: pd.DataFrame, by: str, columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The words of some columns, by list."""
    return {
        str(name): tuple(str(word) for word in rows[list(columns)].to_numpy().ravel() if word)
        for name, rows in table.groupby(by, observed=True)
    }


def _tell_crossings(opened: Evaluation, asked: Sequence[_Asked], problems: Problems) -> None:
    """Nationality beside a place: in one table, in a survey and what is known of who answers, in a count."""
    sources = opened.settings.sources
    registers = {name for _, name in files_of(opened, sources.persons)}
    persons = [item for item in asked if item.table in registers]
    linked = {wave.id for wave in sources.surveys if wave.person}
    for table in dict.fromkeys(item.table for item in asked):
        own = [item for item in asked if item.table == table]
        _tell_crossing([*own, *persons] if table in linked else own, own, problems)
    from_where = next((item for item in persons if item.asks(names_nationality)), None)
    for number, indicator in enumerate(opened.settings.indicators):
        if from_where is not None and "place" in indicator.variables:
            place = opened.place("indicators", number, "by")
            problems.add("CON-007", place, nationality=from_where.words[0], place="place")


def _tell_crossing(known: Sequence[_Asked], own: Sequence[_Asked], problems: Problems) -> None:
    countries = [item for item in known if item.asks(names_nationality)]
    spots = [item for item in known if item.asks(names_place)]
    if countries and spots and (countries[0] in own or spots[0] in own):
        place = (countries[0] if countries[0] in own else spots[0]).place
        problems.add("CON-007", place, nationality=countries[0].words[0], place=spots[0].words[0])


def _tell_places(opened: Evaluation, tables: Tables, problems: Problems) -> None:
    """The places of the log, of its table of words, of the notes, and those that a survey offers."""
    for id, label in opened.settings.labels.get("place", {}).items():
        if any(map(names_address, (*label.words.values(), *label.spelled))):
            problems.add("CON-008", opened.place("labels", "place", id))
    log, meetings = tables.activities, tables.notes.meetings
    for place in places(log, _addresses(log["place"]), shown("activities", "place")):
        problems.add("CON-008", place)
    for file in meetings.loc[_addresses(meetings["place"]), "file"].unique():
        problems.add("CON-008", Place(str(file), field=shown("meetings", "place")))
    for wave in tables.waves:
        for item in _questions(opened, wave):
            if item.asks(names_place) and any(map(names_address, item.choices)):
                problems.add("CON-008", item.place)


def _addresses(column: pd.Series[str]) -> pd.Series[bool]:
    found = {word: names_address(word) for word in column.unique()}
    return column.map(found).astype("bool")
