"""The data annex of an edition: each protected table as CSV, and what its columns mean (Data Package).

A row is a cell of the table, its place first; `status` says why a cell has no number. Shares are left out:
whoever wants one takes it of the numbers that are shown. Frictionless Data Package 2.0, datapackage.org.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from avis.exhibits import Cell, Exhibits, Table
from avis.i18n import Language, Qualifier, pick, say
from avis.report.outline import tidy
from avis.spelling import fold

NAME = "datapackage.json"
FOLDER = "donnees"
TOTAL = "Total"
"""Stands for a margin: everybody, whatever the value."""
PROFILES = "https://datapackage.org/profiles/2.0"
STATUSES = ("shown", "hidden", "not_documented", "not_asked")
_FIXED = ("n", "n_max", "qualifier", "status")
_FORMULA = re.compile(r"^[\s\u200b\ufeff\"']*[=+\-@\t\r\n＝＋－＠|%]")
"""What a spreadsheet would take for a formula, whatever invisible sign stands before."""


@dataclass(frozen=True)
class Sheet:
    """One table as a file: its name in the edition, its bytes, what describes it."""

    name: str
    data: bytes
    resource: dict[str, Any]


def safe(text: str) -> str:
    r"""Give a text that no spreadsheet takes for a formula: an apostrophe before it, as OWASP advises.

    >>> safe("=1+1"), safe("18 à 25 ans"), safe("\u200b@SUM(A1)")
    ("'=1+1", '18 à 25 ans', "'\u200b@SUM(A1)")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def sheets(exhibits: Exhibits, languages: tuple[Language, ...]) -> list[Sheet]:
    """Give every protected table as a file, in the order of the exhibits; no two have one name."""
    made, taken = list[Sheet](), set[str]()
    for table in exhibits.exhibits:
        if isinstance(table, Table):
            stem = _stem(table.id, taken)
            made.append(_sheet(table, stem, languages))
    return made


def _stem(id: str, taken: set[str]) -> str:
    """Name a file by an id: small plain letters, since some disks know no others and no case."""
    base = re.sub(r"[^a-z0-9._-]+", "-", fold(id)).strip("-.") or "table"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    return name


def _sheet(table: Table, stem: str, languages: tuple[Language, ...]) -> Sheet:
    variables = _variables(table)
    names = [_column(variable) for variable in variables]
    labels = [f"{name}_{language}" for name in names for language in languages]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(name) for name in (*names, *labels, *_FIXED)])
    for cell in table.cells:
        place = dict(cell.where)
        values = [place.get(variable, TOTAL) for variable in variables]
        told = [
            _label(table, variable, value, language)
            for variable, value in zip(variables, values, strict=True)
            for language in languages
        ]
        writer.writerow([*(safe(tidy(text)) for text in (*values, *told)), *_figures(cell)])
    data, name = out.getvalue().encode("utf-8"), f"{FOLDER}/{stem}.csv"
    return Sheet(name, data, _resource(table, stem, name, data, languages))


def _variables(table: Table) -> list[str]:
    """The variables that the cells stand by: those of the dimensions first, in their order."""
    known = [dimension.id for dimension in table.dimensions]
    met = {variable for cell in table.cells for variable, _ in cell.where}
    return [*known, *sorted(met - set(known))]


def _column(variable: str) -> str:
    return f"dimension_{variable}" if variable in _FIXED else variable


def _label(table: Table, variable: str, value: str, language: Language) -> str:
    if value == TOTAL:
        return say("release.annex.total", language)
    for dimension in table.dimensions:
        if dimension.id == variable:
            for known in dimension.values:
                if known.id == value:
                    return pick(known.label, language)[0] or value
    return say("release.annex.answered", language) if value == "answered" else value


def _figures(cell: Cell) -> list[str]:
    """Give what a cell shows; one that is not shown has its status and nothing else."""
    if cell.status != "shown" or cell.n is None:
        return ["", "", "", "not_documented" if cell.status == "shown" else cell.status]
    return [_number(cell.n), _number(cell.high), cell.qualifier, "shown"]


def _number(n: int | float | None) -> str:
    if n is None:
        return ""
    return str(int(n)) if float(n).is_integer() else repr(float(n))


def _resource(
    table: Table, stem: str, name: str, data: bytes, languages: tuple[Language, ...]
) -> dict[str, Any]:
    main = languages[0]
    told = (table.evidence.rule, table.evidence.base, table.evidence.protection)
    return {
        "name": stem,
        "type": "table",
        "path": name,
        "title": tidy(pick(table.title, main)[0]),
        "titles": {language: tidy(pick(table.title, language)[0]) for language in languages},
        "description": tidy(" ".join(filter(None, (_sentence(pick(text, main)[0]) for text in told)))),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "unit": tidy(pick(table.unit, main)[0]),
        "measure": table.measure,
        "population": table.population,
        "schema": _schema(table, languages),
    }


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def _schema(table: Table, languages: tuple[Language, ...]) -> dict[str, Any]:
    """Describe the columns (Table Schema): which values there are, and that a cell stands once."""
    main, fields, labels = languages[0], list[dict[str, Any]](), list[dict[str, Any]]()
    titles = {dimension.id: pick(dimension.label, main)[0] for dimension in table.dimensions}
    for variable in _variables(table):
        met = dict.fromkeys(safe(tidy(dict(cell.where).get(variable, TOTAL))) for cell in table.cells)
        title = tidy(titles.get(variable) or variable)
        name = safe(_column(variable))
        fields.append(
            {
                "name": name,
                "type": "string",
                "title": title,
                "constraints": {"required": True, "enum": list(met)},
            }
        )
        labels += [
            {
                "name": safe(f"{_column(variable)}_{language}"),
                "type": "string",
                "title": f"{title} ({language})",
            }
            for language in languages
        ]
    keys = [field["name"] for field in fields]
    found = {"fields": [*fields, *labels, *_fixed_fields(main)], "missingValues": [""]}
    return {**found, "primaryKey": keys} if keys else found


def _fixed_fields(language: Language) -> list[dict[str, Any]]:
    more: dict[str, dict[str, Any]] = {
        "n": {"type": "number"},
        "n_max": {"type": "number"},
        "qualifier": {"type": "string", "constraints": {"enum": list(get_args(Qualifier))}},
        "status": {"type": "string", "constraints": {"required": True, "enum": list(STATUSES)}},
    }
    return [
        {"name": name, **more[name], "description": say(f"release.annex.column.{name}", language)}
        for name in _FIXED
    ]


def data_package(
    exhibits: Exhibits, found: Iterable[Sheet], languages: tuple[Language, ...], edition: str, on: str
) -> bytes:
    """Describe the whole annex as `datapackage.json`: no licence is given where nobody gave one."""
    main, setting = languages[0], exhibits.setting
    title = tidy(pick(setting.title, main)[0])
    described = say("release.annex.description", main, title=title, by=tidy(setting.organisation))
    if setting.fictional:
        described = f"{say('report.compose.banner.fictional', main)} {described}"
    return encode(
        {
            "$schema": f"{PROFILES}/datapackage.json",
            "name": _stem(f"{setting.slug}-{edition}", set()),
            "version": edition,
            "title": say("release.annex.title", main, title=title),
            "description": described,
            "created": f"{on}T00:00:00Z",
            "contributors": [{"title": tidy(setting.organisation), "roles": ["publisher"]}],
            "resources": [sheet.resource for sheet in found],
        }
    )


def encode(told: object) -> bytes:
    """Give the bytes of a descriptor, the same for the same content."""
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
