"""The role `{chiffre}`: from `rendez-vous[annee=2024].n` to a printed figure and its note."""

from __future__ import annotations

import re
from dataclasses import dataclass

from avis.errors import Fact
from avis.exhibits import Cell, Exhibits, Table, Where
from avis.i18n import Language, amount
from avis.report import figures
from avis.report.masked import sentence_for_hidden
from avis.spelling import fold, suggest

VARIABLES = {
    "annee": "year",
    "année": "year",
    "trimestre": "quarter",
    "mois": "month",
    "lieu": "place",
    "zone": "area",
    "tranche_age": "age_band",
    "sexe": "sex",
    "reponse": "answer",
    "réponse": "answer",
}
"""French names of variables; `type` and `role` are the same in both languages."""
SUFFIXES = {"nombre": "n", "personnes": "people", "part": "share", "objectif": "target", "cible": "target"}

_REFERENCE = re.compile(
    r"(?P<subject>[^\[\]\s]+?)(?:\[(?P<where>[^\[\]]+)\])?"
    r"(?:\.(?P<suffix>n|people|share|target|nombre|personnes|part|objectif|cible))?"
)


class Refused(Exception):
    """Why a role cannot be printed: a code and its facts; caught where the place is known."""

    def __init__(self, code: str, **facts: Fact) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


@dataclass(frozen=True)
class Reference:
    """What a role asks for."""

    subject: str
    where: tuple[tuple[str, str], ...]
    suffix: str


def read_reference(content: str) -> Reference:
    """Read `subject[variable=value,…].suffix`; raises `Refused` TXT-012 where it is written otherwise.

    >>> read_reference("rendez-vous[annee=2024].personnes")
    Reference(subject='rendez-vous', where=(('annee', '2024'),), suffix='people')
    """
    match = _REFERENCE.fullmatch(content.strip())
    if match is None:
        raise Refused("TXT-012", content=content)
    pairs = []
    for pair in (match["where"] or "").split(","):
        variable, equals, value = (part.strip() for part in pair.partition("="))
        if equals and variable and value:
            pairs.append((variable, value))
        elif pair.strip():
            raise Refused("TXT-012", content=content)
    suffix = match["suffix"] or "n"
    return Reference(match["subject"], tuple(pairs), SUFFIXES.get(suffix, suffix))


def printed(content: str, exhibits: Exhibits, language: Language) -> tuple[str, Table]:
    """Write the figure that a role asks for, with the table whose note it calls.

    Raises `Refused`: TXT-012 badly written, TXT-013 unknown, TXT-014 unknown variable or value,
    TXT-015 masked, TXT-016 without that suffix.
    """
    reference = read_reference(content)
    tables = _tables(reference, exhibits)
    if reference.suffix == "target":
        table = next((table for table in tables if table.target is not None), None)
        if table is None or table.target is None:
            raise Refused("TXT-016", content=content)
        return amount(table.target, "exact", language), table
    table, cell = _cell(reference, tables)
    if cell.status == "hidden":
        raise Refused("TXT-015", content=content, sentence=sentence_for_hidden(table, cell.where, language))
    if reference.suffix != "share":
        return figures.figure(cell, language), table
    share = figures.share(table, cell, language)
    if not share:
        raise Refused("TXT-016", content=content)
    return share, table


def _tables(reference: Reference, exhibits: Exhibits) -> list[Table]:
    tables = list(exhibits.tables(reference.subject))
    if not tables:
        named = exhibits.get(reference.subject)
        tables = [named] if isinstance(named, Table) else []
    if not tables:
        known = {item.subject for item in exhibits.exhibits if isinstance(item, Table)}
        raise Refused("TXT-013", id=reference.subject, **suggest(reference.subject, sorted(known)))
    if reference.suffix == "people":
        tables = [table for table in tables if table.measure == "people"]
        if not tables:
            raise Refused("TXT-016", content=f"{reference.subject}.people")
    return tables


def _cell(reference: Reference, tables: list[Table]) -> tuple[Table, Cell]:
    where = _where(reference, tables)
    found = [(table, cell) for table in tables if (cell := table.cell(where)) is not None]
    if not found:
        told = ", ".join(f"{variable}={value}" for variable, value in where) or "–"
        raise Refused("TXT-014", id=reference.subject, asked=told, known=_known(tables))
    if reference.suffix == "share":  # the same cell may stand in a table that has no base
        found.sort(key=lambda pair: pair[1].share is None)
    return found[0]


def _where(reference: Reference, tables: list[Table]) -> Where:
    dimensions = {dimension.id: dimension for table in tables for dimension in table.dimensions}
    pairs = []
    for variable, value in reference.where:
        name = variable if variable in dimensions else VARIABLES.get(variable, variable)
        if name not in dimensions:
            near = suggest(variable, dimensions)
            raise Refused("TXT-014", id=reference.subject, asked=variable, known=_known(tables), **near)
        values = {fold(item.id): item.id for item in dimensions[name].values}
        if fold(value) not in values:
            known, near = ", ".join(values.values()), suggest(value, values.values())
            raise Refused("TXT-014", id=reference.subject, asked=value, known=known, **near)
        pairs.append((name, values[fold(value)]))
    return tuple(sorted(pairs))


def _known(tables: list[Table]) -> str:
    return ", ".join(dict.fromkeys(d.id for table in tables for d in table.dimensions)) or "–"
