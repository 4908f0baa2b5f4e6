"""References: read leniently, told in both languages, symbols of law kept as they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.exhibits import Source
from avis.sources.references.bibliography import published_sources, read_references
from avis.sources.registers import read_published

Association = Callable[..., Evaluation]


def read(association: Association, text: str | bytes) -> tuple[dict[str, Source], list[tuple[str, int]]]:
    problems = Problems()
    sources = read_references(association({"r.bib": text}, references="r.bib"), problems)
    return sources, [(problem.code, problem.place.line) for problem in problems]


def test_a_reference_is_told_in_both_languages(association: Association) -> None:
    text = """@book{k, author = {Dupont, Jeanne and {Collectif des Voisines}},
      title = {{\\'E}valuer {ensemble}}, publisher = {Éditions du Pont},
      year = 2020, month = mar, pages = {3--5},
      url = {https://example.org/x}, urldate = {2024-03-15}, langid = {french}}"""
    sources, told = read(association, text)
    assert told == []
    source = sources["k"]
    assert source.title["fr"] == (
        "Jeanne Dupont et Collectif des Voisines, «\u00a0Évaluer ensemble\u00a0», Éditions du Pont, "
        "mars 2020, p.\u00a03-5, https://example.org/x, consulté le 15 mars 2024."
    )
    assert "consulted on 15 March 2024" in source.title["en"]
    assert (source.url, source.locator, source.published_on, source.consulted_on, source.language) == (
        "https://example.org/x",
        "p.\u00a03-5",
        "2020-03",
        "2024-03-15",
        "fr",
    )


@pytest.mark.parametrize("symbol", ["A/HRC/39/28", "NOR : FDFX1331971L", "ECLI:FR:CCASS:2020:CR00123"])
def test_symbols_of_law_and_of_the_united_nations_are_kept(symbol: str, association: Association) -> None:
    sources, told = read(
        association, f"@legislation{{k, title = {{Texte}}, number = {{{symbol}}}, year = {{2020}}}}"
    )
    assert told == []
    assert symbol in sources["k"].title["fr"]
    assert symbol in sources["k"].locator


def test_one_broken_entry_is_told_with_its_line_and_hides_no_other(association: Association) -> None:
    sources, told = read(association, "@misc{a, title={A}}\n@misc{b, title={B\n@misc{c, title={C}}\n")
    assert list(sources) == ["a", "c"]
    assert told == [("SRC-030", 2)]


def test_of_two_entries_with_one_key_the_first_is_kept(association: Association) -> None:
    sources, told = read(association, "@misc{a, title={First}}\n@misc{a, title={Second}}\n")
    assert "First" in sources["a"].title["fr"]
    assert told == [("SRC-031", 2)]


def test_an_unknown_abbreviation_stands_for_itself(association: Association) -> None:
    sources, told = read(association, "@misc{a, title={A}, year=2020, month=juin}\n")
    assert told == []
    assert sources["a"].published_on == "2020-06"


def test_an_address_that_runs_code_is_not_kept(association: Association) -> None:
    sources, told = read(association, "@misc{a, title={A}, url={javascript:alert(1)}}\n")
    assert told == [("SRC-033", 1)]
    assert "javascript" not in sources["a"].url + sources["a"].title["fr"]


def test_a_reference_without_title_is_told(association: Association) -> None:
    assert read(association, "@misc{a, year={2020}}\n")[1] == [("SRC-032", 1)]


def test_braces_without_end_are_an_error_and_no_crash(association: Association) -> None:
    deep = "@misc{a, title=" + "{" * 5000 + "x" + "}" * 5000 + "}\n"
    assert read(association, deep)[1] == [("SRC-030", 1)]


def test_references_written_on_windows_are_read(association: Association) -> None:
    sources, told = read(association, "@misc{a, title={Évaluer}}\n".encode("cp1252"))
    assert "Évaluer" in sources["a"].title["fr"]
    assert told == [("SRC-010", 1)]


def test_a_published_figure_has_a_source_with_locator_and_day(association: Association) -> None:
    text = (
        "id;mesure;valeur;source_fr;source_en;editeur;url;reperage;consulte_le\n"
        "f1;actes;12;Tableau de bord;Dashboard;Ville de Valmarin;https://example.org;p. 4;15/01/2025\n"
    )
    figures = read_published(association({"c.csv": text}, published="c.csv"), Problems())
    source = published_sources(figures)["f1"]
    assert source.title == {"fr": "Tableau de bord", "en": "Dashboard"}
    assert (source.kind, source.publisher, source.url) == (
        "published",
        "Ville de Valmarin",
        "https://example.org",
    )
    assert (source.locator, source.consulted_on) == ("p. 4", "2025-01-15")


def test_a_published_source_named_in_one_language_is_left_so(association: Association) -> None:
    figures = read_published(association({"c.csv": "id;source_fr\nf1;Page\n"}, published="c.csv"), Problems())
    assert published_sources(figures)["f1"].title == {"fr": "Page"}


def test_no_published_figure_has_no_source(association: Association) -> None:
    assert published_sources(read_published(association({}), Problems())) == {}


@pytest.mark.parametrize(
    ("day", "fr", "en"),
    [
        ("2026-11-02", "consulté le 2 novembre 2026.", "consulted on 2 November 2026."),
        ("2026-11", "consulté en novembre 2026.", "consulted in November 2026."),
    ],
)
def test_a_source_is_said_to_be_read_on_a_day_or_in_a_month(
    association: Association, day: str, fr: str, en: str
) -> None:
    text = f"@misc{{k, title = {{Page}}, year = 2020, urldate = {{{day}}}}}"
    titles = read(association, text)[0]["k"].title
    assert titles["fr"].endswith(fr) and titles["en"].endswith(en)
