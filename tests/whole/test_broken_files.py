"""`avis check` on a folder in which every file is broken in its own way: all is told in one run.

For each: the file, the place in it, what to do, in French and in English; never a word that somebody said.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

SECRET = "Zébulonne"
"""It stands in every broken file, as a name, an answer or a word of a meeting."""


def workbook(rows: list[list[str]], name: str = "Feuille") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return out.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "Z\xc3\xa9bulonne"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    b"<w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
)
FORM = """survey;type;name;label::fr
;text;mot;Un mot ?
;select_one venue;venue;Comment ?
choices;list_name;name;label::fr
;venue;bus;En bus
"""
FRONT = "---\nid: {id}\ndate: 2024-03-05\ntype: atelier\nlangues: [fr]\n---\n"

FILES: dict[str, str | bytes] = {
    "a01-tronque.xlsx": workbook([["date", "type"], ["15/01/2024", SECRET]])[:-120],
    "a02-binaire.csv": b"\x00\x01\x02" + SECRET.encode() * 40,
    "a03-guillemet.csv": f'date;type;titre\n15/01/2024;atelier;"{SECRET}\n16/01/2024;atelier;x\n',
    "a04-ligne-courte.csv": f"date;type;titre\n15/01/2024;atelier\n16/01/2024;atelier;{SECRET}\n",
    "a05-date.csv": f"date;type;titre\n31/02/2024;atelier;{SECRET}\n",
    "a06-total.csv": f"date;type;titre;participants\n15/01/2024;atelier;{SECRET};4\nTOTAL;;;4\n",
    "a07-noms.csv": f"date;type;codes\n15/01/2024;atelier;{SECRET} Martin\n",
    "a08-nombre.csv": f"date;type;participants;titre\n15/01/2024;atelier;beaucoup;{SECRET}\n",
    "a09-bombe.xlsx": archive({"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": b" " * 2**25}),
    "a10-texte.csv": f"{SECRET};{SECRET}\n{SECRET};x\n",
    "q11-codes.csv": f"mot;venue;_id\n{SECRET};{SECRET};1\n",
    "q12-autre.csv": f"{SECRET};autre\n1;2\n",
    "n13-rires.docx": archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": LAUGHS}),
    "n14-sans-fin.md": f"---\nid: at14\ndate: 2024-03-05\n{SECRET}",
    "n15-deux-fois.md": FRONT.format(id="at15")
    + f"{{#at15-01}} P1 : {SECRET}.\n\n{{#at15-01}} P2 : {SECRET} aussi.\n",
    "n16-code.md": FRONT.format(id="at16") + f"{{#at16-01}} P1 : {SECRET}. #inconnu\n",
    "n17-date.md": FRONT.format(id="at17").replace("2024-03-05", "le 5") + f"{{#at17-01}} P1 : {SECRET}.\n",
    "n18-tronque.odt": archive({"mimetype": b"application/vnd.oasis.opendocument.text"})[:-30],
    "codebook.yaml": "codes:\n  - {id: horaires, label: {fr: Horaires}, parent: rien}\n",
    "references.bib": f"@book{{a, title = {{{SECRET}}}, year = 2024}}\n@book{{a, title = {{x}}}}\n",
    "chiffres.csv": f"id;titre_fr;valeur;mesure\nx;{SECRET};douze;acts\n",
    "personnes.csv": f"code;mineur\n{SECRET};non\nA1;non\nA1;oui\n",
    "budget.csv": f"id;ligne_fr;prevu\nl1;{SECRET};mille\n",
    "consentements.csv": f"contribution;sha256;portee;accorde_le\nat15-01;abc;{SECRET};hier\n",
}
SETTINGS = """title: {fr: Essai}
organisation: {name: Association Exemple, fictional: true}
period: {start: 2024-01, end: 2024-12}
status: running
languages: [fr]
documents: [fiche]
indicators:
  - {id: ateliers, label: {fr: ateliers}, measure: acts, where: {type: atelier}}
sources:
  activities: [sources/a*]
  persons: sources/personnes.csv
  surveys:
    - {id: q11, file: sources/q11-codes.csv, form: sources/form.csv}
    - {id: q12, file: sources/q12-autre.csv, form: sources/form.csv, wave: 2}
  notes: [sources/n*]
  consent: sources/consentements.csv
  published: sources/chiffres.csv
  budget: sources/budget.csv
  codebook: sources/codebook.yaml
  references: sources/references.bib
"""


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cassee") / "tout-est-casse"
    (folder / "sources").mkdir(parents=True)
    (folder / "evaluation.yaml").write_text(SETTINGS, encoding="utf-8")
    for name, content in (FILES | {"form.csv": FORM}).items():
        data = content.encode("utf-8") if isinstance(content, str) else content
        (folder / "sources" / name).write_bytes(data)
    return folder


def check(folder: Path, lang: str, *options: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"AVIS_LANG": lang, "AVIS_AS_OF": "2026-01-01"}
    command = [sys.executable, "-m", "avis.cli", "check", str(folder), *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def told(broken: Path) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for lang in ("fr", "en"):
        done = check(broken, lang, "--json")
        assert done.returncode == 1, done.stderr
        assert done.stderr == ""
        found[lang] = next(iter(json.loads(done.stdout).values()))
    return found


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_broken_file_is_told_with_its_place(
    name: str, lang: str, told: dict[str, list[dict[str, Any]]]
) -> None:
    here = [item for item in told[lang] if item["file"] == f"sources/{name}"]
    worst = [item for item in here if item["severity"] == "error"] or here
    assert worst, name
    for item in worst:
        assert item["code"][:3] in ("SRC", "EVA", "SES")
        assert len(item["message"]) > 40  # what, and what to do


def test_nothing_that_somebody_said_is_printed(broken: Path) -> None:
    for lang in ("fr", "en"):
        for options in ((), ("--json",)):
            done = check(broken, lang, *options)
            assert SECRET not in done.stdout + done.stderr
            assert SECRET.upper() not in done.stdout
            assert "Traceback" not in done.stderr


def test_both_languages_tell_the_same_problems(told: dict[str, list[dict[str, Any]]]) -> None:
    def facts(lang: str) -> list[tuple[Any, ...]]:
        return [(item["code"], item["file"], item["sheet"], item["line"]) for item in told[lang]]

    assert facts("fr") == facts("en")
    assert all(one["message"] != two["message"] for one, two in zip(told["fr"], told["en"], strict=True))


def test_a_problem_in_a_table_names_its_line(told: dict[str, list[dict[str, Any]]]) -> None:
    errors = [(item["file"], item["line"]) for item in told["fr"] if item["severity"] == "error"]
    for name, line in (
        ("a03-guillemet.csv", 2),
        ("a04-ligne-courte.csv", 2),
        ("a05-date.csv", 2),
        ("a07-noms.csv", 2),
        ("a08-nombre.csv", 2),
        ("personnes.csv", 2),
    ):
        assert (f"sources/{name}", line) in errors, name
