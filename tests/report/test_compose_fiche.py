"""The fiche: one page from public facts, people never added, its origin said."""

from __future__ import annotations

import io
import itertools
from typing import get_args

import msgspec
import pytest
from given_compose import EMPTY, FICHE, RICH, both
from pypdf import PdfReader

from avis.exhibits import Audience, Exhibits, Request, Table
from avis.i18n import LANGUAGES, Language
from avis.report.compose import compose_fiche
from avis.report.compose.sheet import nodes
from avis.report.document import Block, Document, Facts, Grid, Heading, Picture, encode
from avis.report.outline import outlined
from avis.report.pdf.paper import render_pdf
from avis.setting import RecordKind


def said(node: object) -> str:
    return " ".join(str(item.get("text", "")) for item in nodes(msgspec.to_builtins(node)))


def after(document: Document, heading: str) -> list[Block]:
    """Give the blocks of a part."""
    at = next(i for i, b in enumerate(document.blocks) if isinstance(b, Heading) and b.id == heading)
    rest = document.blocks[at + 1 :]
    return list(itertools.takewhile(lambda block: not isinstance(block, Heading), rest))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", get_args(Audience))
@pytest.mark.parametrize("exhibits", [FICHE, RICH, EMPTY])
def test_every_figure_leads_to_a_note(exhibits: object, language: Language, audience: Audience) -> None:
    document = compose_fiche(exhibits, language, audience)  # type: ignore[arg-type]
    found = list(nodes(encode(document)["blocks"]))
    calls = {node["note"] for node in found if node.get("note")}
    assert calls == {note.id for note in document.notes}
    ids = [node["id"] for node in found if node.get("id") and node.get("t") in ("heading", "grid", "picture")]
    assert len(ids) == len(set(ids))


def test_a_figure_that_became_an_indicator_is_printed_once() -> None:
    document = compose_fiche(FICHE, "fr", "public")
    assert [b.id for b in document.blocks if isinstance(b, Grid)] == ["table-counted"]
    assert said(document).count("150") == 1


def test_a_breakdown_stands_in_the_line_of_its_whole_to_keep_one_page() -> None:
    document = compose_fiche(RICH, "fr", "public")
    grids = [b for b in document.blocks if isinstance(b, Grid)]
    assert [grid.id for grid in grids] == ["table-counted", "table-figures"]
    assert "".join(node.get("text", "") for node in nodes(msgspec.to_builtins(grids[0].rows[0][-1]))) == (
        "Prévu\u00a0: 160. Travaux\u202f; 2023\u00a0: 60\u202f; 2024\u00a0: 90"
    )
    assert not any(isinstance(b, Picture) for b in document.blocks)
    called = {node["note"] for node in nodes(msgspec.to_builtins(grids[0].rows[0][-1])) if node.get("note")}
    assert called <= {note.id for note in document.notes} and called


def test_numbers_of_people_are_said_not_to_add_up() -> None:
    grid = next(b for b in compose_fiche(FICHE, "fr", "public").blocks if isinstance(b, Grid))
    assert "Ces nombres de personnes ne s’additionnent pas" in said(grid.remark)
    assert "120" not in said(grid)  # 88 + 32


def test_the_page_says_where_its_facts_come_from_and_whom_to_write_to() -> None:
    document = compose_fiche(FICHE, "fr", "public")
    assert document.banners[1] == (
        "Page faite à partir de faits publics, ni relue ni approuvée par l’association concernée."
    )
    origin = after(document, "part-origin")
    assert "Nos projets" in said(origin) and "2 novembre 2026" in said(origin)
    links = [node["href"] for node in nodes(msgspec.to_builtins(origin)) if node.get("t") == "link"]
    assert links == ["https://mist.example/projets", "mailto:projet@exemple.example"]


def test_nobody_of_a_real_project_signs_the_page_made_about_it() -> None:
    document = compose_fiche(FICHE, "fr", "public")
    assert document.author == "À propos de\u00a0: Mist" and "Mist" not in document.maker
    metadata = PdfReader(io.BytesIO(render_pdf(document))).metadata
    assert metadata is not None and metadata.author == document.maker
    own = PdfReader(io.BytesIO(render_pdf(compose_fiche(RICH, "fr", "public")))).metadata
    assert own is not None and own.author == "Association Exemple"


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("x@exemple.example", "Pour faire corriger ou retirer cette page, écrire à\u00a0: x@exemple.example"),
        (
            "les auteurs, ici.",
            "Pour faire corriger ou retirer cette page, s’adresser ici\u00a0: les auteurs, ici.",
        ),
        ("Écrivez-nous.", "Cette page peut être corrigée ou retirée. Écrivez-nous."),
    ],
)
def test_whom_to_write_to_reads_well_for_an_address_for_words_and_for_a_sentence(
    contact: str, told: str
) -> None:
    setting = msgspec.structs.replace(FICHE.setting, removal_contact={"fr": contact})
    document = compose_fiche(msgspec.structs.replace(FICHE, setting=setting), "fr", "public")
    text = "".join(str(node.get("text", "")) for node in nodes(msgspec.to_builtins(document.blocks[-1])))
    assert text == told


def test_the_fiche_says_nothing_twice() -> None:
    document = compose_fiche(RICH, "fr", "public")
    assert said(document.blocks).count("Association Exemple") == 0, "the title says it"
    assert not outlined(document) and outlined(msgspec.structs.replace(document, kind="avis"))
    origin = said(after(document, "part-origin"))
    assert origin and ";" in origin and "p. " not in origin


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_in_the_other_language_still_names_the_project(language: Language) -> None:
    assert compose_fiche(FICHE, language, "public").title == "Force du groupe"


def test_what_nobody_documented_is_listed_and_empty_parts_say_so() -> None:
    blocks = compose_fiche(FICHE, "fr", "public").blocks
    after = {b.id: said(blocks[i + 1]) for i, b in enumerate(blocks[:-1]) if isinstance(b, Heading)}
    assert "le nombre de présences" in after["part-not-documented"]
    assert "Non documenté." in after["part-objectives"]
    facts = next(b for b in blocks if isinstance(b, Facts))
    told = {term: said(list(content)) for term, content in facts.items}
    assert (told["Les partenaires"], told["Le financement"]) == ("non documenté", "Fondation de France")


def test_a_fiche_holds_no_words_of_people_and_no_budget() -> None:
    text = said(compose_fiche(RICH, "fr", "funder"))
    assert "words of" not in text
    assert "L’accueil ferme trop tôt." not in text
    assert "Moins d’heures." not in text


KINDS = (
    RecordKind(id="rendez-vous", label=both("rendez-vous", "appointments"), measure="acts"),
    RecordKind(
        id="ateliers",
        label=both("ateliers", "workshops"),
        measure="acts",
        frequency=both("chaque mois", "every month"),
    ),
    RecordKind(id="contacts", label=both("contacts", "contacts"), measure="attendances"),
)


def with_setting(**changes: object) -> Exhibits:
    setting = msgspec.structs.replace(FICHE.setting, **changes)
    return msgspec.structs.replace(FICHE, setting=setting)


def test_what_can_be_counted_and_has_no_number_is_told_beside_the_figures() -> None:
    blocks = after(compose_fiche(with_setting(records=KINDS), "fr", "public"), "part-figures")
    told = "Se comptent aussi, sans nombre publié : ateliers , chaque mois (actes) contacts (présences)"
    assert said(blocks[1:]).split() == told.split()
    one_line = after(compose_fiche(with_setting(records=KINDS[:2]), "en", "public"), "part-figures")
    assert len(one_line) == 2 and "workshops" in said(one_line) and "every month" in said(one_line)
    assert len(after(compose_fiche(with_setting(records=KINDS[:1]), "en", "public"), "part-figures")) == 1


def test_a_request_tells_for_whom_and_that_nobody_published_the_questions() -> None:
    asked = Request(by=both("Ville", "Town"), occasion=both("Plan", "Plan"))
    blocks = after(compose_fiche(with_setting(request=asked), "fr", "public"), "part-published")
    facts = next(block for block in blocks if isinstance(block, Facts))
    assert [(term, said(list(content))) for term, content in facts.items] == [
        ("Pour qui", "Ville"),
        ("À quelle occasion", "Plan"),
        ("Les questions et le texte", "non documenté"),
    ]
    own = after(compose_fiche(RICH, "fr", "public"), "part-published")
    terms = [term for block in own if isinstance(block, Facts) for term, _ in block.items]
    assert terms == ["Qui a demandé", "À quelle occasion", "Quand"]


@pytest.mark.parametrize(("n", "named"), [(3, 3), (4, 0)])
def test_a_few_productions_are_named_and_a_long_series_is_not(n: int, named: int) -> None:
    first = next(item for item in FICHE.exhibits if isinstance(item, Table))
    items = tuple((f"film-{i}", both(f"Film {i}", f"Film {i}")) for i in range(n))
    changed = msgspec.structs.replace(FICHE, exhibits=(msgspec.structs.replace(first, items=items),))
    assert said(compose_fiche(changed, "fr", "public").blocks).count("Film") == named


def test_a_page_that_tells_no_period_gets_none() -> None:
    public = FICHE.setting.public_source
    assert public is not None
    setting = {"start": "2026-11", "end": "2026-11"}
    read = msgspec.structs.replace(public, consulted_on="2026-11")
    undated = compose_fiche(with_setting(public_source=read, **setting), "fr", "public")
    assert undated.period == "période non documentée, page lue en novembre 2026"
    assert compose_fiche(with_setting(**setting), "fr", "public").period == "novembre 2026"
