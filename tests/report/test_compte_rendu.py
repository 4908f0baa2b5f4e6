"""The report to a funder: the order of the form, money that adds up, people never added, texts to copy."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import docx
import page
import pytest
from given_compose import EMPTY, RICH, dimension, evidence
from given_document import telling
from given_report import LINES, REPORT, due, line, parts, passage
from msgspec.structs import replace
from pypdf import PdfReader

from avis.exhibits import Cell, Exhibits, Table
from avis.i18n import LANGUAGES, Language, pick
from avis.report import outline
from avis.report.compose import accounts, compose
from avis.report.compose.plain_text import measured, plain_text
from avis.report.document import Agreed, Document, Field, Grid, Passage
from avis.report.docx.document import render_docx
from avis.report.html.page import render_html
from avis.report.pdf.paper import render_pdf
from avis.scanning.scan import scan
from avis.scanning.wanted import Wanted


def told(exhibits: Exhibits, *passages: Passage, lang: Language = "fr") -> Document:
    return compose("compte-rendu", exhibits, passages, lang, "funder", variant="ville")


def grid(document: Document, id: str) -> Grid:
    return next(block for block in document.blocks if isinstance(block, Grid) and block.id == id)


def rows(found: Grid) -> dict[str, list[str]]:
    texts = [[outline.plain(slot.content).replace("\u202f", " ") for slot in row] for row in found.rows]
    return {name: values for name, *values in texts}


def field(document: Document, id: str) -> Field:
    return next(block for block in document.blocks if isinstance(block, Field) and block.id == f"field-{id}")


# --- the money


def test_money_adds_up_by_account_and_in_all() -> None:
    found = rows(grid(told(due()), "table-money-expense"))
    assert found["Salaires"] == ["38 000", "37 450,50", "99 %"]
    assert found["Sous-total"] == ["50 000", "48 650,50", "97 %"]
    assert found["Total des charges"] == ["65 000", "60 150,50", "93 %"]
    labels = [(group.label, group.rows) for group in grid(told(due()), "table-money-expense").groups]
    assert labels == [
        ("62 · Autres services extérieurs", 1),
        ("64 · Charges de personnel", 3),
        ("Charges indirectes affectées à l’action", 1),
    ]
    assert rows(grid(told(due()), "table-money-income"))["Total des produits"] == ["65 000", "64 000", "98 %"]


def test_what_is_given_is_no_money_and_a_plan_of_zero_has_no_percentage() -> None:
    document = told(due())
    assert rows(grid(document, "table-money-used"))["Total des emplois"] == ["0", "3 200", "–"]
    assert "Temps des interprètes" not in rows(grid(document, "table-money-expense"))


def test_whether_the_budget_balances_is_told_and_what_part_the_grant_is() -> None:
    text = plain_text(told(due()).blocks, "fr").replace("\u202f", " ").replace("\u00a0", " ")
    assert "Budget prévu : Équilibré" in text
    assert "Budget réalisé : Excédent de 3 849,50 €." in text
    assert "La subvention : 50 000 €, soit 78 % des produits réalisés." in text


def test_a_total_with_a_missing_line_says_so_and_nothing_is_reckoned_from_it() -> None:
    lines = [replace(one, realised=None) if one.id == "charges" else one for one in LINES]
    document = told(due(*lines))
    found = grid(document, "table-money-expense")
    assert rows(found)["Charges sociales"][1:] == ["non documenté", "–"]
    assert rows(found)["Total des charges"] == ["65 000", "48 950,50", "–"]
    marked = [outline.plain(row[0].content) for row in found.rows if any(slot.mark for slot in row)]
    assert marked == ["Sous-total", "Total des charges"]
    assert found.marks and "incomplète" in outline.plain(found.marks[0][1])
    text = plain_text(document.blocks, "fr")
    assert re.search(r"Budget réalisé.: Ne peut pas être dit", text)


def test_without_any_amount_a_total_is_no_zero() -> None:
    found = rows(grid(told(due(line("x", "Rien", None, None))), "table-money-expense"))
    assert found["Total des charges"] == ["non documenté", "non documenté", "–"]


def test_a_budget_of_today_without_accounts_has_no_groups() -> None:
    found = grid(told(due(line("x", "Une ligne", 10, 12))), "table-money-expense")
    assert found.groups == () and rows(found)["Total des charges"] == ["10", "12", "120 %"]


def test_a_plan_that_does_not_balance_is_told() -> None:
    lines = [replace(one, planned=14000) if one.id == "dons" else one for one in LINES]
    text = plain_text(told(due(*lines)).blocks, "fr").replace("\u00a0", " ")
    assert re.search(r"Non équilibré.: les charges dépassent les produits de 1 000", text)


def test_each_gap_has_its_explanation_or_says_that_it_has_none() -> None:
    found = rows(grid(told(due()), "table-money-gaps"))
    assert found["Interprètes"] == ["−3 800", "Ils sont restés bénévoles."]
    assert found["Loyer"] == ["+300", "écart non expliqué"]
    assert "Ville" not in found and "Bénévolat" not in found


def test_the_last_look_takes_no_amount_for_a_number_of_somebody(tmp_path: Path) -> None:
    """Side by side, these amounts have the form of telephones; each stands in a cell of its own."""
    pairs = ((332460, 384794), (32039, 30556), (141038, 77745), (16000, 10450))
    lines = [line(f"l{n}", "Poste", *pair, account="62") for n, pair in enumerate(pairs)]
    document = told(due(*lines))
    (tmp_path / "a.html").write_text(render_html(document), encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(render_pdf(document))
    (tmp_path / "a.docx").write_bytes(render_docx(document))
    assert scan(tmp_path, Wanted()).hits == ()


def test_sums_are_exact_to_the_cent() -> None:
    assert accounts.add([0.1] * 3).whole == 0.3
    assert accounts.add([]).whole is None


# --- who, and how many


def test_people_stand_by_kind_are_never_added_and_the_rest_stands_apart() -> None:
    document = told(due())
    publics, done = grid(document, "table-publics"), grid(document, "table-indicators")
    assert {name.partition(" ")[0] for name in rows(publics)} == {"personnes", "engagees"}
    assert not any(row[0].total for row in publics.rows)
    assert "ne s’additionnent pas" in outline.plain(publics.remark)
    assert {name.partition(" ")[0] for name in rows(done)} == {"rendez-vous", "passages"}
    values = next(values for name, values in rows(done).items() if name.startswith("rendez-vous"))
    assert "160" in values and "Travaux." in values


SEXES = dimension("sex", "sexe", "sex", f="femme", h="homme")
AGES = dimension("age_band", "tranche d’âge", "age band", _a="18-25", _b="26-35")


def crossed() -> Table:
    cells = [Cell(n=40), Cell(where=(("sex", "f"),), n=28), Cell(where=(("sex", "h"),), n=12)]
    cells += [Cell(where=(("age_band", age), ("sex", sex)), status="hidden") for age in "ab" for sex in "fh"]
    return Table(
        id="personnes-sex-age_band",
        subject="personnes",
        title={"fr": "Personnes, par sexe et âge", "en": "People, by sex and age"},
        measure="people",
        population="p",
        unit={"fr": "personnes", "en": "people"},
        dimensions=(SEXES, AGES),
        cells=tuple(cells),
        evidence=evidence("activities"),
    )


def test_the_european_fund_gets_sex_by_age_as_protection_left_it() -> None:
    report = replace(REPORT, form="fami")
    given = due(report=report)
    assert "par sexe et par âge à la fois n’est pas documenté" in plain_text(told(given).blocks, "fr")
    given = replace(given, exhibits=(*given.exhibits, crossed()))
    document = told(given)
    assert "à la fois" not in plain_text(document.blocks, "fr")
    found = grid(document, "table-personnes-sex-age_band")
    assert [slot.state for slot in found.rows[0][1:3]] == ["hidden", "hidden"]


def test_what_nobody_wrote_is_said_and_never_filled() -> None:
    document = compose("compte-rendu", EMPTY, (), "fr", "funder", variant="personne")
    text = plain_text(document.blocks, "fr")
    for term in ("Numéro RNA", "Numéro SIRET", "Convention", "Montant accordé", "Bailleur"):
        assert re.search(f"{term}.: non documenté", text), term
    assert "Le budget n’est pas documenté." in text
    assert "part-fields" not in parts(document.blocks)  # no portal was told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_parts_stand_in_the_order_of_the_form(lang: Language) -> None:
    order = [id for id in parts(told(due(), lang=lang).blocks) if not id.startswith("text-")]
    form = ["identification", "qualitative", "implementation", "publics", "places", "objectives"]
    form += ["money", "explained", "indirect", "gaps", "in_kind", "observations", "fields"]
    assert order[: len(form)] == [f"part-{part}" for part in form]


def test_who_signs_fills_in_by_hand_and_nobody_is_named() -> None:
    assert "à remplir à la main" in plain_text(told(due()).blocks, "fr")


@pytest.mark.parametrize("kind", ["avis", "restitution", "fiche"])
def test_no_other_document_tells_the_agreement_or_the_passages_for_funders(kind: str) -> None:
    document = compose(kind, due(), (passage("other", "Pour la ville seule."),), "fr", "funder")
    text = str(document)
    assert "2023-17" not in text and "W000000000" not in text and "Pour la ville seule" not in text


# --- what is copied into a portal


def test_neither_a_dissent_nor_a_story_is_lost_on_the_way_to_a_field() -> None:
    document = compose("avis", RICH, (), "fr", "public")
    text = plain_text([block for block in document.blocks if isinstance(block, Agreed)], "fr")
    assert "Not for all." in text or "Pas pour toutes." in text
    assert "L’accueil noté" in plain_text([telling("fr")], "fr")


def test_a_field_counts_its_own_text_and_says_when_it_is_too_long() -> None:
    document = told(due(), passage("publics", "Toutes et tous."))
    found = field(document, "publics")
    assert found.text.startswith("Toutes et tous.\n\nPersonnes en français\u00a0: 88")
    assert found.length == len(found.text) > found.limit
    page = render_html(document)
    assert f"Trop long\u00a0: {found.length} caractères pour 40 au plus" in html.unescape(page)
    assert re.search(r'<p class="copied">Toutes et tous\.\n\nPersonnes', page)


def test_words_are_counted_where_a_portal_counts_words() -> None:
    found = field(told(due(), passage("resume", "Un accueil : douze mots ?")), "resume")
    assert found.text == "Un accueil : douze mots ?" and found.length == 4
    assert measured("a\nb", "characters") == 3


def test_a_field_without_text_is_told_and_never_filled() -> None:
    document = told(due())
    assert field(document, "libre").text == "" and "À écrire." in render_html(document)


def test_text_of_the_other_language_is_said_beside_the_text_and_not_inside() -> None:
    document = told(due(), passage("resume", "Un accueil."), lang="en")
    found = field(document, "resume")
    assert found.text == "Un accueil." and found.language == "fr" and "French" in found.remark
    assert '<p class="copied" lang="fr">' in render_html(document)


def test_a_hidden_number_is_a_sentence_that_can_be_copied() -> None:
    tables = [
        replace(item, cells=(Cell(status="hidden"),)) if item.id == "personnes" else item
        for item in RICH.exhibits
    ]
    found = field(told(due(kept=replace(RICH, exhibits=tuple(tables)))), "publics")
    assert "n’est pas communiqué" in found.text and "88" not in found.text and "masqué" not in found.text


def test_thousands_are_parted_by_a_space_that_every_form_knows() -> None:
    found = field(told(due()), "ecarts")
    assert "−3\u00a0800" in found.text and "\u202f" not in found.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_paper_and_word_hold_the_same_texts_to_copy(lang: Language) -> None:
    document = told(due(), passage("resume", "Une porte ouverte."), lang=lang)
    pdf = render_pdf(document)
    assert page.is_pdf_compliant_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    paper = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    opened = docx.Document(io.BytesIO(render_docx(document)))
    word = "\n".join(one.text for one in opened.paragraphs)
    site = html.unescape(re.sub(r"<[^>]+>", "", render_html(document)))
    for found in (block for block in document.blocks if isinstance(block, Field)):
        for text in (found.label, found.text):
            assert text in site and text in word
            assert re.sub(r"\s", "", text) in re.sub(r"[\s\u00ad]", "", paper)
    assert pick(REPORT.name, lang)[0] in document.subtitle
