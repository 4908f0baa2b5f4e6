"""The avis: everything once, in its place, and every figure and word leads to a note."""

from __future__ import annotations

import io
import itertools
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from given_compose import ANSWER, EMPTY, RICH, dimension
from given_report import due, line
from pypdf import PdfReader

from avis.errors import AvisError, Problems
from avis.exhibits import HOUSE, Audience, Cell, Chart, Quote, Table
from avis.i18n import LANGUAGES, Language
from avis.report.compose import compose_avis
from avis.report.compose.grids import based
from avis.report.compose.sheet import nodes
from avis.report.document import (
    Agreed,
    Aside,
    Count,
    Document,
    Grid,
    Heading,
    Paragraph,
    Passage,
    Picture,
    Saying,
    Words,
    decode,
    encode,
)
from avis.report.html.page import render_html
from avis.report.outline import plain, walk
from avis.report.pdf.paper import render_pdf
from avis.writing.text import read_passages

TEXTS = {
    "01-intro": (
        "---\nplace: introduction\ntitle: Qui parle\n---\n"
        "Nous avons tenu {chiffre}`rendez-vous` rendez-vous.\n"
    ),
    "10-q1": (
        "---\nplace: question:q1\ntitle: Savoir où aller\n---\nLa ville dit {source}`ville-demandes`. "
        "Voir [les causes](#part-causes-q1), [rien](#part-rien) et {tableau}`avant.accueil`.\n\n"
        "# Les réponses\n\n{graphique}`avant.accueil-graphique`\n\n{parole}`p-public`\n\n{constat}`s1`\n"
    ),
    "11-q1": (
        "---\nplace: causes:q1\n---\n1. Une porte par service.\n2. Un courrier, {cite}`convention, p. 4`.\n"
    ),
}


def write(folder: Path, texts: dict[str, str] = TEXTS, language: str = "fr") -> Path:
    for name, text in texts.items():
        (folder / f"{name}.{language}.md").write_text(text, encoding="utf-8")
    return folder


def passages(folder: Path, language: Language, audience: Audience) -> tuple[Passage, ...]:
    problems = Problems()
    found = read_passages(folder, language, RICH, problems, audience)
    assert [item.code for item in problems.errors] == []
    return found


def composed(folder: Path, language: Language = "fr", audience: Audience = "public") -> Document:
    return compose_avis(RICH, passages(write(folder), language, audience), language, audience)


def data(document: Document) -> dict[str, Any]:
    return encode(document)


def headings(document: Document) -> list[tuple[int, str]]:
    found = [block for block in document.blocks if isinstance(block, Heading)]
    return [
        (block.level, "".join(part.text for part in block.content if isinstance(part, Words)))
        for block in found
    ]


def said(node: object) -> str:
    found = nodes(msgspec.to_builtins(node))
    return " ".join(str(item.get("text", "")) for item in found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", HOUSE)
def test_every_call_leads_to_a_note_and_every_anchor_exists_once(
    tmp_path: Path, language: Language, audience: Audience
) -> None:
    document = composed(tmp_path, language, audience)
    ids = [id for node in walk(document) if (id := getattr(node, "id", ""))]  # charts travel whole
    assert sorted(ids) == sorted(set(ids))
    notes = {note.id for note in document.notes}
    calls = {node["note"] for node in nodes(data(document)["blocks"]) if node.get("note")}
    assert calls == notes
    targets = {node["href"][1:] for node in nodes(data(document)) if node.get("href", "").startswith("#")}
    assert targets <= set(ids) | {"chart-avant.accueil-graphique"}
    assert {"question-q1", "question-q2"} <= targets


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_quotes_and_agreed_texts_all_call_a_note(tmp_path: Path, language: Language) -> None:
    kinds = ("count", "mention", "saying", "agreed", "picture")
    found = [node for node in nodes(data(composed(tmp_path, language))["blocks"]) if node.get("t") in kinds]
    assert {node["t"] for node in found} == set(kinds)
    assert [node for node in found if not node.get("note")] == []


def test_no_id_of_a_quote_stands_in_what_is_published(tmp_path: Path) -> None:
    document = composed(tmp_path, audience="members")
    quotes = [item.id for item in RICH.exhibits if isinstance(item, Quote)]
    made = render_pdf(document)
    names = PdfReader(io.BytesIO(made)).named_destinations
    pdf = made.decode("latin-1") + " ".join(map(str, names))
    bundle, html = json.dumps(data(document)), render_html(document)
    assert "quote-1" in bundle and "note-quote-1" in html
    for published in (bundle, html, pdf):
        assert [id for id in quotes if id in published.replace(f"words of {id}", "")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_never_skip_a_level(tmp_path: Path, language: Language) -> None:
    levels = [level for level, _ in headings(composed(tmp_path, language))]
    assert levels[0] == 2
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_document_survives_being_written_and_read(tmp_path: Path) -> None:
    document = composed(tmp_path)
    assert decode(data(document)) == document


def test_parts_stand_in_the_order_of_a_published_avis(tmp_path: Path) -> None:
    found = [block.id for block in composed(tmp_path, audience="funder").blocks if isinstance(block, Heading)]
    parts = [
        "request",
        "plain",
        "introduction",
        "questions",
        "question-q1-answer",
        "question-q2-answer",
        "method",
    ]
    parts += ["activities", "themes", "budget", "adoption", "follow-up", "counting", "withdrawal"]
    assert [id for id in found if id.removeprefix("part-") in parts] == [f"part-{part}" for part in parts]


def test_what_a_passage_placed_is_not_repeated_and_the_rest_stands_once(tmp_path: Path) -> None:
    blocks = composed(tmp_path, audience="members").blocks
    assert [b.id for b in blocks if isinstance(b, Agreed)] == ["statement-s1", "recommendation-r1"]
    assert [b.id for b in blocks if isinstance(b, Saying)] == ["quote-1", "quote-2"]
    assert [b.id for b in blocks if isinstance(b, Picture)] == [
        "chart-avant.accueil-graphique",
        "agreement-1",
    ]
    grids = [b.id for b in blocks if isinstance(b, Grid)]
    assert grids[:2] == ["table-recommendations", "table-counted"]
    assert grids[2:] == ["table-rendez-vous-year", "table-themes", "table-follow-up-list"]


def test_without_passages_everything_has_a_place(tmp_path: Path) -> None:
    blocks = compose_avis(RICH, (), "fr", "funder").blocks
    grids = [b.id for b in blocks if isinstance(b, Grid)]
    assert grids[:3] == ["table-recommendations", "table-counted", "table-figures"]
    assert grids[3:] == [
        "table-rendez-vous-year",
        "table-themes",
        "table-money-expense",
        "table-money-gaps",
        "table-follow-up-list",
    ]
    assert [b.id for b in blocks if isinstance(b, Picture)] == [
        "chart-avant.accueil-graphique",
        "agreement-1",
    ]


@pytest.mark.parametrize("audience", HOUSE)
def test_the_budget_is_for_the_funder_alone(tmp_path: Path, audience: Audience) -> None:
    assert ("Moins d’heures." in said(composed(tmp_path, audience=audience))) == (audience == "funder")


@pytest.mark.parametrize("audience", HOUSE)
def test_a_quote_shows_only_to_those_its_author_chose(tmp_path: Path, audience: Audience) -> None:
    assert ("words of p-membres" in said(composed(tmp_path, audience=audience))) == (audience == "members")


def test_a_passage_read_for_members_does_not_build_for_the_public(tmp_path: Path) -> None:
    texts = {"01-a": "---\nplace: introduction\n---\nElle dit {parole}`p-membres`.\n"}
    read = passages(write(tmp_path, texts), "fr", "members")
    with pytest.raises(AvisError) as caught:
        compose_avis(RICH, read, "fr", "public")
    assert caught.value.problems[0].code == "TXT-017"


def test_a_call_without_an_exhibit_does_not_build() -> None:
    block = Paragraph(content=(Count(text="9", note="note-table-rien"),))
    passage = Passage(id="a", place="introduction", title="", blocks=(block,), language="fr")
    with pytest.raises(AvisError) as caught:
        compose_avis(RICH, (passage,), "fr", "public")
    assert caught.value.problems[0].code == "TXT-027"


def test_the_question_is_copied_whole_and_its_language_marked(tmp_path: Path) -> None:
    asked = [node for node in nodes(data(composed(tmp_path, "en"))) if node.get("t") == "asked"]
    assert [(node["text"], node.get("language", "")) for node in asked] == [
        ("Does the desk help?", ""),
        ("Les horaires vont-ils ?", "fr"),
        ("And then?", ""),
    ]


def test_a_question_without_answer_says_so(tmp_path: Path) -> None:
    assert "Le groupe n’a pas encore adopté de réponse" in said(composed(tmp_path))


def test_the_title_of_a_passage_names_the_answer(tmp_path: Path) -> None:
    assert (2, "Réponse à la question\u00a01\u00a0: Savoir où aller") in headings(composed(tmp_path))


def test_dissent_and_outcome_stand_beside_the_statement_in_words(tmp_path: Path) -> None:
    statement = next(b for b in composed(tmp_path).blocks if isinstance(b, Agreed))
    assert statement.dissents[0][0].text == "Not for all."
    assert statement.dissents[0][0].language == "en"
    assert statement.outcome.startswith("Accord d’une large majorité")
    assert "novembre 2024" in statement.outcome
    assert "d’accord\u00a0: 12\u202f; non\u00a0: masqué" in statement.outcome


def test_an_unapproved_translation_is_marked_and_the_adopted_words_stand_beside_it(tmp_path: Path) -> None:
    statement = next(b for b in composed(tmp_path, "en").blocks if isinstance(b, Agreed))
    assert [(v.language, v.label) for v in statement.voices] == [
        ("en", "Translation to be reviewed"),
        ("fr", "Adopted text, in French"),
    ]


def test_a_text_of_the_other_language_is_marked_as_still_to_translate(tmp_path: Path) -> None:
    document = composed(tmp_path, "en")
    asks = next(b for b in document.blocks if isinstance(b, Agreed) and b.role == "recommendation")
    assert [(v.language, v.label) for v in asks.voices] == [("fr", "Text in French, translation to come")]
    written = next(b for b in document.blocks if isinstance(b, Paragraph) and b.language == "fr")
    assert "rendez-vous" in said(written)
    assert "Text in French, translation to come" in said(document)


def test_planned_stands_against_realised_with_the_gap_explained(tmp_path: Path) -> None:
    grid = next(b for b in composed(tmp_path).blocks if isinstance(b, Grid) and b.id == "table-counted")
    assert [column.label for column in grid.columns] == ["Quoi", "Réalisé", "Prévu", "Écart expliqué"]
    assert [said(slot).strip() for slot in grid.rows[0]] == [
        "rendez-vous en français",
        "150",
        "160",
        "Travaux.",
    ]
    assert grid.groups[0].label == "Ce qui a été fait"
    assert "ne s’additionnent pas" in said(grid.remark)


def test_a_link_to_what_is_not_there_keeps_its_words(tmp_path: Path) -> None:
    document = composed(tmp_path)
    links = [node["href"] for node in nodes(data(document)) if node.get("t") == "link"]
    assert "#part-causes-q1" in links
    assert "#part-rien" not in links
    assert "rien" in said(document)
    assert "#chart-avant.accueil-graphique" in links  # the table stands behind its chart


@pytest.mark.parametrize("language", LANGUAGES)
def test_banners_say_draft_and_fictional(tmp_path: Path, language: Language) -> None:
    draft, fictional = composed(tmp_path, language).banners
    assert draft == {"fr": "Projet — document de travail", "en": "Draft — working document"}[language]
    assert (
        fictional
        == {
            "fr": "Association fictive\u00a0: rien ni personne ici n’est réel.",
            "en": "Fictional association: nothing and nobody here is real.",
        }[language]
    )
    assert len(compose_avis(RICH, (), language, "public", draft=False).banners) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_evaluation_says_not_documented_rather_than_nothing(language: Language) -> None:
    document = compose_avis(EMPTY, (), language, "funder")
    blocks = document.blocks
    missing = {"fr": "non documenté", "en": "not documented"}[language]
    assert missing in said(document).lower()
    for before, after in itertools.pairwise(blocks):
        both = isinstance(before, Heading) and isinstance(after, Heading)
        assert not both or after.level > before.level, said(before)  # type: ignore[union-attr]
    assert not isinstance(blocks[-1], Heading)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_the_group_does_not_use_are_nowhere(tmp_path: Path, language: Language) -> None:
    text = said(composed(tmp_path, language, "funder")).lower()
    avoided = (
        "bénéficiaire",
        "témoignage",
        "falc",
        "anonym",
        "usagère",
        "donner la parole",
        "survivor",
        "beneficiar",
    )
    assert [word for word in avoided if word in text] == []


def test_the_verdict_is_told_in_words(tmp_path: Path) -> None:
    text = said(composed(tmp_path))
    assert "plus petit que 11" in text
    assert "2 nombres sont masqués" in text
    assert "Contrôles faits." in text


def test_the_plain_page_is_framed_and_never_called_falc(tmp_path: Path) -> None:
    texts = {"02-a": "---\nplace: plain\n---\nL’accueil est un lieu.\n"}
    document = compose_avis(RICH, passages(write(tmp_path, texts), "fr", "public"), "fr", "public")
    frame = next(b for b in document.blocks if isinstance(b, Aside))
    assert (frame.role, frame.title) == ("plain", "En mots simples")
    assert "L’accueil est un lieu." in said(frame)


def test_a_table_that_the_group_placed_is_not_drawn_again(tmp_path: Path) -> None:
    texts = {"50-a": "---\nplace: survey\n---\n{tableau}`avant.accueil`\n"}
    document = compose_avis(RICH, passages(write(tmp_path, texts), "fr", "public"), "fr", "public")
    assert [b.id for b in document.blocks if isinstance(b, Picture)] == ["agreement-1"]
    assert [b.id for b in document.blocks if isinstance(b, Grid)].count("table-avant.accueil") == 1


def test_a_chart_is_told_in_words_with_what_is_masked() -> None:
    picture = next(b for b in compose_avis(RICH, (), "fr", "public").blocks if isinstance(b, Picture))
    told = "oui\u00a0: masqué\u202f; non\u00a0: 15 (38\u202f%)\u202f; je ne sais pas\u00a0: masqué"
    assert picture.description == f"L’accueil m’a aidée. {told}\u202f; Ensemble\u00a0: 40."


def part(document: Document, id: str) -> str:
    """What stands under a heading, down to the next one."""
    blocks = list(document.blocks)
    start = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.id == id) + 1
    return said(list(itertools.takewhile(lambda block: not isinstance(block, Heading), blocks[start:])))


def test_the_sources_are_those_that_stand_in_the_document(tmp_path: Path) -> None:
    told = part(composed(tmp_path), "part-sources")
    cited = [source for source in RICH.sources if source.title["fr"].rstrip(".") in told]
    assert 0 < len(cited) < len(RICH.sources)
    nothing = msgspec.structs.replace(RICH, exhibits=())
    assert part(compose_avis(nothing, (), "fr", "public"), "part-sources").strip() == "Non documenté."


def test_where_nobody_was_counted_no_number_is_said_to_be_hidden() -> None:
    things = tuple(i for i in RICH.exhibits if not (isinstance(i, Table) and i.measure == "people"))
    alone = msgspec.structs.replace(RICH, exhibits=tuple(i for i in things if not isinstance(i, Chart)))
    assert "dans l’ensemble des tableaux" in part(compose_avis(RICH, (), "fr", "public"), "part-protection")
    assert "tableaux" not in part(compose_avis(alone, (), "fr", "public"), "part-protection")


def test_the_base_of_a_change_is_said_for_each_moment_with_its_number() -> None:
    moments = dimension("moment", "moment", "moment", before="au début", after="à la fin")
    counts = {("answered", "before"): 47, ("answered", "after"): 45, ("oui", "before"): 18}
    cells = [
        Cell(where=(("accueil", a), ("moment", m)), n=n, share=n / 47 if a == "oui" else None)
        for (a, m), n in counts.items()
    ]
    table = msgspec.structs.replace(
        next(item for item in RICH.exhibits if isinstance(item, Table) and item.base is not None),
        dimensions=(ANSWER, moments),
        cells=(Cell(n=58), *cells),
        base=(("accueil", "answered"),),
    )
    assert "au début\u00a0: 47\u202f; à la fin\u00a0: 45" in based(table, "fr")


def test_the_funder_reads_both_sides_of_the_money_apart_with_their_totals() -> None:
    exhibits = due()
    grids = {b.id: b for b in compose_avis(exhibits, (), "fr", "funder").blocks if isinstance(b, Grid)}
    sides = ("expense", "income", "used", "given")
    assert [plain(grids[f"table-money-{side}"].rows[-1][0].content) for side in sides] == [
        "Total des charges",
        "Total des produits",
        "Total des emplois",
        "Total des contributions",
    ]


def test_an_explanation_is_printed_where_a_missing_amount_leaves_the_gap_unknown() -> None:
    exhibits = due(line("loyer", "Loyer", None, 6300, why="Le bail a changé."))
    assert "Le bail a changé." in said(compose_avis(exhibits, (), "fr", "funder"))
