"""The portfolio: shared productions counted once, people never added, an earlier project's figures apart."""

from __future__ import annotations

import re
from typing import get_args

import msgspec
import pytest
from given_portfolio import ALL, GROUP, LAW, SHARED, TALK, THEMES, YOUNG, both, project, table

from avis.errors import AvisError
from avis.exhibits import Audience, Exhibits
from avis.i18n import LANGUAGES, Language
from avis.report.compose.fiche import compose_fiche
from avis.report.compose.portfolio import compose_portfolio
from avis.report.compose.portfolio_projects import Listing, in_order, read_project
from avis.report.compose.portfolio_totals import additions, productions, unnamed
from avis.report.compose.sheet import nodes
from avis.report.document import Block, Document, Facts, Grid, Heading, encode
from avis.report.docx.document import render_docx
from avis.report.html.page import render_html
from avis.report.outline import check_links


def said(node: object) -> str:
    return " ".join(str(item.get("text", "")) for item in nodes(msgspec.to_builtins(node)))


def counts(document: Document | Block) -> list[str]:
    return [node["text"] for node in nodes(msgspec.to_builtins(document)) if node.get("t") == "count"]


def part(document: Document, id: str) -> list[Block]:
    """Give the blocks below a heading, down to the next of its level."""
    at = next(i for i, b in enumerate(document.blocks) if isinstance(b, Heading) and b.id == id)
    heading, found = document.blocks[at], []
    assert isinstance(heading, Heading)
    for block in document.blocks[at + 1 :]:
        if isinstance(block, Heading) and block.level <= heading.level:
            break
        found.append(block)
    return found


def facts(document: Document, id: str) -> dict[str, str]:
    found = next(block for block in part(document, id) if isinstance(block, Facts))
    return {term: said(content) for term, content in found.items}


def links(node: object) -> list[str]:
    return [item["href"] for item in nodes(msgspec.to_builtins(node)) if item.get("t") == "link"]


def portfolio(*exhibits: Exhibits, language: Language = "fr", listing: Listing | None = None) -> Document:
    return compose_portfolio(exhibits or ALL, language, "public", listing or Listing(THEMES))


# --- the traps


def test_episodes_of_two_projects_are_counted_once() -> None:
    made = productions([read_project(one, "fr") for one in ALL])
    assert len(made) == 6
    assert {one.id: len(one.projects) for one in made} == dict.fromkeys(SHARED, 2) | {"true-talk-2-5": 1}
    document = portfolio()
    grid = next(block for block in part(document, "part-productions") if isinstance(block, Grid))
    assert [said(row[0]).strip() for row in grid.rows] == [f"Nom true-talk-2-{n}" for n in range(5, 11)]
    assert links(grid.rows[1]) == ["#project-droit", "#project-podcast"]
    assert [group.rows for group in grid.groups] == [6]
    assert counts(part(document, "part-productions")[0]) == ["6 productions sont nommées."]


def test_productions_without_names_are_listed_and_not_added() -> None:
    (left,) = unnamed([read_project(one, "fr") for one in ALL])
    assert left[1].id == "podcasts"
    told = said(part(portfolio(), "part-productions"))
    assert "ne sont pas additionnées" in told
    assert "14" not in counts(portfolio())


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_are_never_added(language: Language) -> None:
    document = portfolio(language=language)
    assert {"88", "32"} <= set(counts(document))
    assert not re.search(r"\b120\b", said(document))
    told = said(part(document, "part-people"))
    assert "88" in told and "32" in told


def test_figures_of_an_earlier_project_stand_apart_and_enter_no_total() -> None:
    document = portfolio()
    lines = facts(document, "project-campagne")
    assert "12\u202f000" not in lines["Chiffres clés"] and "4" not in lines["Chiffres clés"]
    assert "12\u202f000" in lines["D’un projet antérieur"] and "2018–2019" in lines["D’un projet antérieur"]
    assert "series" not in said(part(document, "part-totals"))
    assert "12\u202f000" not in said(part(document, "part-totals"))


def test_what_stands_in_the_sheet_is_all_that_is_printed_and_what_it_hides_is_hidden() -> None:
    document = portfolio()
    for one in ALL:
        printed = set(counts(compose_fiche(one, "fr", "public")))
        own = [count for block in part(document, f"project-{one.setting.slug}") for count in counts(block)]
        assert set(own) <= printed
    assert counts(document).count("masqué") == 1
    totals = {count for block in part(document, "part-totals") for count in counts(block)}
    assert totals == {"88", "32", "8", "6 productions sont nommées."}


# --- acts


def acts(slug: str, n: int | None, period: str, **more: object) -> Exhibits:
    return project(slug, table("ateliers", n, title=both("Ateliers", "Workshops"), period=period, **more))  # type: ignore[arg-type]


def added(*exhibits: Exhibits) -> list[tuple[float, str]]:
    return [(one.n, one.qualifier) for one in additions([read_project(item, "fr") for item in exhibits])]


def test_acts_of_one_name_at_different_times_add_up_with_the_terms_beside() -> None:
    pair = (acts("un", 7, "2022/2022"), acts("deux", 8, "2023/2023"))
    assert added(*pair) == [(15, "exact")]
    document = portfolio(*pair)
    grid = next(block for block in part(document, "part-acts") if isinstance(block, Grid))
    assert (counts(grid)[0], sorted(counts(grid)[1:])) == ("15", ["7", "8"])
    note = next(note for note in document.notes if note.id == "note-added-1")
    assert said(note).count("Page publique") == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (acts("un", 7, "2022/2023"), acts("deux", 8, "2023/2024")),
        (acts("un", 7, "2022-01/2022-06"), acts("deux", 8, "2022-T2")),
        (acts("un", 7, ""), acts("deux", 8, "2023")),
        (acts("un", 7, "2022"), acts("deux", None, "2023", status="not_documented")),
        (acts("un", 7, "2022", qualifier="about"), acts("deux", 8, "2023", qualifier="at_least")),
        (acts("un", 7, "2022"), acts("deux", 8, "2023", unit=both("séances", "workshops"))),
        (acts("un", 7, "2022"), project("deux", table("ateliers", 8, period="2023"))),
        (acts("un", 7, "2022"), acts("deux", 8, "2023", measure="people")),
    ],
)
def test_acts_that_might_be_the_same_or_are_of_another_kind_are_not_added(
    one: Exhibits, other: Exhibits
) -> None:
    assert added(one, other) == []


def test_a_sum_keeps_the_reserve_of_its_terms() -> None:
    assert added(acts("un", 7, "2022", qualifier="about"), acts("deux", 8, "2023")) == [(15, "about")]


# --- the lists


def test_projects_are_found_by_theme_funder_and_over_time() -> None:
    document = portfolio()
    assert facts(document, "part-by-theme").keys() == {"Culture", "Droits", "Thème non documenté"}
    held = {term: links(content) for term, content in _facts(document, "part-by-funder").items}
    assert held["Fonds A"] == ["#project-droit", "#project-groupe"]
    assert held["Financement non documenté"] == ["#project-podcast"]
    assert facts(document, "part-by-status") == {"Terminé": "les 4 projets"}
    (line,) = part(document, "part-over-time")
    assert [moment.on for moment in line.moments] == ["2020-10", "2021", "2022", "2022"]  # type: ignore[union-attr]


def _facts(document: Document, id: str) -> Facts:
    return next(block for block in part(document, id) if isinstance(block, Facts))


def test_the_latest_project_stands_first() -> None:
    assert [one.setting.slug for one in in_order(read_project(one, "fr") for one in ALL)] == [
        "droit",
        "podcast",
        "groupe",
        "campagne",
    ]


def test_a_title_leads_to_the_sheet_beside_and_to_its_lines_where_there_is_none() -> None:
    sheets = {"droit": "fiches/droit.public.fr.html"}
    document = portfolio(LAW, TALK, listing=Listing(THEMES, sheets=sheets))
    grid = next(block for block in document.blocks if isinstance(block, Grid))
    assert [links(row) for row in grid.rows] == [["fiches/droit.public.fr.html"], ["#project-podcast"]]
    assert render_html(document).count('href="fiches/droit.public.fr.html"') == 2
    assert "fiches/droit" not in render_docx(document).decode("latin-1")


@pytest.mark.parametrize(
    "href", ["fiches/../secret.html", "../x.html", "fiches/a.public.fr.html?x", "javascript:0"]
)
def test_a_portfolio_leads_to_no_other_file(href: str) -> None:
    with pytest.raises(AvisError, match="DOC-003"):
        check_links(portfolio(LAW, TALK, listing=Listing(THEMES, sheets={"droit": href})))


def test_a_long_list_is_cut_only_where_its_sheet_is_beside() -> None:
    many = tuple(both(f"Manque {n}.", f"Gap {n}.") for n in range(5))
    one = project("long", table("ateliers", 3), not_documented=many)
    alone = facts(portfolio(one, TALK), "project-long")["Non documenté"]
    beside = portfolio(one, TALK, listing=Listing(THEMES, sheets={"long": "fiches/long.public.fr.html"}))
    assert all(f"Manque {n}" in alone for n in range(5))
    assert "3 autres dans la fiche" in facts(beside, "project-long")["Non documenté"]


# --- the whole


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", get_args(Audience))
def test_every_figure_leads_to_a_note_of_its_own_project(language: Language, audience: Audience) -> None:
    document = compose_portfolio(ALL, language, audience, Listing(THEMES))
    check_links(document)
    found = list(nodes(encode(document)["blocks"]))
    assert {node["note"] for node in found if node.get("note")} == {note.id for note in document.notes}
    assert document.stem == f"portefeuille.{audience}.{language}"
    note = next(note for note in document.notes if "groupe.re" in note.id)
    assert said(note).count("groupe") >= 1 and "droit" not in said(note)


def test_a_project_alone_has_no_lists_and_no_totals() -> None:
    ids = [block.id for block in portfolio(GROUP).blocks if isinstance(block, Heading)]
    assert ids == ["part-all", "part-each", "project-groupe", "part-origin"]


def test_each_page_says_that_nobody_of_the_association_reviewed_it_or_that_it_is_fictional() -> None:
    page = LAW.sources[0]
    real = project("reel", table("ateliers", 3), public_source=page, removal_contact=both("« nous ».", "us."))
    banners = portfolio(real, TALK).banners
    assert any("ni relue ni approuvée" in banner for banner in banners)
    again = project(
        "encore", table("ateliers", 3), public_source=page, removal_contact=both("«\u00a0nous\u00a0».", "us.")
    )
    told = said(part(portfolio(real, again), "part-origin"))
    assert (told.count("droit"), told.count("nous")) == (1, 1)
    invented = portfolio(project("invente", table("ateliers", 3), fictional=True)).banners
    assert any("fictive" in banner for banner in invented)


def test_words_of_one_language_alone_are_marked() -> None:
    one = project("seul", table("ateliers", 3), title={"fr": "Un titre"}, funders=({"fr": "Un bailleur"},))
    page = render_html(portfolio(one, YOUNG, language="en"))
    assert '<span lang="fr">Un titre</span>' in page
    assert "Un bailleur (" in page


def test_a_page_that_tells_no_period_gets_none() -> None:
    page = msgspec.structs.replace(LAW.sources[0], consulted_on="2026-11")
    undated = project("sans", table("ateliers", 3), start="2026-11", end="2026-11", public_source=page)
    assert portfolio(undated).period == "période non documentée, page lue en novembre 2026"
    both_of_them = portfolio(undated, YOUNG)
    assert both_of_them.period == "d’octobre 2020 à août 2022"
    assert "period" in said(compose_portfolio((undated, YOUNG), "en", "public"))
    assert "2026" not in said(next(block for block in both_of_them.blocks if isinstance(block, Grid)))
    assert not any(isinstance(b, Heading) and b.id == "part-over-time" for b in both_of_them.blocks)
