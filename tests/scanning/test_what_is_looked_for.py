"""Each kind of thing that is looked for: found where it stands, allowed where it may, no alarm beside it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from tests.scanning.hiding import array, exif, page, pdf, picture

from avis.scanning.scan import Report, scan
from avis.scanning.wanted import Kind, Term, Wanted

SAID = "Je suis venue avec ma petite, on m’a laissée debout deux heures dans le couloir sans rien dire."


def searched(
    folder: Path,
    text: str | bytes,
    *terms: Term,
    allowed: tuple[str, ...] = (),
    contacts: tuple[str, ...] = (),
) -> Report:
    (folder / "a.html").write_bytes(text if isinstance(text, bytes) else text.encode())
    return scan(folder, Wanted(terms=terms, allowed=allowed, contacts=contacts))


def found(folder: Path, text: str | bytes, *terms: Term, allowed: tuple[str, ...] = ()) -> set[str]:
    return {hit.kind for hit in searched(folder, text, *terms, allowed=allowed).hits}


def term(kind: Kind, text: str) -> Term:
    return Term(kind=kind, text=text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Nadia Benali", "vu avec NADIA  BÉNALI hier"),
        ("Nadia Benali", "nadia-benali.png"),
        ("Nadia Benali", "nadiabenali@"),
        ("Nadia Benali", "photo: NadiaBenali2.jpg"),
        ("Marie-Claire d’Été", "marie claire D'ETE"),
        ("Blessing", "hier, Blessing est venue avec sa sœur"),
        ("Ọlá", "chez Ola ce soir"),
    ],
)
def test_a_name_is_found_however_it_is_written(tmp_path: Path, name: str, text: str) -> None:
    assert "name" in found(tmp_path, page(text), term("name", name))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Joy", "they sang with joy"),
        ("Rose", "une rose rouge, en été"),
        ("Nadia Benali", "Nadia Ferhat et Karim Benali"),
        ("Ana", "analyse, banane, Anaïs"),
        ("X", "une lettre X"),
    ],
)
def test_an_ordinary_word_is_nobody(tmp_path: Path, name: str, text: str) -> None:
    assert found(tmp_path, page(text), term("name", name)) == set()


@pytest.mark.parametrize(
    "text", ['<b id="p-s8g9">', "S8G9", '{"code": "s8g9"}', "personne_S8G9_fin", "a;S 8 G 9;b"]
)
def test_a_code_of_a_person_is_found_inside_ids_too(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text, term("person_code", "S8G9")) == {"person_code"}


def test_a_code_within_a_longer_word_is_none(tmp_path: Path) -> None:
    assert found(tmp_path, "XS8G9, S8G91, 4S8G9", term("person_code", "S8G9")) == set()


def test_a_code_of_digits_counts_only_where_a_word_says_that_it_is_one(tmp_path: Path) -> None:
    assert found(tmp_path, "en 2024, 112 femmes, page 12", term("person_code", "112")) == set()
    assert found(tmp_path, '{"code": 112}', term("person_code", "112")) == {"person_code"}


@pytest.mark.parametrize("text", ["NZ26DMCX", "nz26-dmcx", "NZ26 DMCX", "Code : nz26dmcx."])
def test_a_return_code_is_found_in_groups_too(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text, term("consent_code", "NZ26DMCX")) == {"consent_code"}


def test_six_words_in_a_row_of_a_raw_text_are_found(tmp_path: Path) -> None:
    kept = page("<p>Elle dit : « laissée <i>debout</i> deux heures dans le couloir »")
    assert found(tmp_path, kept, term("raw_text", SAID)) == {"raw_text"}
    assert found(tmp_path, page("debout deux heures dans un couloir"), term("raw_text", SAID)) == set()


def test_what_may_be_published_of_a_raw_text_is_no_alarm_and_the_rest_is(tmp_path: Path) -> None:
    quote = "on m’a laissée debout deux heures dans le couloir"
    assert found(tmp_path, page(f"« {quote} »"), term("raw_text", SAID), allowed=(quote,)) == set()
    more = page(f"« {quote} sans rien dire »")
    assert found(tmp_path, more, term("raw_text", SAID), allowed=(quote,)) == {"raw_text"}


def test_short_answers_that_anybody_gives_are_not_looked_for(tmp_path: Path) -> None:
    short = [term("raw_text", text) for text in ("je ne sais pas", "oui", "le bus est cher")]
    assert found(tmp_path, page("je ne sais pas si le bus est cher, oui"), *short) == set()


@pytest.mark.parametrize(
    "text",
    [
        '{"f": "/home/zed/evaluations/x/build"}',
        "C:\\\\Users\\\\Zed\\\\a.csv",
        "file:///srv/data/a.csv",
        "/Users/zed/avis",
        "see /tmp/tmpab12/a.json",
        "%2Fhome%2Fzed%2Fa",
    ],
)
def test_a_path_of_somebodys_machine_is_found_without_a_list(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == {"path"}


def test_a_path_that_is_listed_is_found_with_any_slashes(tmp_path: Path) -> None:
    listed = term("path", "/srv/asso/évaluation 3")
    for text in (
        "/srv/asso/évaluation 3/a",
        "\\\\srv\\\\asso\\\\EVALUATION 3",
        "%2Fsrv/asso/%C3%A9valuation%203",
    ):
        assert found(tmp_path, text, listed) == {"path"}
    assert found(tmp_path, "/srv/asso/évaluation 31", listed) == set()


def test_names_of_users_and_machines_are_found_and_common_ones_only_as_names(
    tmp_path: Path,
) -> None:
    assert found(tmp_path, "author zdupont", term("user", "zdupont")) == {"user"}
    assert found(tmp_path, "poste-asso-7.local", term("host", "poste-asso-7")) == {"host"}
    assert found(tmp_path, "the root of the question; /root", term("user", "root")) == set()
    assert found(tmp_path, "login: root", term("user", "root")) == {"user"}
    assert found(tmp_path, "root@serveur", term("user", "root")) == {"user"}


def test_parameters_of_a_run_are_found(tmp_path: Path) -> None:
    assert found(tmp_path, "-p evaluation evaluations/x-y", term("parameter", "evaluations/x-y")) == {
        "parameter"
    }
    assert found(tmp_path, '{"metadata": {"papermill": {"a": 1}}}') == {"parameter"}
    assert found(tmp_path, '{"tags": ["injected-parameters"]}') == {"parameter"}


ROW = (1987.0, 34.0, 250.5, 3.0, 12.0)


@pytest.mark.parametrize(
    "text",
    [
        b"x;1987;34;250,5;3;12;y",
        b"1987,34,250.5,3,12",
        b'{"naissance": 1987, "age": 34, "loyer": 250.50, "q1": 3, "q2": 12}',
        page("<table><tr><td>1\u202f987</td><td>34</td><td>250,5</td><td>3</td><td>12</td>"),
        array([1, *ROW]),
        base64.b64encode(b"id,1987,34,250.5,3,12 et la suite du fichier"),
    ],
)
def test_numbers_of_one_record_that_stand_together_are_found(tmp_path: Path, text: bytes) -> None:
    assert "numbers" in found(tmp_path, text, Term(kind="numbers", numbers=ROW))


def test_the_same_numbers_in_another_order_or_apart_are_nobodys(tmp_path: Path) -> None:
    text = json.dumps([34, 1987, 250.5, 3, 12, 1987, 34, 250.5, 7, 3, 12])
    assert found(tmp_path, text, Term(kind="numbers", numbers=ROW)) == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Appelez Nadia : 06 39 98 12 34", "phone"),
        ("tel:+33639981234", "phone"),
        ("0<b>6</b> 39 98 <i>12</i> 34", "phone"),
        ("a.b@courriel.example", "email"),
        ("a.b [at] courriel [dot] example", "email"),
        ("sécu 2 85 05 78 006 084 91", "nir"),
        ("FR76 3000 6000 0112 3456 7890 189", "iban"),
        ("insta : @zed_93", "handle"),
        ("née le 3 mars 1987", "birth_date"),
        ("passeport n° 12AB34567", "passport"),
        ("numéro d’étranger 7503123456", "foreigner_number"),
    ],
)
def test_what_identifies_somebody_is_found_without_a_list(tmp_path: Path, text: str, kind: str) -> None:
    assert kind in found(tmp_path, page(text))


BETWEEN = {
    "as an address is written": "Nadia <nadia@courriel.example> a écrit",
    "as a tag that is none": "contact <06 39 98 41 27>",
    "a name of a tag that is none": "<tel:0639984127>",
    "between words": "<appelez-la au 06 39 98 41 27>",
    "between comparisons": "3 < 5, donc 06 39 98 41 27, et 7 > 2",
    "after them": "x > 3 ; y < 4 ; 06 39 98 41 27",
    "after an escaped one": "<p>moins de &lt; 10 ans, 06 39 98 41 27</p><style>a > b {}</style>",
    "in a part that is not read as a page": "<![CDATA[ 06 39 98 41 27 ]]>",
    "after tags in tags": "<a<a<a<a<a<a<a<b>>>>>>>> 06 39 98 41 27 <i>",
    "without quotes": "<a href=tel:0639984127>appelez</a>",
    "in a comment that holds tags": "<!-- <b>06</b> 39 98 <!-- 06 39 98 41 27 > -->",
    "in a comment without an end": "<p>a</p><!-- 06 39 98 41 27 <b>",
}


@pytest.mark.parametrize("way", BETWEEN)
def test_what_stands_between_angle_brackets_is_read_too(tmp_path: Path, way: str) -> None:
    assert found(tmp_path, BETWEEN[way]) & {"phone", "email"}


@pytest.mark.parametrize("way", [way for way in BETWEEN if "<!" not in BETWEEN[way]])
def test_so_it_is_in_a_text_that_is_no_page(tmp_path: Path, way: str) -> None:
    (tmp_path / "a.csv").write_text(f"note;{BETWEEN[way]};\n")
    assert {hit.kind for hit in scan(tmp_path, Wanted()).hits} & {"phone", "email"}


def test_the_associations_own_contacts_are_allowed_and_no_others(tmp_path: Path) -> None:
    text, ours = page("Écrivez-nous : contact@asso.example, 01 99 00 12 34"), "contact@asso.example"
    assert found(tmp_path, text) == {"email", "phone"}
    assert found(tmp_path, text, allowed=(ours, "01 99 00 12 34")) == {"email", "phone"}
    assert not searched(tmp_path, text, contacts=(ours, "tél. 01.99.00.12.34")).hits


DISGUISES = {
    "invisible signs": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "wide": lambda text: "".join(chr(ord(one) + 0xFEE0) if one != " " else one for one in text),
    "no-break spaces": lambda text: text.replace(" ", "\u202f"),
    "cut by a line": lambda text: text.replace(" ", "\n", 3).replace("\n", " ", 2),
    "in an address": lambda text: f"https://x.example/?q={quote(text)}",
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_telephone_number_is_found_however_it_is_disguised(tmp_path: Path, disguise: str) -> None:
    assert "phone" in found(tmp_path, f"<p>{DISGUISES[disguise]('06 39 98 41 27')}</p>")  # type: ignore[operator]


def test_a_single_line_of_a_pdf_is_read_for_telephones_too(tmp_path: Path) -> None:
    assert found(tmp_path, pdf("Bonjour 06 39 98 41 27 !")) == {"phone"}
    assert found(tmp_path, pdf("Rien.") + b"\n% 06 39 98 41 27") == {"phone"}


def test_what_a_picture_says_in_wide_letters_is_read_for_telephones_too(tmp_path: Path) -> None:
    said = exif(0x9C9D, "06 39 98 41 27".encode("utf-16-le"))
    assert found(tmp_path, picture("JPEG", exif=said)) == {"phone"}


def test_an_address_of_data_as_short_as_a_code_is_read(tmp_path: Path) -> None:
    text = page("<img src='data:text/plain;base64,UzhHOQ=='>")
    assert found(tmp_path, text, term("person_code", "S8G9")) == {"person_code"}


def test_an_array_of_decimals_is_read_and_raises_no_alarm(tmp_path: Path) -> None:
    report = searched(tmp_path, array([0.8414709848 + one / 7 for one in range(300)]))
    assert report.clean


@pytest.mark.parametrize(
    "how",
    [
        lambda text: page(f"<script>f({json.dumps(text)})</script>"),
        lambda text: page(f"<div data-figure='{escape(text, quote=True)}'>"),
        lambda text: page(text.replace('"dtype"', '"shape":"300, 1","dtype"')),
        lambda text: page(f"<script>new Float64Array(b('{json.loads(text)['bdata']}'))</script>"),
    ],
    ids=["escaped", "as entities", "as it is", "without its type"],
)
def test_an_array_in_a_page_is_read_as_numbers_however_it_is_quoted(
    tmp_path: Path, how: Callable[[str], bytes]
) -> None:
    numbers = np.array([0.5, *ROW, *np.linspace(-8, 8, 300)])
    data = base64.b64encode(numbers.tobytes()).decode()
    made = how(json.dumps({"dtype": "f8", "bdata": data}))
    report = searched(tmp_path, made, Term(kind="numbers", numbers=ROW))
    assert {hit.kind for hit in report.hits} == {"numbers"} and not report.unread
    assert searched(tmp_path, made).clean


@pytest.mark.parametrize(
    "text",
    [
        "3 400 demandes, 1 150 en 2024, 12 34 56 rendez-vous, 0 1 0 0 1 1 0 1 0 0",
        "<table><tr><td>06</td><td>12</td><td>34</td><td>56</td><td>78</td></tr></table>",
        "<svg viewBox='0 0 640 480'><path d='M 0612345678 12 L 06 12 34 56 78'/></svg>",
        "2026-01-01T10:00:00+01:00, sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "loi n° 91-647 du 10 juillet 1991, ISBN 978-2-07-036822-8, doi:10.1000/182, SIREN 732 829 320",
        "@media print { @page { margin: 1cm } } @font-face {}",
        '{"@context": "https://w3id.org/ro/crate/1.1/context", "@type": "Dataset", "@id": "./"}',
        "06 12 18 24 30 36 ; 01 02 03 04 05 06 ; 01-02-03-04-05 ; 07/08/09/10/11 ; 0123456789 ; 0.8414709848",
        "ISNI 0000 0001 2150 090X, ORCID 0000-0002-1825-0097, Cerfa n° 15059*02, JORFTEXT000038528420",
        "@article{dupont2024, doi={10.1000/182}} @book{k} /** @param {string} x @returns */ @apply a;",
        "l’association, née en 2016 d’une colère ; AB-1234, le facebook de la mairie",
        "du 01/02/2024 03/04/2025 ; 01.02.2024 12.03.2024 ; 2024-01-02 03:04:05",
        "ISBN-10: 0306406152 ; PMID : 0612345678 ; TVA FR 40 303 265 045 ; SIRET n° 73282932000074",
        "`@report`, `@legal`, `@jurisdiction`, @online ; {'@none': 1, '@prefix': 2} ; @color-profile x {}",
        "3 < 5 > 2, x <y> z, a->b, <= 12 34 56 =>",
        "116 006, 3919, 115, de 18 h à 20 h, p. 12-34, art. 6, § 2.1.3",
    ],
)
def test_numbers_of_a_document_raise_no_alarm(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, page(text)) == set()


def test_the_report_says_which_lists_were_searched_and_which_were_not(tmp_path: Path) -> None:
    report = scan(tmp_path, Wanted(lists=("codes",), missing=("people",)))
    assert (report.lists, report.missing, report.plants >= 20) == (("codes",), ("people",), True)


def test_how_many_different_ones_is_told(tmp_path: Path) -> None:
    terms = [term("person_code", code) for code in ("S8G9", "A3N7", "B4K2")]
    assert [hit.n for hit in searched(tmp_path, "S8G9 A3N7 S8G9 s8g9", *terms).hits] == [2]


def test_what_is_looked_for_shows_no_word_when_printed() -> None:
    wanted = Wanted(terms=(term("name", "Nadia"), Term(kind="numbers", numbers=ROW)), lists=("people",))
    assert "people" in repr(wanted) and "Nadia" not in repr(wanted)
