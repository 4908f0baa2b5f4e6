"""The answer to a call: numbered, counted, for whom it may be, and without a name that is withheld."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import page
import pytest
from docx import Document as read_docx
from given_call import FUNDER, OWN, PARTNER, call, exhibits, named_otherwise
from pypdf import PdfReader

from avis.errors import AvisError, Problems
from avis.exhibits import Call, Exhibits
from avis.i18n import LANGUAGES, Language
from avis.look import Look
from avis.report.compose import compose
from avis.report.compose.addressed import addressed
from avis.report.compose.contribution import words_of_body
from avis.report.compose.lengths import count_words
from avis.report.document import Document, Numbered, Saying
from avis.report.docx.document import render_docx
from avis.report.html.page import render_html
from avis.report.outline import plain, walk
from avis.report.pdf.paper import render_pdf
from avis.setting import Confidentiality
from avis.writing.text import read_passages

A1 = """---
place: appel:onu:a1
---
En deux ans, {chiffre}`rdv` rendez-vous ({cite}`cedef, art. 15`).

Un second paragraphe.
"""


def answer(
    folder: Path,
    one: Call | None = None,
    lang: Language = "fr",
    held: Exhibits | None = None,
    look: Look | None = None,
    **texts: str,
) -> tuple[Document | None, Problems]:
    """Write texts into files, read them for a call as a build does, and compose its answer."""
    one = one or call()
    for name, text in texts.items():
        (folder / f"{name}.fr.md").write_text(text, encoding="utf-8")
    mine, problems = addressed(held or exhibits(one), one), Problems()
    passages = read_passages(folder, lang, mine, problems, one.audience, (f"call:{one.id}",))
    if problems.errors:
        return None, problems
    return compose("contribution", mine, passages, lang, one.audience, variant="onu", look=look), problems


def made(folder: Path, one: Call | None = None, lang: Language = "fr", **texts: str) -> Document:
    document, problems = answer(folder, one, lang, **(texts or {"a": A1}))
    assert document is not None, list(problems)
    return document


def numbered(document: Document) -> list[Numbered]:
    return [block for block in document.blocks if isinstance(block, Numbered)]


def test_paragraphs_are_numbered_from_one_on_and_each_has_its_anchor(tmp_path: Path) -> None:
    found = numbered(made(tmp_path))
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    ids = [one.id for one in found]
    assert len(set(ids)) == len(ids)
    assert {"paragraph-a-1", "paragraph-a-2", "statement-s1", "statement-s1-dissent-1"} <= set(ids)
    assert "recommendation-r1" in ids


def test_anchors_are_the_same_in_both_languages_whatever_the_number(tmp_path: Path) -> None:
    fr, en = (numbered(made(tmp_path, lang=lang)) for lang in LANGUAGES)
    assert [one.id for one in fr] == [one.id for one in en]


def test_adopted_texts_of_the_linked_question_answer_with_how_they_were_agreed(tmp_path: Path) -> None:
    told = {one.id: plain(one.content) for one in numbered(made(tmp_path))}
    assert told["statement-s1"].startswith("Constat du groupe. La porte était fermée. (Consensus")
    assert told["statement-s1-dissent-1"] == "Position minoritaire. Pas pour toutes."
    assert told["recommendation-r1"].startswith(
        "Préconisation 1, adressée à\u00a0: la ville. Ouvrir le soir."
    )


def test_the_questions_of_the_call_are_copied_whole(tmp_path: Path) -> None:
    text = re.sub(r"\s", " ", render_html(made(tmp_path)))
    assert "Que voyez-vous ?" in text and "Que demandez-vous ?" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rendering_holds_every_number_and_every_word_of_the_body(
    tmp_path: Path, lang: Language
) -> None:
    document = made(tmp_path, lang=lang)
    html = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", render_html(document)))
    pdf = render_pdf(document)
    assert page.is_pdf_compliant_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    paper = re.sub(r"\s+", " ", " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages))
    word = "\n".join(one.text for one in read_docx(io.BytesIO(render_docx(document))).paragraphs)
    for one in numbered(document):
        first = plain(one.content)[:12].split(". ")[0]
        assert f"{one.number}. {first}" in html
        assert re.search(rf"{one.number}\.\s*{re.escape(first)}", paper), (one.number, first)
        assert f"{one.number}.\t{first}" in word


# --- how long


def test_a_word_holds_a_letter_or_a_digit() -> None:
    assert count_words("« Trop tôt ! » — 17 h ; l’accueil ferme.") == 6
    assert count_words("") == 0


def test_the_length_counts_the_body_and_neither_head_questions_tables_notes_nor_annexes(
    tmp_path: Path,
) -> None:
    document = made(tmp_path)
    told = sum(count_words(plain(one.content)) for one in numbered(document))
    headings = "Qui parle, et comment Réponse à la question 1 Réponse à la question 2"
    assert words_of_body(document) == told + count_words(headings)
    longer = made(tmp_path, a=A1 + "\nQuatre mots de plus.\n")
    assert words_of_body(longer) == words_of_body(document) + 4


def test_the_length_is_printed_beside_the_most_that_the_call_takes(tmp_path: Path) -> None:
    words = words_of_body(made(tmp_path))
    assert f"{words} mots sur {words}<" in render_html(made(tmp_path, call(words=words)))
    over = render_html(made(tmp_path, call(words=words - 1)))
    assert f"{words} mots sur {words - 1}\u00a0: trop long" in over
    assert f"{words} mots\u00a0; l’appel ne fixe pas de limite" in render_html(made(tmp_path, call(words=0)))


def test_words_that_bear_the_name_of_their_language_are_counted_as_they_are_printed(tmp_path: Path) -> None:
    document = made(tmp_path, lang="en")
    assert "(in French)" in " ".join(plain(one.content) for one in numbered(document))
    assert f">{words_of_body(document)} words" in render_html(document)


# --- who may read which words


def said(document: Document) -> set[str]:
    return {node.text for block in document.blocks for node in walk(block) if isinstance(node, Saying)}


def quoting(id: str) -> str:
    return f"---\nplace: appel:onu:a1\n---\n{{parole}}`{id}`\n"


def test_words_agreed_for_the_recipient_stand_in_a_confidential_answer(tmp_path: Path) -> None:
    assert said(made(tmp_path, a=quoting("p-onu"))) == {"Une lettre me coûte un jour."}
    assert said(made(tmp_path, a=quoting("p-tous"))) == {"Le bus part trop tôt."}


@pytest.mark.parametrize("confidentiality", ["name_withheld", "public"])
def test_what_is_published_needs_words_agreed_for_everybody(tmp_path: Path, confidentiality: str) -> None:
    one = call(confidentiality)  # type: ignore[arg-type]
    assert said(made(tmp_path, one, a=quoting("p-tous"))) == {"Le bus part trop tôt."}
    document, problems = answer(tmp_path, one, a=quoting("p-onu"))
    assert document is None
    assert [item.code for item in problems.errors] == [
        "TXT-050" if one.audience == "recipient" else "TXT-017"
    ]


def test_words_without_consent_for_this_recipient_do_not_build_and_the_error_says_where(
    tmp_path: Path,
) -> None:
    document, problems = answer(tmp_path, a=quoting("p-autre"))
    assert document is None
    (error,) = problems.errors
    assert (error.code, error.place.file, error.place.line) == ("TXT-050", f"{tmp_path.name}/a.fr.md", 4)
    told = str(error)
    assert "rapporteuse" in told and "Cela reste entre nous" not in told


def test_words_that_are_in_no_text_are_not_drawn_in_by_themselves(tmp_path: Path) -> None:
    assert said(made(tmp_path)) == set()


def test_nothing_is_addressed_to_a_recipient_before_it_is_asked_for() -> None:
    assert all("recipient" not in getattr(item, "audiences", ()) for item in exhibits().exhibits)
    once = addressed(exhibits(), call())
    assert addressed(once, call()) == once


def test_an_answer_is_for_the_audience_that_its_confidentiality_asks_for() -> None:
    for one, wrong in ((call(), "public"), (call("public"), "recipient"), (call("name_withheld"), "public")):
        with pytest.raises(AvisError, match="DOC-042"):
            compose("contribution", addressed(exhibits(one), one), (), "fr", wrong, variant="onu")  # type: ignore[arg-type]
    with pytest.raises(AvisError, match="DOC-042"):
        compose("contribution", exhibits(), (), "fr", "recipient", variant="autre")


# --- the name


def test_a_confidential_answer_says_so_on_every_page(tmp_path: Path) -> None:
    document = made(tmp_path)
    assert document.banners[-1].startswith("Confidentiel. Destinataire\u00a0: Rapporteuse inventée.")
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(render_pdf(document))).pages]
    assert all("Confidentiel" in text for text in pages)
    assert 'content="noindex' in render_html(document)


def everything(document: Document) -> str:
    """All bytes of all three files, as text: metadata, links, names of styles."""
    reader = PdfReader(io.BytesIO(render_pdf(document)))
    paper = (
        " ".join(one.extract_text() for one in reader.pages) + str(reader.metadata) + str(reader.xmp_metadata)
    )
    with zipfile.ZipFile(io.BytesIO(render_docx(document))) as packed:
        word = " ".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return f"{render_html(document)} {paper} {word}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_withheld_name_stands_nowhere_in_the_files(tmp_path: Path, lang: Language) -> None:
    one = call("name_withheld")
    signed = Look(signs={"fr": "Tilleul", "en": "Tilleul"})
    document, _ = answer(tmp_path, one, lang, look=signed, a=A1)
    assert document is not None
    found = everything(document).casefold()
    for name in (OWN, PARTNER, FUNDER, "Le banc vert", "The green bench", "tilleul"):
        assert name.casefold() not in found, name
    assert document.slug == "onu" and document.stem == f"contribution-onu.recipient.{lang}"


def test_a_public_answer_bears_the_name(tmp_path: Path) -> None:
    assert OWN in render_html(made(tmp_path, call("public")))


def test_a_text_that_names_the_association_does_not_build_where_its_name_is_withheld(tmp_path: Path) -> None:
    one, text = call("name_withheld"), f"---\nplace: appel:onu:a1\n---\nAvec la {PARTNER}, nous venons.\n"
    with pytest.raises(AvisError, match="DOC-041") as caught:
        answer(tmp_path, one, a=text)
    (error,) = caught.value.problems
    assert error.place.field.startswith("§ ")


@pytest.mark.parametrize(
    "told",
    [
        "Avec la **Maison** Ronce.",
        "Avec la maison\u00a0ronce.",
        "Lisez [ceci](https://maison-ronce.example/avis).",
        "Le groupe du Tilleul vert.",
    ],
)
def test_a_withheld_name_is_found_however_it_is_written(tmp_path: Path, told: str) -> None:
    look = Look(signs={"fr": "Le groupe du Tilleul vert"})
    with pytest.raises(AvisError, match="DOC-041"):
        answer(tmp_path, call("name_withheld"), look=look, a=f"---\nplace: appel:onu:a1\n---\n{told}\n")


def test_a_short_name_is_a_word_of_its_own(tmp_path: Path) -> None:
    one, text = call("name_withheld"), "---\nplace: appel:onu:a1\n---\nAvoir une évaluation à relever.\n"
    held = named_otherwise(exhibits(one), title={"fr": "Eva", "en": "Eva"})
    assert answer(tmp_path, one, held=held, a=text)[0] is not None


def test_the_method_sheet_may_not_name_it_either(tmp_path: Path) -> None:
    one = call("name_withheld")
    held = named_otherwise(exhibits(one), method={"absent": {"fr": f"Menée à {PARTNER}."}})
    with pytest.raises(AvisError, match="DOC-041"):
        answer(tmp_path, one, held=held, a=A1)


# --- places


@pytest.mark.parametrize("place", ["appel:onu:q9", "appel:autre:a1", "call:onu", "appel"])
def test_a_text_for_no_call_or_no_question_is_refused_with_those_there_are(
    tmp_path: Path, place: str
) -> None:
    (tmp_path / "a.fr.md").write_text(f"---\nplace: {place}\n---\nOui.\n", encoding="utf-8")
    problems = Problems()
    read_passages(tmp_path, "fr", exhibits(), problems)
    assert [item.code for item in problems] == ["TXT-049"]
    assert "call:onu:a1" in str(problems.items[0])


@pytest.mark.parametrize("confidentiality", ["confidential", "name_withheld", "public"])
def test_a_text_for_another_call_or_a_report_keeps_no_answer_from_being_built(
    tmp_path: Path, confidentiality: Confidentiality
) -> None:
    one = call(confidentiality)
    other = "---\nplace: appel:deux:a9\n---\nPour un autre.\n"
    portal = "---\nplace: bilan:champ\n---\nPour la ville.\n"
    document = made(tmp_path, one, a=A1, b=other, c=portal)
    assert "Pour" not in " ".join(plain(block.content) for block in numbered(document))


def test_the_texts_for_a_call_are_in_no_other_document(tmp_path: Path) -> None:
    (tmp_path / "a.fr.md").write_text(A1, encoding="utf-8")
    (tmp_path / "b.fr.md").write_text("---\nplace: introduction\n---\nOui.\n", encoding="utf-8")
    for places, read in (((), ["introduction"]), (("call:onu",), ["call:onu:a1"]), (("call:autre",), [])):
        found = read_passages(tmp_path, "fr", exhibits(), Problems(), places=places)
        assert [one.place for one in found] == read
