"""`avis flag`: any text or table, as words without values or as JSON with offsets."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from docx import Document

TEXT = "P1 : Appelle Ombeline au 06 12 34 56 78.\r\nP2 : é🙂 j'ai 17 ans.\r\n"


def avis(*arguments: str | Path, cwd: Path, lang: str = "fr") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"AVIS_LANG": lang, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "avis.cli", "flag", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def flags(*arguments: str | Path, cwd: Path) -> list[dict[str, Any]]:
    done = avis(*arguments, "--json", cwd=cwd)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_offsets_count_characters_of_the_decoded_text_without_its_mark(tmp_path: Path, encoding: str) -> None:
    text = TEXT.replace("🙂", "") if encoding == "cp1252" else TEXT
    (tmp_path / "note.txt").write_bytes(text.encode(encoding))
    found = flags("note.txt", cwd=tmp_path)
    assert [(text[one["start"] : one["end"]], one["kind"], one["line"]) for one in found] == [
        ("Ombeline", "name", 1),
        ("06 12 34 56 78", "phone", 1),
        ("17 ans", "age", 2),
    ]
    line = text.split("\r\n")[1]
    assert line[found[2]["column"] - 1 :].startswith("17 ans")


def test_json_is_one_array_with_one_object_a_line(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(TEXT, encoding="utf-8")
    lines = avis("note.md", "--json", cwd=tmp_path).stdout.splitlines()
    assert lines[0] == "[" and lines[-1] == "]" and len(lines) == 5
    for line in lines[1:-1]:
        one = json.loads(line.rstrip(","))
        assert {"file", "start", "end", "kind", "why", "suggestion", "asked", "line", "column"} <= one.keys()
    (tmp_path / "rien.txt").write_text("412 contacts dans la rue.\n", encoding="utf-8")
    assert json.loads(avis("rien.txt", "--json", cwd=tmp_path).stdout) == []


def test_words_show_place_and_kind_and_never_the_value(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    for lang, expected in (("fr", "ligne 1, caractères 26 à 39 : téléphone"), ("en", "telephone")):
        done = avis("note.txt", cwd=tmp_path, lang=lang)
        assert done.returncode == 0 and expected in done.stdout
        assert not any(value in done.stdout + done.stderr for value in ("Ombeline", "06 12", "j'ai"))


def test_a_table_is_flagged_by_cell_and_a_column_of_names_whole(tmp_path: Path) -> None:
    rows = [
        ["code", "prénom", "ce qui a aidé"],
        ["P1", "Ombeline", "l'accueil"],
        ["P2", "lo", "Amina, au 06 12 34 56 78"],
    ]
    target = io.StringIO()
    csv.writer(target, delimiter=";").writerows(rows)
    (tmp_path / "table.csv").write_text(target.getvalue(), encoding="utf-8")
    with xlsxwriter.Workbook(tmp_path / "table.xlsx") as book:
        sheet = book.add_worksheet("Réponses")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    for name, label in (("table.csv", None), ("table.xlsx", "Réponses")):
        found = flags(name, cwd=tmp_path)
        told = [
            (
                one["line"],
                one["field"],
                rows[one["line"] - 1][rows[0].index(one["field"])][one["start"] : one["end"]],
                one["kind"],
            )
            for one in found
        ]
        assert told == [
            (2, "prénom", "Ombeline", "name"),
            (3, "prénom", "lo", "name"),
            (3, "ce qui a aidé", "Amina", "name"),
            (3, "ce qui a aidé", "06 12 34 56 78", "phone"),
        ]
        assert {one["sheet"] for one in found} == {label}


def test_sentences_with_commas_in_a_csv_are_one_text(tmp_path: Path) -> None:
    text = "Bonjour, je m'appelle Ombeline.\nJ'ai 17 ans, et un fils, et rien.\nVoilà.\n"
    (tmp_path / "lignes.csv").write_text(text, encoding="utf-8")
    found = flags("lignes.csv", cwd=tmp_path)
    assert [text[one["start"] : one["end"]] for one in found] == ["Ombeline", "17 ans"]


def test_a_word_document_counts_paragraphs(tmp_path: Path) -> None:
    document = Document()
    for paragraph in ("Un accueil.", "P1 : J'ai parlé avec Ombeline."):
        document.add_paragraph(paragraph)
    document.save(str(tmp_path / "note.docx"))
    (one,) = flags("note.docx", cwd=tmp_path)
    assert (one["unit"], one["line"], one["kind"]) == ("paragraph", 2, "name")


def test_the_register_finds_what_no_rule_knows(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("on va chez les tanneurs avec petite lune\n", encoding="utf-8")
    (tmp_path / "noms.csv").write_text("code;surnoms;lieux\nP1;Petite Lune;Les Tanneurs\n", encoding="utf-8")
    assert flags("note.txt", cwd=tmp_path) == []
    found = flags("note.txt", "--register", "noms.csv", cwd=tmp_path)
    assert [(one["kind"], one["code"]) for one in found] == [("known_place", "P1"), ("known_person", "P1")]


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_still_done(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "vide.txt").write_bytes(b"")
    (tmp_path / "photo.bin").write_bytes(bytes(range(256)) * 40)
    os.mkfifo(tmp_path / "tuyau")
    done = avis("vide.txt", "absent.txt", "photo.bin", "tuyau", "note.txt", "--json", cwd=tmp_path)
    assert done.returncode == 1 and len(json.loads(done.stdout)) == 3
    for code in ("SRC-001", "SRC-041", "SRC-412"):
        assert code in done.stderr
    assert "photo.bin" in done.stderr and "Traceback" not in done.stderr


def test_a_broken_register_is_told_and_texts_are_flagged_without_it(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "noms.csv").write_text("couleur;taille\nbleu;2\n", encoding="utf-8")
    done = avis("note.txt", "--register", "noms.csv", cwd=tmp_path)
    assert done.returncode == 1 and "IDE-001" in done.stdout and "téléphone" in done.stdout


def test_no_header_and_no_name_of_a_sheet_shows_a_value(tmp_path: Path) -> None:
    (tmp_path / "note").write_text(
        "J'ai vu Ombeline, elle est née le 12/03/2001.\nElle vit là, on le sait.\n", encoding="utf-8"
    )
    (tmp_path / "lignes.csv").write_text("Ombeline;oui\n06 12 34 56 78;non\nAmina;oui\n", encoding="utf-8")
    with xlsxwriter.Workbook(tmp_path / "fiche.xlsx") as book:
        book.add_worksheet("Fiche Ombeline").write_column(0, 0, ["prénom", "Amina"])
    for arguments in ([], ["--json"]):
        done = avis("note", "lignes.csv", "fiche.xlsx", *arguments, cwd=tmp_path)
        assert not any(value in done.stdout for value in ("Ombeline", "12/03", "06 12", "Amina"))
        assert done.returncode == 0


def test_a_list_of_names_is_a_table_of_one_column_and_words_beside_a_table_are_read(tmp_path: Path) -> None:
    (tmp_path / "noms.csv").write_text("prénom\nlo\nBlessing\n", encoding="utf-8")
    assert [(one["line"], one["kind"]) for one in flags("noms.csv", cwd=tmp_path)] == [
        (2, "name"),
        (3, "name"),
    ]
    (tmp_path / "titre.csv").write_text(
        "Liste de Mme Valmont;;\n;;\ncode;lieu;note\n1;x;y\n2;x;y\n", encoding="utf-8"
    )
    done = avis("titre.csv", "--json", cwd=tmp_path)
    assert [(one["line"], one["kind"]) for one in json.loads(done.stdout)] == [(1, "name")]


def test_a_file_that_is_no_text_is_told_and_nothing_is_said_of_what_was_not_searched(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4\n%%EOF")
    for lang, nothing in (("fr", "Aucun fichier n’a pu être lu"), ("en", "No file could be read")):
        done = avis("scan.pdf", cwd=tmp_path, lang=lang)
        assert done.returncode == 1 and "IDE-004" in done.stdout and nothing in done.stdout
        assert "Rien n’est signalé" not in done.stdout and "Nothing is flagged" not in done.stdout


def test_what_a_web_page_does_not_show_is_read_too(tmp_path: Path) -> None:
    page = (
        "<html><body><p>Bonjour à tous.</p>\n<!-- vu avec Ombeline -->\n"
        "<a href='mailto:m@courriel-invente.org'>écrire</a></body></html>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    found = flags("page.html", cwd=tmp_path)
    assert [(page[one["start"] : one["end"]], one["kind"], one["line"]) for one in found] == [
        ("Ombeline", "name", 2),
        ("m@courriel-invente.org", "email", 3),
    ]


def test_files_may_stand_on_both_sides_of_an_option(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    found = json.loads(avis("a.txt", "--json", "b.txt", cwd=tmp_path).stdout)
    assert {one["file"] for one in found} == {"a.txt", "b.txt"}
    assert avis("a.txt", "--jsn", "b.txt", cwd=tmp_path).returncode == 2


def test_a_place_is_told_by_its_column_within_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Une ligne.\nIci : 06 12 34 56 78\n", encoding="utf-8")
    assert "ligne 2, caractères 7 à 20 : téléphone" in avis("a.txt", cwd=tmp_path, lang="fr").stdout


def test_comments_and_headers_of_a_word_document_are_searched_too(tmp_path: Path) -> None:
    document = Document()
    said = document.add_paragraph("Rien ici.")
    document.sections[0].header.paragraphs[0].text = "Écrire à accueil@exemple.org"
    document.add_comment(said.runs, text="Appeler le 06 12 34 56 78.", author="Relectrice", initials="R")
    document.save(str(tmp_path / "relu.docx"))
    found = {(one["kind"], one["field"]) for one in flags("relu.docx", cwd=tmp_path)}
    assert ("phone", "commentaires") in found and ("email", "en-tête") in found
    assert all(one["unit"] == "paragraph" for one in flags("relu.docx", cwd=tmp_path))
