"""References: read leniently, told in both languages, symbols of law kept as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.exhibits import Source
from avis.sources.references.bibliography import published_sources, read_reference_files, read_references
from avis.sources.registers import read_published

Association = Callable[..., Evaluation]
NB = "\u00a0"


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
        "Jeanne Dupont et Collectif des Voisines, Évaluer ensemble, Éditions du Pont, "
        f"mars 2020, p.{NB}3-5, https://example.org/x, consulté le 15 mars 2024."
    )
    assert "consulted on 15 March 2024" in source.title["en"]
    assert (source.url, source.locator, source.published_on, source.consulted_on, source.language) == (
        "https://example.org/x",
        f"p.{NB}3-5",
        "2020-03",
        "2024-03-15",
        "fr",
    )
    assert source.call == {
        "fr": "Dupont et Collectif des Voisines, 2020",
        "en": "Dupont and Collectif des Voisines, 2020",
    }


def test_titles_of_books_are_in_italics_and_addresses_are_links(association: Association) -> None:
    text = "@book{k, title={T}, year=2020, url={https://example.org/x}, urldate={2024}, langid={fr}}"
    english = read(association, text)[0]["k"].reference["en"]
    assert [(run.text, run.language) for run in english if run.italic] == [("T", "fr")]
    assert [run.href for run in english if run.href] == ["https://example.org/x"]


@pytest.mark.parametrize(
    ("symbol", "printed"),
    [
        ("A/HRC/39/28", "A/HRC/39/28"),
        ("CEDAW/C/FRA/CO/9", "CEDAW/C/FRA/CO/9"),
        ("GRETA(2022)01", "GRETA(2022)01"),
        ("2011/36/UE", "2011/36/UE"),
        ("NOR : FDFX1331971L", f"NOR{NB}: FDFX1331971L"),
        ("ECLI:FR:CCASS:2020:CR00123", "ECLI:FR:CCASS:2020:CR00123"),
        ("CELEX: 32011L0036", f"CELEX{NB}: 32011L0036"),
    ],
)
def test_symbols_of_law_and_of_the_united_nations_are_kept(
    symbol: str, printed: str, association: Association
) -> None:
    sources, told = read(
        association, f"@legislation{{k, title = {{Texte}}, number = {{{symbol}}}, year = {{2020}}}}"
    )
    assert told == []
    assert printed in sources["k"].title["fr"]


@pytest.mark.parametrize(
    "number", ["NOR : FDFX133197L", "NOR: FDFX13319711L", "ECLI:FR:CCASS:20:1", "ECLI:FRA:CE:2020:1"]
)
def test_a_symbol_that_has_not_its_form_is_said_and_printed_as_it_is(
    number: str, association: Association
) -> None:
    sources, told = read(association, f"@legislation{{k, title = {{T}}, number = {{{number}}}}}")
    assert told == [("SRC-383", 1)]
    assert number.replace("NOR : ", "").replace("NOR: ", "") in sources["k"].title["en"]


def test_one_broken_entry_is_told_with_its_line_and_hides_no_other(association: Association) -> None:
    sources, told = read(association, "@misc{a, title={A}}\n@misc{b, title={B\n@misc{c, title={C}}\n")
    assert list(sources) == ["a", "c"]
    assert told == [("SRC-030", 2)]


def test_a_brace_too_many_in_the_next_entry_does_not_hide_the_one_that_lacks_it(
    association: Association,
) -> None:
    sources, told = read(association, "@misc{b, title={B\n@misc{c, title={C}}\n}}\n@misc{d, title={D}}\n")
    assert list(sources) == ["c", "d"]
    assert told == [("SRC-030", 1), ("SRC-030", 3)]


def test_two_fields_without_a_comma_are_told(association: Association) -> None:
    assert read(association, "@misc{a, title={A} year={2020}}\n")[1] == [("SRC-030", 1)]


@pytest.mark.parametrize(
    "text", ["@misc{a, title={A}}, year={2020}}\n", "@misc{a, title={A}}\n\nmisc{b, title={B}}\n"]
)
def test_fields_outside_of_entries_are_told(text: str, association: Association) -> None:
    sources, told = read(association, text)
    assert list(sources) == ["a"]
    assert [code for code, _ in told] == ["SRC-030"]


def test_prose_and_remarks_between_entries_are_passed_over(association: Association) -> None:
    text = "Encoding: UTF8\n% @misc{no, title={N}}\n@comment{x, y={z}}\n@preamble{z}\n@misc{a, title={A}}\n"
    sources, told = read(association, text)
    assert (list(sources), told) == (["a"], [])


def test_of_two_entries_with_one_key_the_first_is_kept(association: Association) -> None:
    sources, told = read(association, "@misc{a, title={First}}\n@misc{a, title={Second}}\n")
    assert "First" in sources["a"].title["fr"]
    assert told == [("SRC-031", 2)]


def test_a_key_twice_in_two_files_is_told_where_it_stands_again(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@misc{k, title={First}}", encoding="utf-8")
    (tmp_path / "b.json").write_text('[\n{"id": "k", "title": "Second"}]', encoding="utf-8")
    problems = Problems()
    names = [(tmp_path / name, name) for name in ("a.bib", "b.json")]
    sources = read_reference_files(names, problems)
    assert sources["k"].title["en"].startswith("“First”")
    assert [(p.code, p.place.file, p.place.line) for p in problems] == [("SRC-031", "b.json", 2)]


def test_an_unknown_abbreviation_stands_for_itself(association: Association) -> None:
    sources, told = read(association, "@misc{a, title={A}, year=2020, month=juin}\n")
    assert told == []
    assert sources["a"].published_on == "2020-06"


@pytest.mark.parametrize(
    ("month", "day"),
    [('jul # "~20"', "2020-07-20"), ('"20~" # jul', "2020-07-20"), ("7", "2020-07"), ("jul", "2020-07")],
)
def test_a_month_may_hold_a_day(month: str, day: str, association: Association) -> None:
    sources, told = read(association, f"@misc{{a, title={{A}}, year=2020, month={month}}}\n")
    assert (sources["a"].published_on, told) == (day, [])


def test_abbreviations_of_the_file_and_pieces_are_put_together(association: Association) -> None:
    text = '@string{jo = "Journal"}\n@article{a, title={A}, journal = jo # { officiel}, year=2020}\n'
    assert "Journal officiel" in read(association, text)[0]["a"].title["fr"]


def test_a_chapter_takes_over_the_book_that_it_points_to(association: Association) -> None:
    text = (
        "@incollection{c, author={Roy, Zoé}, title={Part}, pages={3-9}, crossref={b}}\n"
        "@book{b, editor={Ba, Awa and Lô, Mor}, title={Whole}, publisher={Pont}, year=2020}\n"
        "@incollection{d, title={Other}, year=2020, crossref={none}}\n"
    )
    sources, told = read(association, text)
    assert sources["c"].title["fr"] == (
        f"Zoé Roy, «{NB}Part{NB}», dans Awa Ba et Mor Lô (dir.), Whole, Pont, 2020, p.{NB}3-9."
    )
    assert told == [("SRC-382", 3)]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///home/x", "https://user:word@example.org"]
)
def test_an_address_that_is_none_is_not_kept(address: str, association: Association) -> None:
    sources, told = read(association, f"@misc{{a, title={{A}}, url={{{address}}}}}\n")
    assert told == [("SRC-033", 1)]
    assert address not in sources["a"].url + sources["a"].title["fr"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("url={https://example.org/a\\_b}", [("SRC-384", 1)]),
        ("url={https://example.org/a\\_b}, urldate={2024-03}", []),
        ("url={https://example.org/a_b}, urldate={2024-00-01}", [("SRC-386", 1)]),
        ("howpublished={\\url{https://example.org/a_b}}, urldate={2024-13}", [("SRC-386", 1)]),
        ("doi={10.1234/x}", []),
    ],
)
def test_an_address_asks_when_it_was_read(
    fields: str, told: list[tuple[str, int]], association: Association
) -> None:
    sources, found = read(association, f"@misc{{a, title={{A}}, year=2020, {fields}}}\n")
    assert found == told
    assert sources["a"].url in ("https://example.org/a_b", "https://doi.org/10.1234/x")


def test_a_reference_without_title_is_told(association: Association) -> None:
    assert read(association, "@misc{a, year={2020}}\n")[1] == [("SRC-032", 1)]


def test_braces_within_braces_are_read_and_those_without_end_told(association: Association) -> None:
    deep = "@misc{a, title=" + "{" * 5000 + "x" + "}" * 5000 + "}\n"
    assert read(association, deep)[1] == []
    assert read(association, deep[:-4])[1] == [("SRC-030", 1)]


def test_a_file_of_openings_alone_ends_soon(association: Association) -> None:
    told = read(association, "@a{k,t={" * 20_000 + "\n@a{k,t={" * 20_000)[1]
    assert 0 < len(told) < 200


def test_what_is_no_text_is_no_bibliography(association: Association) -> None:
    assert read(association, b"%PDF-1.7\n@misc{a, title={A}}")[1] == [("SRC-387", 0)]


def test_a_file_without_a_reference_is_told(association: Association) -> None:
    assert read(association, "Bonjour\n")[1] == [("SRC-388", 0)]


def test_references_written_on_windows_are_read(association: Association) -> None:
    sources, told = read(association, "@misc{a, title={Évaluer}}\n".encode("cp1252"))
    assert "Évaluer" in sources["a"].title["fr"]
    assert told == [("SRC-010", 1)]


PRIVATE = "Secret-Phrase"


@pytest.mark.parametrize("field", ["abstract", "annote", "annotation", "keywords", "file", "note", "x-mine"])
def test_personal_notes_and_paths_never_pass(field: str, association: Association, tmp_path: Path) -> None:
    text = f"@book{{a, title={{A}}, year=2020, {field}={{{PRIVATE} /home/me/x.pdf}}}}\n"
    told = repr(read(association, text)) + str(read(association, text)[0]["a"].reference)
    assert PRIVATE not in told and "/home" not in told


def test_of_a_note_only_the_lines_that_name_a_symbol_pass(association: Association) -> None:
    text = (
        "@jurisdiction{a, title={X c. Y}, date={2020-03-28}, institution={Conseil d'État}, number={123456},\n"
        f"note={{{PRIVATE}\nECLI: ECLI:FR:CECHR:2020:123456.20200328}}}}"
    )
    sources, told = read(association, text)
    assert told == []
    assert sources["a"].title["fr"] == (
        f"Conseil d'État, 28 mars 2020, n°{NB}123456, X c. Y, ECLI:FR:CECHR:2020:123456.20200328."
    )
    assert sources["a"].call["fr"] == f"Conseil d'État, 28 mars 2020, n°{NB}123456"


@pytest.mark.parametrize(
    ("date", "container", "end"),
    [
        ("year={2018}", "JORF n°0179 du 5 août 2018", "JORF n°0179 du 5 août 2018."),
        ("year={2019}", "JORF n°0179 du 5 août 2018", "JORF n°0179 du 5 août 2018, 2019."),
        ("date={2018-08-05}", "JORF", "JORF, 5 août 2018."),
        ("year={2018}", "JORF 2018", "JORF 2018, 2018."),
    ],
)
def test_a_year_is_not_said_again_behind_a_day_of_it(
    association: Association, date: str, container: str, end: str
) -> None:
    text = (
        f"@legislation{{a, title={{Loi sur l'eau}}, {date}, journaltitle={{{container}}}, langid={{french}}}}"
    )
    title = read(association, text)[0]["a"].title["fr"]
    assert title.startswith("Loi sur l'eau, ") and title.endswith(end)  # the title is as it was written


@pytest.mark.parametrize(("year", "said"), [("-0001", "1"), ("-0050", "50"), ("-50", "50"), ("-050", "50")])
def test_a_year_before_our_era_is_said_in_words(association: Association, year: str, said: str) -> None:
    sources, told = read(association, f"@book{{a, title={{Livre}}, date={{{year}}}}}")
    assert told == []
    assert sources["a"].title == {"fr": f"Livre, {said}{NB}av.{NB}J.-C.", "en": f"Livre, {said}{NB}BCE."}


@pytest.mark.parametrize(
    ("pages", "fr", "en"),
    [
        ("3-5", f"p.{NB}3-5.", f"pp.{NB}3–5."),
        ("3", f"p.{NB}3.", f"p.{NB}3."),
        ("ix-xii", f"p.{NB}ix-xii.", f"pp.{NB}ix–xii."),
    ],
)
def test_pages_have_the_dash_of_the_language(association: Association, pages: str, fr: str, en: str) -> None:
    title = read(association, f"@book{{a, title={{Livre}}, year=2020, pages={{{pages}}}}}")[0]["a"].title
    assert title["fr"].endswith(fr) and title["en"].endswith(en)


def test_names_of_an_exchange_that_was_not_published_stay_private(association: Association) -> None:
    sources, told = read(
        association, f"@letter{{a, author={{{PRIVATE}, Jeanne}}, title={{Réponse}}, year=2020}}"
    )
    assert told == [("SRC-385", 1)]
    assert PRIVATE not in str(sources) and sources["a"].title["fr"].startswith("Communication personnelle, ")


def test_a_law_says_its_number_and_date_once(association: Association) -> None:
    text = """@legislation{a, title={Loi n° 91-647 du 10 juillet 1991 relative à l'aide juridique},
      number={91-647}, date={1991-07-10}, journaltitle={JORF n° 0162}, nor={JUSX9100049L}, langid={french}}"""
    source = read(association, text)[0]["a"]
    assert source.title["fr"] == (
        f"Loi n°{NB}91-647 du 10 juillet 1991 relative à l'aide juridique, JORF n°{NB}0162, "
        f"NOR{NB}: JUSX9100049L."
    )
    assert source.call["en"] == f"Loi n°{NB}91-647 du 10 juillet 1991"
    assert "no." not in source.title["en"]


def test_two_works_of_one_author_and_year_are_told_apart_in_both_languages(association: Association) -> None:
    text = "".join(
        f"@book{{{key}, author={{Ba, Awa}}, title={{{title}}}, year=2020}}\n"
        for key, title in (("x", "Second"), ("y", "First"), ("z", "Alone"))
    ).replace("Alone}, year=2020", "Alone}, year=2021")
    sources = read(association, text)[0]
    assert {key: source.call["fr"] for key, source in sources.items()} == {
        "x": "Ba, 2020b",
        "y": "Ba, 2020a",
        "z": "Ba, 2021",
    }
    assert sources["x"].title["en"] == "Awa Ba, Second, 2020b."


@pytest.mark.parametrize(("n", "end"), [(6, " et A6 B6, T"), (7, "A3 B3 et al., T")])
def test_many_authors_are_cut_short(n: int, end: str, association: Association) -> None:
    names = " and ".join(f"B{i}, A{i}" for i in range(1, n + 1))
    source = read(association, f"@book{{a, author={{{names}}}, title={{T}}, year=2020}}")[0]["a"]
    assert end in source.title["fr"]
    assert source.call["fr"] == "B1 et al., 2020"


def test_a_year_of_long_ago_and_words_for_a_date_are_kept(association: Association) -> None:
    text = (
        "@book{a, title={A}, date={1789-08-26}}\n@book{b, title={B}, date={printemps 2020}}\n"
        "@book{c, title={C}}"
    )
    sources, told = read(association, text)
    assert told == []
    assert [sources[key].title["fr"] for key in "abc"] == [
        "A, 26 août 1789.",
        "B, printemps 2020.",
        f"C, s.{NB}d..".replace("..", "."),
    ]


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


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("12;;p. 4;", []),
        ("12;;page entière;", []),
        ("12;;;", ["SRC-389"]),
        (";;;", []),
        ("12;https://example.org;p. 4;", ["SRC-390"]),
        ("12;https://example.org;p. 4;2025-01", []),
    ],
)
def test_a_published_figure_needs_a_locator_and_its_address_a_day(
    cells: str, told: list[str], association: Association
) -> None:
    text = f"id;mesure;source_fr;valeur;url;reperage;consulte_le\nf1;actes;Page;{cells}\n"
    problems = Problems()
    read_published(association({"c.csv": text}, published="c.csv"), problems)
    assert [item.code for item in problems] == told


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
