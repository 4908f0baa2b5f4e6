"""Notes: one for what was established in the same way, and every call leads to the right one."""

from __future__ import annotations

import msgspec
import pytest
from given_compose import EMPTY, RICH, both, evidence, published, quote, whole

from avis.errors import AvisError
from avis.exhibits import Exhibit, Exhibits, Quote, Recommendation, Statement, Wording
from avis.i18n import LANGUAGES, Language
from avis.report.compose import compose_avis, compose_fiche
from avis.report.compose.evidence import note_of
from avis.report.compose.notes import Noted, gather
from avis.report.compose.sheet import nodes, without_empty
from avis.report.compose.voices import outcome, saying, unbroken
from avis.report.document import Document, Heading, Paragraph, Words
from avis.report.html.page import render_html
from avis.report.outline import plain
from avis.report.pdf.paper import render_pdf


def noted(*items: Exhibit, language: Language = "fr") -> Noted:
    exhibits = msgspec.structs.replace(RICH, exhibits=items)
    return gather([note_of(item) for item in items], exhibits, language, "public")


def calls(document: Document) -> list[str]:
    return [node["note"] for node in nodes(msgspec.to_builtins(document.blocks)) if node.get("note")]


def test_the_same_evidence_is_told_once_for_all_that_calls_it() -> None:
    found = noted(*(quote(f"p{n}", "fr", "public") for n in range(18)))
    assert [(note.id, note.title) for note in found.notes] == [("note-quote-p0", "Paroles")]
    assert set(found.ids.values()) == {"note-quote-p0"} and len(found.ids) == 18


def test_what_differs_in_rule_base_protection_or_source_keeps_its_own_note() -> None:
    first = whole("a", 20, "acts")
    others = [
        msgspec.structs.replace(
            first, id="rule", evidence=msgspec.structs.replace(first.evidence, rule=both("R", "R"))
        ),
        msgspec.structs.replace(
            first, id="base", evidence=msgspec.structs.replace(first.evidence, base=both("B", "B"))
        ),
        msgspec.structs.replace(first, id="kept", evidence=evidence("activities", protection=both("P", "P"))),
        msgspec.structs.replace(first, id="source", evidence=evidence("notes")),
    ]
    found = noted(first, *others)
    assert len(found.notes) == 5
    assert all(found.ids[note_of(item)] == note_of(item) for item in (first, *others))


def test_a_note_of_several_figures_names_them_and_a_breakdown_with_its_whole() -> None:
    names = ("Rendez-vous", "rendez-vous, par année", "Rendez-vous, par année", "ateliers")
    items = [
        msgspec.structs.replace(whole(f"t{n}", 20, "acts"), title=both(name, name))
        for n, name in enumerate(names)
    ]
    assert [note.title for note in noted(*items).notes] == ["Rendez-vous\u202f; Ateliers"]


@pytest.mark.parametrize(
    ("language", "told"),
    [("fr", "anglais\u202f; traduction à venir"), ("en", "French; translation to come")],
)
def test_words_that_wait_for_a_translation_say_so_once_in_their_note(language: Language, told: str) -> None:
    spoken: Language = "en" if language == "fr" else "fr"
    items = [
        msgspec.structs.replace(item, wordings=item.wordings[:1])
        for item in (quote("p1", spoken, "public"), quote("p2", spoken, "public"))
    ]
    home = quote("p3", language, "public")
    found = noted(*items, home, language=language)
    assert len(found.notes) == 2
    lines = [plain(content) for _, content in found.notes[0].lines]
    assert told in lines
    assert told not in [plain(content) for _, content in found.notes[1].lines]
    document = compose_avis(msgspec.structs.replace(RICH, exhibits=(*items, home)), (), language, "public")
    texts = [str(node.get("text", "")) for node in nodes(msgspec.to_builtins(document))]
    assert texts.count(told) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("compose", ["avis", "fiche"])
def test_calls_and_notes_agree_and_both_renderings_take_them(language: Language, compose: str) -> None:
    made = (
        compose_avis(RICH, (), language, "public")
        if compose == "avis"
        else compose_fiche(RICH, language, "public")
    )
    assert list(dict.fromkeys(calls(made))) == [note.id for note in made.notes]
    html = render_html(made)
    for note in made.notes:
        back = [part.split('"')[0] for part in html.split('role="doc-backlink" href="#')[1:]]
        assert any(anchor.startswith(f"call-{note.id}") for anchor in back)
        assert all(f'id="{anchor}"' in html for anchor in back)
    assert render_pdf(made).startswith(b"%PDF")


def test_texts_that_came_about_in_the_same_way_share_a_note() -> None:
    items = [item for item in RICH.exhibits if isinstance(item, Statement | Recommendation)]
    assert len(items) == 2
    alike = {"evidence": evidence("notes"), "adoption": items[0].adoption, "dissents": ()}
    same = [msgspec.structs.replace(item, **alike) for item in items]
    other = msgspec.structs.replace(items[0].adoption, amendments=2)
    assert len(noted(same[0], msgspec.structs.replace(same[1], adoption=other)).notes) == 2
    assert [note.title for note in noted(*same).notes] == ["Textes adoptés par le groupe"]
    assert [note.title for note in noted(same[1]).notes] == ["Préconisation 1"]


def test_a_quote_kept_from_an_audience_never_hides_behind_another_note() -> None:
    with pytest.raises(AvisError) as raised:
        noted(quote("p1", "fr", "public"), quote("p2", "fr", "members"))
    assert [problem.code for problem in raised.value.problems] == ["TXT-017"]
    assert isinstance(RICH.get("p-membres"), Quote)


def heading(level: int, id: str) -> Heading:
    return Heading(level=level, id=id, content=(Words(text=id),))


def test_a_heading_under_which_nothing_stands_is_left_out() -> None:
    told = Paragraph(content=(Words(text="x"),))
    a, b, c, d, e = (heading(level, f"h{n}") for n, level in enumerate((2, 3, 2, 3, 2)))
    assert without_empty([a, b, c, d, told, e]) == [c, d, told]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exhibits", [RICH, EMPTY])
def test_no_heading_of_a_document_stands_empty(exhibits: Exhibits, language: Language) -> None:
    for made in (compose_avis(exhibits, (), language, "public"), compose_fiche(exhibits, language, "public")):
        assert list(made.blocks) == without_empty(list(made.blocks))
        assert not isinstance(made.blocks[-1], Heading)


def test_consensus_is_explained_once() -> None:
    own = both("« Consensus » veut dire sans objection.", "“Consensus” means without objection.")
    for adoption, times in ((own, 1), (both("Lu à voix haute.", "Read aloud."), 1)):
        setting = msgspec.structs.replace(RICH.setting, adoption=adoption, method={"adoption": adoption})
        document = compose_avis(msgspec.structs.replace(RICH, setting=setting), (), "fr", "public")
        text = " ".join(str(node.get("text", "")) for node in nodes(msgspec.to_builtins(document.blocks)))
        assert text.count("« Consensus »") + text.count("«\u00a0Consensus\u00a0»") == times
        assert text.count(adoption["fr"]) == 1


def test_what_was_taken_back_since_the_adoption_is_said_where_the_adoption_is() -> None:
    note = both("Depuis, 1 parole a été reprise.", "Since then 1 quote was taken back.")
    for taken_back, times in ((note, 1), ({}, 0)):
        setting = msgspec.structs.replace(RICH.setting, taken_back=taken_back)
        document = compose_avis(msgspec.structs.replace(RICH, setting=setting), (), "fr", "public")
        text = " ".join(str(node.get("text", "")) for node in nodes(msgspec.to_builtins(document.blocks)))
        before, heading, after = text.replace("\u00a0", " ").partition("Comment cet avis a été adopté")
        assert heading and note["fr"] not in before and after[:600].count(note["fr"]) == times


def test_a_quote_keeps_its_words_and_its_marks_do_not_begin_a_line() -> None:
    words = "Le soir, je ne viens pas : le bus part !"
    item = msgspec.structs.replace(
        quote("p1", "fr", "public"), wordings=(Wording(language="fr", text=words, original=True),)
    )
    printed = saying(item, "fr").text
    assert printed == "Le soir, je ne viens pas\u00a0: le bus part\u202f!"
    assert " ".join(printed.split()) == words  # what the hash of a consent is taken of
    assert unbroken("Who : me", "en") == "Who : me" and unbroken("Qui:moi", "fr") == "Qui:moi"


def test_reactions_name_the_levels_that_somebody_chose() -> None:
    statement = next(item for item in RICH.exhibits if isinstance(item, Statement))
    counts = (("oui", None), ("non", 0), ("no_answer", 12))
    adoption = msgspec.structs.replace(statement.adoption, counts=counts)
    told = outcome(adoption, {"oui": "Oui", "non": "Non"}, "fr")
    assert told.endswith("Réactions\u00a0: Oui\u00a0: masqué\u202f; sans réponse\u00a0: 12.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_of_a_published_figure_tells_its_own_reservation(language: Language) -> None:
    _, figure = published("p", 3400, "acts")
    kept = msgspec.structs.replace(figure, remark=both("Sans les appels.", "Without the calls."))
    told = [plain(words) for note in noted(kept, language=language).notes for _, words in note.lines]
    assert kept.remark[language] in told
    assert kept.remark[language] not in [
        plain(words) for note in noted(figure, language=language).notes for _, words in note.lines
    ]
