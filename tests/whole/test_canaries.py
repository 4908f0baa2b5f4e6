"""Twenty words planted in raw inputs must be in no published byte."""

from __future__ import annotations

import base64
import csv
import io
import json
import struct
import urllib.parse
import zlib
from pathlib import Path

import pytest
import typst
from built import Draft, drafts, plain, run_avis
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)


def plant_row(path: Path, index: int, words: dict[str, str]) -> None:
    """Put words into a row of a CSV, adding the columns that it lacks, and keep its layout."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source, delimiter=";")
        heads, rows = list(reader.fieldnames or ()), list(reader)
    rows[index] |= words
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(
            target, list(dict.fromkeys([*heads, *words])), delimiter=";", quoting=csv.QUOTE_ALL, restval=""
        )
        writer.writeheader()
        writer.writerows(rows)


def plant(folder: Path) -> list[str]:
    """Plant names, a phone number, an address, free texts, codes; give what must never be seen again."""
    sources = folder / "sources"
    planted: list[str] = []

    def put(word: str) -> str:
        planted.append(word)
        return word

    row = {
        "note": "Zorglane Quimbey",
        "titre": "rencontre chez Ysoline Trabuc",
        "source": "cahier-de-Firmance.odt",
    }
    plant_row(sources / "activites.csv", 3, {name: put(word) for name, word in row.items()})
    row = {"note": "remplacer Théodrine", "responsable": "Gwenaphore Lisbault"}
    plant_row(sources / "activites.csv", 8, {name: put(word) for name, word in row.items()})
    row = {
        "nom": "Oudwenna Baliste",
        "surnom": "la Grande Pétrille",
        "telephone": "07 11 22 33 99",
        "courriel": "oudwenna@quimbelle.example",
        "adresse": "3 venelle Karmadoux",
    }
    plant_row(sources / "personnes.csv", 2, {name: put(word) for name, word in row.items()})
    row = {"temoin": "Cunegarde Obrillant", "code_retour": "RETOURQX77"}
    plant_row(sources / "consentements.csv", 0, {name: put(word) for name, word in row.items()})
    answers = sources / "questionnaire" / "apres.csv"
    heads = answers.read_text(encoding="utf-8").splitlines()[0].replace('"', "").split(";")
    free = [head for head in heads if head.endswith("_other") or head.rpartition("/")[2] in FREE_TEXTS]
    assert len(free) >= 2, "the survey has an “other” and a free text"
    plant_row(answers, 1, {head: put(f"chez ma cousine Virlande {index}") for index, head in enumerate(free)})
    kobo = {"_uuid": "b7c1e6d0-canari-4f0a", "_submitted_by": "tablette-de-Ringolde"}
    plant_row(answers, 2, {name: put(word) for name, word in kobo.items()})
    note = sorted((sources / "ateliers").glob("*.md"))[0]
    lines = [
        f"{{#canari-1}} P1 : {put('Bastourine m’a dit de venir le mardi')}",
        f"{{#canari-2}} Mémo : {put('appeler Éliphane au 06 99 88 77 66')}",
        f"{{#canari-3}} Observation : {put('le mari de Solvanne attendait dehors')}",
        f"{{#canari-4}} Groupe : {put('nous logeons au 14 impasse des Gobevents')}",
        f"{{#canari-5}} Résumé : {put('dossier numéro 7583920164')}",
        f"{{#canari-6}} P2 (en) : {put('my sister Wilhonda works at the port')}",
    ]
    note.write_text(note.read_text(encoding="utf-8") + "\n\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
    return planted


FREE_TEXTS = ("remarque", "commentaire", "suggestion", "suggestions", "idee", "texte", "libre")


@pytest.fixture
def built(copy_of_exemple: Path, tmp_path: Path) -> tuple[list[str], dict[str, Draft], Path]:
    planted = plant(copy_of_exemple)
    build = tmp_path / "build-canaries"
    done = run_avis("build", str(copy_of_exemple), "--lang", "all", build=build)
    assert done.returncode == 0, done.stderr
    return planted, drafts(build), build


KINDS = (
    *("avis.public", "restitution.members", "fiche.public"),
    *("compte-rendu-ville.funder", "contribution-langues-2025.recipient"),
)


@pytest.mark.slow
def test_no_planted_word_is_in_a_published_byte(
    built: tuple[list[str], dict[str, Draft], Path], copy_of_exemple: Path
) -> None:
    planted, published, build = built
    assert len(set(planted)) == len(planted) >= 20
    assert published.keys() == {
        f"{kind}.{language}.{ending}"
        for kind in KINDS
        for language in ("fr", "en")
        for ending in ("html", "pdf")
    }
    sealed = (build / "exemple-fictif" / "private" / "exhibits.json").read_bytes()
    for draft in (*published.values(), Draft(Path("exhibits.json"), sealed)):
        everything, found = plain(draft.decoded), plain(draft.data.decode("latin-1"))
        for word in planted:
            assert plain(word) not in everything, draft.path.name
            assert plain(word).isdigit() or plain(word) not in found, draft.path.name
        for path in (copy_of_exemple.parent, "sources/personnes.csv"):
            assert plain(str(path)) not in everything, draft.path.name


WORD = "Zorglane Quimbey"


def page(body: str) -> Draft:
    return Draft(Path("x.html"), f"<!doctype html><p>Bonjour</p>{body}".encode())


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{WORD}</p>",
        f"<p>{WORD.upper()}</p>",
        "<p>Zorg\u200blane\u00a0Quim\u00adbey</p>",
        "<p>" + "".join(f"&#{ord(letter)};" for letter in WORD) + "</p>",
        "<p>" + "".join(f"&#x{ord(letter):x};" for letter in WORD) + "</p>",
        f"<img alt='{WORD}'>",
        "<a href='https://x.example/?q=" + urllib.parse.quote(WORD) + "'>x</a>",
        "<img src='data:text/plain;base64," + base64.b64encode(f"é {WORD}".encode()).decode() + "'>",
        f"<!-- {WORD} -->",
    ],
)
def test_the_search_sees_a_word_however_a_page_dresses_it(body: str) -> None:
    assert page(body).holds(WORD)
    assert not page("<p>Zorglan</p>").holds(WORD)


def test_a_number_is_sought_where_something_is_read_and_not_among_raw_bytes() -> None:
    assert page("<p>07&nbsp;11 22 33 99</p>").holds("07 11 22 33 99")
    assert not Draft(Path("x.pdf"), pdf_of("x") + b"\n%0711223399").holds("07 11 22 33 99")


def pdf_of(shown: str, told: str = "image", title: str = "Titre") -> bytes:
    """A real PDF with words on its page, in the alternative text of a picture, in its metadata."""
    source = f"""#set document(title: "{title}")
    #image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), alt: "{told}")
    {shown}"""
    return bytes(typst.compile(source.encode(), format="pdf"))


def with_stream(raw: bytes) -> bytes:
    """The same PDF with a packed stream that no page shows."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of("x")))
    stream = DecodedStreamObject()
    stream.set_data(raw)
    writer._root_object[NameObject("/Planted")] = writer._add_object(stream.flate_encode())
    return written(writer)


def with_dictionary(word: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of("x")))
    entry = DictionaryObject({NameObject("/T"): ArrayObject([TextStringObject(word)])})
    writer._root_object[NameObject("/Planted")] = writer._add_object(entry)
    return written(writer)


def in_compressed_object(word: str) -> bytes:
    """A PDF whose catalogue stands in an object stream, found through a cross-reference stream alone."""
    objects = [
        (1, f"<</Type/Catalog/Pages 2 0 R/Planted({word})>>".encode()),
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"),
    ]
    starts = [sum(len(body) + 1 for _, body in objects[:index]) for index in range(len(objects))]
    index = " ".join(f"{number} {start}" for (number, _), start in zip(objects, starts, strict=True)) + " "
    packed = zlib.compress(index.encode() + b" ".join(body for _, body in objects))
    holder = b"4 0 obj\n<</Type/ObjStm/N 3/First %d/Filter/FlateDecode/Length %d>>\nstream\n" % (
        len(index),
        len(packed),
    )
    head = b"%PDF-1.7\n"
    second = len(head) + len(holder) + len(packed) + len(b"\nendstream\nendobj\n")
    rows = [(0, 0, 255), *((2, 4, place) for place in range(3)), (1, len(head), 0), (1, second, 0)]
    table = zlib.compress(b"".join(struct.pack(">BHB", *row) for row in rows))
    last = b"5 0 obj\n<</Type/XRef/Size 6/Root 1 0 R/W[1 2 1]/Filter/FlateDecode/Length %d>>\nstream\n" % len(
        table
    )
    end = b"\nendstream\nendobj\n"
    return head + holder + packed + end + last + table + end + b"startxref\n%d\n%%%%EOF\n" % second


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(pdf_of(WORD), id="on a page"),
        pytest.param(pdf_of("x", told=WORD), id="in an alternative text"),
        pytest.param(pdf_of("x", title=WORD), id="in the title"),
        pytest.param(with_stream(WORD.encode()), id="in a packed stream"),
        pytest.param(with_dictionary(WORD), id="in an object that no page shows"),
        pytest.param(in_compressed_object(WORD), id="in a compressed object"),
    ],
)
def test_the_search_sees_a_word_wherever_a_pdf_keeps_it(data: bytes) -> None:
    assert Draft(Path("x.pdf"), data).holds(WORD)
    assert not Draft(Path("x.pdf"), data).holds("Zorglane Quimbeyz")


def test_the_words_of_a_packed_stream_are_not_in_the_raw_bytes() -> None:
    for data in (with_stream(WORD.encode()), in_compressed_object(WORD)):
        assert WORD.encode() not in data


@pytest.mark.slow
def test_no_person_code_and_no_word_left_aside_is_published(
    built: tuple[list[str], dict[str, Draft], Path], copy_of_exemple: Path
) -> None:
    _, published, _ = built
    with (copy_of_exemple / "sources" / "personnes.csv").open(encoding="utf-8") as source:
        codes = [row["code"] for row in csv.DictReader(source, delimiter=";")]
    assert len(codes) > 50
    texts = [draft.text for draft in published.values()]
    for code in codes:
        assert all(code not in text for text in texts)
    left_aside = rejected_words(copy_of_exemple)
    assert left_aside
    for words in left_aside:
        assert all(words not in text for text in texts)


def rejected_words(folder: Path) -> list[str]:
    """The texts of amendments that the group rejected: they stay in the room, unless one stands by itself."""
    found = []
    for log in sorted((folder / "seances").glob("*.jsonl")):
        words = json.loads(log.with_suffix(".mots.json").read_text(encoding="utf-8"))
        events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        proposed = {
            e["body"]["amendment"]: e["body"]["text"]["word"]
            for e in events
            if e["type"] == "amendment_proposed"
        }
        rejected = [e["body"]["amendment"] for e in events if e["type"] == "amendment_rejected"]
        alone = {e["body"].get("from", "") for e in events if e["type"] == "proposed"}
        found += [words[proposed[name]]["text"] for name in rejected if f"amendment:{name}" not in alone]
    return found
