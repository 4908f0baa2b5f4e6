"""The data annex and the descriptors: what is hidden stays empty, no formula, no person, by the standards."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from typing import Any

import pytest
import yaml

from avis.exhibits import Cell, Dimension, Evidence, Exhibits, Setting, Table, Value, Verdict
from avis.release import annex, crate

ON, ID = "2026-01-01", "2026-01-01-0123abcd"
BOTH = ("fr", "en")
DOCUMENTS = {"avis.public.fr.html": b"<html>", "avis.public.fr.docx": b"PK", "donnees/age.csv": b"n\r\n"}


def values(*pairs: tuple[str, str]) -> tuple[Value, ...]:
    return tuple(Value(id=id, label={"fr": label, "en": f"{label} (en)"}) for id, label in pairs)


def table(id: str, cells: list[Cell], *dimensions: Dimension) -> Table:
    return Table(
        id=id, subject=id, title={"fr": "Femmes, par âge", "en": "Women, by age"}, measure="people",
        population="p", unit={"fr": "femmes"}, dimensions=dimensions, cells=tuple(cells),
        evidence=Evidence(rule={"fr": "Comptées une fois."}),
    )  # fmt: skip


AGE = Dimension(id="age", label={"fr": "âge"}, values=values(("18-25", "18 à 25 ans"), ("=x", "=1+1")))
CELLS = [
    Cell(n=70, qualifier="at_least"),
    Cell(where=(("age", "18-25"),), n=64.5),
    Cell(where=(("age", "=x"),), status="hidden"),
    Cell(where=(("age", "answered"),), status="not_asked"),
    Cell(where=(("age", "autre"),), n=5, high=9, qualifier="range"),
]


@pytest.fixture
def exhibits() -> Exhibits:
    return Exhibits(
        setting=Setting(
            slug="x", title={"fr": "Ouvrir: la porte"}, organisation="Association Exemple", fictional=True,
            status="finished", start="2023", end="2024",
        ),
        sources=(), exhibits=(table("Âge des femmes", CELLS, AGE), table("age des femmes", CELLS[:1])),
        verdict=Verdict(passed=True, threshold=11, cells=4, hidden=1, checks={"fr": "ok"}),
    )  # fmt: skip


def rows(sheet: annex.Sheet) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sheet.data.decode("utf-8"), newline="")))


def test_a_row_is_a_cell_and_a_hidden_one_holds_no_number(exhibits: Exhibits) -> None:
    first, _ = annex.sheets(exhibits, BOTH)
    told = [(row["age"], row["n"], row["n_max"], row["qualifier"], row["status"]) for row in rows(first)]
    assert told == [
        ("Total", "70", "", "at_least", "shown"),
        ("18-25", "64.5", "", "exact", "shown"),
        ("'=x", "", "", "", "hidden"),
        ("answered", "", "", "", "not_asked"),
        ("autre", "5", "9", "range", "shown"),
    ]


def test_a_number_left_in_a_hidden_cell_would_not_get_out(exhibits: Exhibits) -> None:
    cell = Cell(status="hidden", n=3, high=4, share=0.5)
    (sheet,) = annex.sheets(
        Exhibits(
            setting=exhibits.setting, sources=(), exhibits=(table("x", [cell]),), verdict=exhibits.verdict
        ),
        BOTH,
    )
    assert rows(sheet) == [{"n": "", "n_max": "", "qualifier": "", "status": "hidden"}]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\u200b=1", "＝1", "|cmd", '"=1'])
def test_no_cell_is_a_formula(text: str) -> None:
    assert annex.safe(text) == f"'{text}"


def test_words_stand_in_each_language(exhibits: Exhibits) -> None:
    first, _ = annex.sheets(exhibits, BOTH)
    assert [row["age_fr"] for row in rows(first)] == [
        "Ensemble",
        "18 à 25 ans",
        "'=1+1",
        "ont répondu",
        "autre",
    ]
    assert rows(first)[1]["age_en"] == "18 à 25 ans (en)"


def test_no_two_tables_have_one_file(exhibits: Exhibits) -> None:
    names = [sheet.name for sheet in annex.sheets(exhibits, BOTH)]
    assert names == ["donnees/age-des-femmes.csv", "donnees/age-des-femmes-2.csv"]


def checked_against_its_schema(sheet: annex.Sheet) -> None:
    """Hold Table Schema: the header is the fields, types and lists of values, the key once (v2.0)."""
    schema = sheet.resource["schema"]
    found = rows(sheet)
    assert list(found[0]) == [field["name"] for field in schema["fields"]]
    for field in schema["fields"]:
        bounds = field.get("constraints", {})
        for row in found:
            text = row[field["name"]]
            if text in schema["missingValues"]:
                assert not bounds.get("required")
            elif field["type"] == "number":
                float(text)
            else:
                assert text in bounds.get("enum", [text])
    keys = [tuple(row[name] for name in schema.get("primaryKey", [])) for row in found]
    assert len(keys) == len(set(keys))


def checked_package(told: dict[str, Any], files: dict[str, bytes]) -> None:
    """Hold what Data Package 2.0 says MUST be: resources with one name and one relative path each."""
    assert told["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"[a-z0-9._-]+", told["name"]) and isinstance(told["version"], str)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["created"])
    assert told["resources"] and all(one["title"] and one["roles"] for one in told["contributors"])
    names = [one["name"] for one in told["resources"]]
    assert len(names) == len(set(names)) and all(re.fullmatch(r"[a-z0-9._-]+", name) for name in names)
    for one in told["resources"]:
        assert ("path" in one) != ("data" in one) and not one["path"].startswith(("/", "."))
        assert ".." not in one["path"] and one["type"] == "table" and one["mediatype"] == "text/csv"
        data = files[one["path"]]
        assert one["bytes"] == len(data) and one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert isinstance(one["schema"]["fields"], list)
    assert "licenses" not in told


def test_the_data_package_is_one(exhibits: Exhibits) -> None:
    found = annex.sheets(exhibits, BOTH)
    told = json.loads(annex.data_package(exhibits, found, BOTH, ID, ON))
    checked_package(told, {sheet.name: sheet.data for sheet in found})
    for sheet in found:
        checked_against_its_schema(sheet)
    assert "fictive" in told["description"]


def checked_crate(told: dict[str, Any], files: dict[str, bytes]) -> None:
    """Hold what RO-Crate 1.2 says MUST be: the descriptor, the root's six properties, no loose reference."""
    context, graph = told["@context"], {one["@id"]: one for one in told["@graph"]}
    assert context[0] == "https://w3id.org/ro/crate/1.2/context" and len(graph) == len(told["@graph"])
    descriptor, root = graph["ro-crate-metadata.json"], graph["./"]
    assert descriptor["@type"] == "CreativeWork" and descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    assert root["@type"] == "Dataset" and re.fullmatch(r"\d{4}-\d\d-\d\d", root["datePublished"])
    assert all(root[name] for name in ("name", "description", "license", "usageInfo", "conditionsOfAccess"))
    assert graph[root["license"]["@id"]]["name"] and graph[root["license"]["@id"]]["description"]
    parts = [one["@id"] for one in root["hasPart"]]
    assert set(parts) == {*files, "MANIFEST.json"} and len(parts) == len(set(parts))
    for name, data in files.items():
        one = graph[name]
        assert one["@type"] == "File" and one["encodingFormat"].count("/") == 1 and one["name"]
        assert one["sha256"] == hashlib.sha256(data).hexdigest() and one["contentSize"] == str(len(data))
    for entity in told["@graph"]:  # flattened: what is named stands in the graph or elsewhere on the web
        for value in entity.values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    assert set(one) == {"@id"} and (one["@id"] in graph or "://" in one["@id"])
    assert not {one["@type"] for one in told["@graph"]} & {"Person"}


def test_the_crate_is_one_and_names_no_person(exhibits: Exhibits) -> None:
    told = json.loads(crate.describe(exhibits, DOCUMENTS, {}, BOTH, "public", ID, ON))
    checked_crate(told, DOCUMENTS)


def test_it_is_cited_by_the_association_and_no_person(exhibits: Exhibits) -> None:
    told = yaml.safe_load(crate.cite(exhibits, BOTH, ID, ON))
    assert told == {
        "cff-version": "1.2.0", "message": told["message"], "type": "dataset", "title": "Ouvrir: la porte",
        "version": ID, "date-released": ON, "authors": [{"name": "Association Exemple"}],
    }  # fmt: skip
