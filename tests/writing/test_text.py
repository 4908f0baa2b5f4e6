"""Passages: roles find their exhibit, and whatever is wrong is said with file, line and column."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from given_text import GIVEN
from hypothesis import given
from hypothesis import strategies as st

from avis.errors import Problems, tell
from avis.exhibits import Audience
from avis.i18n import Language
from avis.report.document import (
    Agreed,
    Aside,
    Block,
    Count,
    Emphasis,
    Grid,
    Heading,
    Items,
    Link,
    Mention,
    Paragraph,
    Passage,
    Picture,
    Saying,
    Strong,
    Words,
)
from avis.writing.text import read_passages
from avis.writing.typography import set_french

HEAD = "---\nplace: introduction\n---\n"


def read(
    folder: Path,
    text: str,
    *,
    name: str = "01-a.fr.md",
    language: Language = "fr",
    audience: Audience = "public",
    head: str = HEAD,
) -> tuple[tuple[Passage, ...], Problems]:
    folder = folder / "textes"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(head + text, encoding="utf-8")
    problems = Problems()
    return read_passages(folder, language, GIVEN, problems, audience), problems


def blocks(folder: Path, text: str, **how: str) -> tuple[Block, ...]:
    passages, problems = read(folder, text, **how)  # type: ignore[arg-type]
    assert [item.code for item in problems if item.severity == "error"] == []
    return passages[0].blocks


def sentence(folder: Path, text: str, **how: str) -> str:
    (block,) = blocks(folder, text, **how)
    assert isinstance(block, Paragraph)
    return "".join(part.text for part in block.content if isinstance(part, Words | Count | Mention))


def codes(folder: Path, text: str, **how: str) -> list[str]:
    _, problems = read(folder, text, **how)  # type: ignore[arg-type]
    for language in ("fr", "en"):
        assert tell(problems, language)  # type: ignore[arg-type]  # every message can be said
    return [item.code for item in problems]


# --- numbers


@pytest.mark.parametrize(
    ("role", "printed"),
    [
        ("{chiffre}`rendez-vous`", "1\u202f500"),
        ("{number}`rendez-vous`", "1\u202f500"),
        ("{chiffre}`rendez-vous.n`", "1\u202f500"),
        ("{chiffre}`rendez-vous[annee=2024].n`", "900"),
        ("{chiffre}`rendez-vous[année=2023]`", "600"),
        ("{chiffre}`rendez-vous[year=2023]`", "600"),
        ("{chiffre}`rendez-vous.target`", "1\u202f600"),
        ("{chiffre}`rendez-vous.cible`", "1\u202f600"),
        ("{chiffre}`avant.accueil[reponse=oui]`", "19"),
        ("{chiffre}`avant.accueil[reponse=Ouï]`", "19"),
        ("{chiffre}`avant.accueil.people`", "29"),
        ("{chiffre}`avant.accueil[reponse=autre]`", "non documenté"),
        ("{nombre}`18`", "18"),
        ("{nombre}`119 <numéro d'appel>`", "119"),
        ("{source}`demandes`", "environ 12\u202f000"),
        ("{source}`rapport`", "Rapport"),
        ("{cite}`convention`", "Convention, 2005"),
        ("{cite}`convention, p. 4`", "Convention, 2005, p. 4"),
    ],
)
def test_a_role_prints_what_it_names(tmp_path: Path, role: str, printed: str) -> None:
    assert sentence(tmp_path, f"Voir {role} ici.") == f"Voir {printed} ici."


def test_a_figure_that_opens_a_sentence_takes_a_capital(tmp_path: Path) -> None:
    text = "{source}`demandes` demandes, dont {source}`demandes` reçues. {source}`demandes` !"
    told = sentence(tmp_path, text)
    assert told.startswith("Environ 12\u202f000 demandes, dont environ 12\u202f000 reçues. Environ")


def test_numbers_take_the_form_of_the_language_of_the_passage(tmp_path: Path) -> None:
    assert sentence(tmp_path, "{number}`rendez-vous`", name="a.en.md", language="en") == "1,500"


@pytest.mark.parametrize(
    ("subject", "printed"), [("avant.accueil", "19 sur 29"), ("apres.accueil", "67\u202f%")]
)
def test_a_share_is_a_percentage_from_thirty_on(tmp_path: Path, subject: str, printed: str) -> None:
    assert sentence(tmp_path, f"{{chiffre}}`{subject}[reponse=oui].part`") == printed


def test_a_number_calls_the_note_of_its_table(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, "{chiffre}`rendez-vous`")
    assert isinstance(block, Paragraph)
    assert block.content == (Count(text="1\u202f500", note="note-table-rendez-vous-year"),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{chiffre}`avant.accueil[reponse=non]`", "TXT-015"),
        ("{chiffre}`rendezvous`", "TXT-013"),
        ("{chiffre}`rendez-vous[lieu=2024]`", "TXT-014"),
        ("{chiffre}`rendez-vous[annee=2022]`", "TXT-014"),
        ("{chiffre}`rendez-vous[annee]`", "TXT-012"),
        ("{chiffre}`rendez-vous.share`", "TXT-016"),
        ("{chiffre}`rendez-vous.personnes`", "TXT-016"),
        ("{chiffre}`avant.accueil.cible`", "TXT-016"),
        ("{chiffre}`a|b`", "TXT-011"),
        ("{chifre}`rendez-vous`", "TXT-010"),
        ("{chiffre} `rendez-vous`", "TXT-012"),
        ("{parole}`p2`", "TXT-017"),
        ("Elle : {parole}`p2`.", "TXT-017"),
        ("{cite}`rapport`", "TXT-013"),
        ("{constat}`s2`", "TXT-013"),
        ("Un <b>mot</b>.", "TXT-021"),
        ("![moi](photo.jpg)", "TXT-022"),
        ("![moi](https://ailleurs.example/photo.jpg)", "TXT-022"),
        ("[ici](http://ailleurs.example)", "TXT-023"),
        ("[ici](javascript:alert)", "TXT-023"),
        ("[ici](../notes.md)", "TXT-023"),
        ("[ici](#nulle-part)", "TXT-026"),
        ("```{graphiques} g1\n```", "TXT-010"),
        ("```\ncode\n```", "TXT-025"),
        ("    decalé", "TXT-025"),
    ],
)
def test_what_is_wrong_has_a_code_and_a_place(tmp_path: Path, text: str, code: str) -> None:
    _, problems = read(tmp_path, f"Un début.\n\n{text}\n")
    (problem,) = problems
    assert (problem.code, problem.place.file, problem.place.line) == (code, "textes/01-a.fr.md", 6)
    assert codes(tmp_path, text) == [code]


def test_the_column_points_at_the_role_even_for_the_second_one_of_a_line(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "Un {chiffre}`rendez-vous` et {chiffre}`rendezvous`.\n")
    (problem,) = problems
    assert (problem.place.line, problem.place.column) == (4, 30)
    assert dict(problem.facts)["hint"] == "rendez-vous"


def test_a_masked_number_is_never_offered_as_a_fraction(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "{chiffre}`avant.accueil[reponse=non]`")
    told = tell(problems, "fr")
    assert "des personnes disent que" in told
    assert "N’écrivez ni «\u00a0quelques-unes\u00a0», ni «\u00a0la moitié\u00a0»" in told


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    text = "{chiffre}`x`\n\n![a](b)\n\n{chiffre}`y`\n"
    _, problems = read(tmp_path, text)
    assert [(item.code, item.place.line) for item in problems] == [
        ("TXT-013", 4),
        ("TXT-022", 6),
        ("TXT-013", 8),
    ]


# --- blocks


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{parole}`p1`", Saying),
        ("{quote}`p1`", Saying),
        ("{constat}`s1`", Agreed),
        ("{recommandation}`r1`", Agreed),
        ("{tableau}`rendez-vous-year`", Grid),
        ("{graphique}`g1`", Picture),
        ("```{tableau} rendez-vous-year\n```", Grid),
        (":::{graphique} g1\n:::", Picture),
        ("```{chart}\ng1\n```", Picture),
        ("> La loi dit ceci.", Aside),
    ],
)
def test_a_role_that_stands_alone_becomes_a_block(tmp_path: Path, text: str, kind: type) -> None:
    (block,) = blocks(tmp_path, text)
    assert isinstance(block, kind)


def test_two_roles_on_following_lines_become_two_blocks(tmp_path: Path) -> None:
    assert [type(block) for block in blocks(tmp_path, "{parole}`p1`\n{constat}`s1`")] == [Saying, Agreed]


def test_a_chart_may_be_named_by_its_table(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, "{graphique}`rendez-vous-year`")
    assert isinstance(block, Picture)
    assert block.chart.id == "g1"


def test_an_exhibit_is_placed_once_over_all_passages(tmp_path: Path) -> None:
    read(tmp_path, "{constat}`s1`", name="01-a.fr.md")
    _, problems = read(tmp_path, "\n{constat}`s1`", name="02-b.fr.md")
    (problem,) = problems
    facts = dict(problem.facts)
    assert (problem.code, problem.place.file) == ("TXT-018", "textes/02-b.fr.md")
    assert (facts["file"], facts["line"]) == ("textes/01-a.fr.md", 4)


def test_a_quote_in_a_sentence_has_its_marks_its_language_and_its_note(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, "Elle dit {parole}`p1`.")
    assert isinstance(block, Paragraph)
    assert block.content == (
        Words(text="Elle dit «\u00a0"),
        Words(text="It closes early!", language="en"),
        Words(text="\u00a0» "),
        Mention(text="(atelier, 2024)", note="note-quote-p1"),
        Words(text="."),
    )


def test_a_statement_in_a_sentence_leads_to_where_it_stands(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, "Voir la {recommandation}`r1`.")
    assert isinstance(block, Paragraph)
    assert block.content[1] == Link(href="#recommendation-r1", content=(Words(text="Préconisation 2"),))


def test_members_see_what_was_said_to_them(tmp_path: Path) -> None:
    assert isinstance(blocks(tmp_path, "{parole}`p2`", audience="members")[0], Saying)


def test_markdown_becomes_blocks(tmp_path: Path) -> None:
    found = blocks(
        tmp_path, "# Un\n\n### Deux\n\n**gras** *penché* [lien](https://a.example)\n\n- a\n- b\n\n1. c\n"
    )
    assert [type(block) for block in found] == [Heading, Heading, Paragraph, Items, Items]
    assert [block.level for block in found if isinstance(block, Heading)] == [1, 2]
    assert [block.ordered for block in found if isinstance(block, Items)] == [False, True]
    kinds = [type(part) for part in found[2].content if not isinstance(part, Words)]  # type: ignore[union-attr]
    assert kinds == [Strong, Emphasis, Link]


def test_a_table_of_the_text_may_hold_roles(tmp_path: Path) -> None:
    (grid,) = blocks(tmp_path, "| Quoi | Combien |\n|---|---|\n| rendez-vous | {chiffre}`rendez-vous` |\n")
    assert isinstance(grid, Grid)
    assert [column.label for column in grid.columns] == ["Quoi", "Combien"]
    assert grid.rows[0][1].content == (Count(text="1\u202f500", note="note-table-rendez-vous-year"),)


def test_a_bar_in_a_role_of_a_table_is_said(tmp_path: Path) -> None:
    assert "TXT-012" in codes(tmp_path, "| a | b |\n|---|---|\n| {chiffre}`x|y` | z |\n")


def test_headings_of_one_name_have_two_anchors(tmp_path: Path) -> None:
    found = blocks(tmp_path, "# Été\n\n# Été\n")
    assert [b.id for b in found if isinstance(b, Heading)] == ["text-01-a-ete", "text-01-a-ete-2"]


def test_raw_html_is_text(tmp_path: Path) -> None:
    passages, _ = read(tmp_path, "<script>alert(1)</script>\n")
    assert "<script>" in str(msgspec.to_builtins(passages[0].blocks[0]))


# --- files


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("", ["TXT-002"]),
        ("---\nplace: plain\n", ["TXT-002"]),
        ("---\nplace: nulle-part\n---\n", ["TXT-003"]),
        ("---\ntitle: Sans place\n---\n", ["TXT-003"]),
        ("---\nplace: question:q9\n---\n", ["TXT-004"]),
        ("---\nplace: plain\ntitel: x\n---\n", ["TXT-024"]),
        ("---\nplace: question:q1\ntitle: Bien\n---\n", []),
        ('---\nplace: causes:q1\ntitle: ""\n---\n', []),
    ],
)
def test_the_front_matter_says_where_a_passage_goes(tmp_path: Path, head: str, found: list[str]) -> None:
    _, problems = read(tmp_path, "Texte.\n", head=head)
    assert [item.code for item in problems] == found


def test_a_question_that_was_not_put_is_proposed_the_nearest(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "", head="---\nplace: question:q11\n---\n")
    (problem,) = problems
    assert dict(problem.facts)["hint"] == "q1"
    assert problem.place.line == 2


def test_a_file_that_is_not_utf_8_is_said_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "textes"
    folder.mkdir()
    (folder / "a.fr.md").write_bytes(HEAD.encode() + "été".encode("cp1252"))
    problems = Problems()
    assert read_passages(folder, "fr", GIVEN, problems) == ()
    assert [(item.code, item.place.line) for item in problems] == [("TXT-001", 4)]


def test_a_file_without_a_language_in_its_name_is_not_read(tmp_path: Path) -> None:
    passages, problems = read(tmp_path, "Texte.", name="notes.md")
    assert passages == ()
    assert [item.code for item in problems] == ["TXT-005"]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "textes"
    folder.mkdir()
    text = ("\ufeff" + HEAD + "Un.\n\n{chiffre}`rien`\n").replace("\n", "\r\n")
    (folder / "a.fr.md").write_bytes(text.encode())
    problems = Problems()
    read_passages(folder, "fr", GIVEN, problems)
    assert [(item.code, item.place.line, item.place.column) for item in problems] == [("TXT-013", 6, 1)]


def test_a_missing_language_falls_back_marked_and_says_so(tmp_path: Path) -> None:
    passages, problems = read(tmp_path, "Il y a {chiffre}`rendez-vous` rendez-vous.\n", language="en")
    assert [(item.code, item.severity, item.place.file) for item in problems] == [
        ("TXT-006", "warning", "textes/01-a.en.md")
    ]
    (block,) = passages[0].blocks
    assert isinstance(block, Paragraph)
    assert (passages[0].language, block.language) == ("fr", "fr")
    assert Count(text="1\u202f500", note="note-table-rendez-vous-year") in block.content


def test_the_asked_language_wins_where_both_exist(tmp_path: Path) -> None:
    read(tmp_path, "Bonjour.", name="a.fr.md")
    passages, problems = read(tmp_path, "Hello.", name="a.en.md", language="en")
    assert [passage.language for passage in passages] == ["en"]
    assert list(problems) == []


def test_a_missing_folder_holds_no_passages(tmp_path: Path) -> None:
    assert read_passages(tmp_path / "textes", "fr", GIVEN, Problems()) == ()


# --- French spaces


def test_french_spaces_are_set_in_prose_and_nowhere_else(tmp_path: Path) -> None:
    text = "Qui ? « Le guichet » : l'accueil ; voir https://a.example/b?c=d!e"
    expected = "Qui\u202f? «\u00a0Le guichet\u00a0»\u00a0: l’accueil\u202f; voir https://a.example/b?c=d!e"
    assert sentence(tmp_path, text) == expected


def test_quotations_and_english_keep_their_spaces(tmp_path: Path) -> None:
    assert (
        set_french("Elle dit « Come early! Who knows? ».") == "Elle dit «\u00a0Come early! Who knows?\u00a0»."
    )
    assert sentence(tmp_path, "Who knows?", name="a.en.md", language="en") == "Who knows?"


def test_a_cited_text_keeps_its_spaces(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, "> Qui sait ?")
    assert isinstance(block, Aside)
    assert block.blocks == (Paragraph(content=(Words(text="Qui sait ?"),)),)


@given(st.text(alphabet="aé1 .,;:!?%«»'\u00a0\u202f\n/@-", max_size=40))
def test_setting_french_twice_changes_nothing_more_and_letters_stay(text: str) -> None:
    once = set_french(text)
    assert set_french(once) == once

    def bare(words: str) -> str:
        return words.translate({ord(" "): None, 0xA0: None, 0x202F: None}).replace("’", "'")

    assert bare(once) == bare(text)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("La ville dit que {source}`demandes` demandes attendent.", "qu’environ 12"),
        ("Près de\n{source}`demandes` demandes.", "d’environ 12"),
        ("La ville dit **que {source}`demandes`** demandes attendent.", "qu’environ 12"),
        ("La ville dit qu’{source}`demandes` demandes attendent.", None),
        ("La ville dit que {chiffre}`rendez-vous` suffisent.", None),
        ("Elle en compte {source}`demandes`.", None),
    ],
)
def test_a_word_that_must_lose_its_vowel_before_a_figure_is_told(
    tmp_path: Path, text: str, better: str | None
) -> None:
    _, problems = read(tmp_path, text)
    told = [item for item in problems if item.code == "TXT-036"]
    assert [item.place.line for item in told] == ([4 + text.count("\n")] if better else [])
    assert all(
        item.severity == "warning" and str(dict(item.facts)["better"]).startswith(better or "-")
        for item in told
    )


def test_an_english_text_has_no_elision(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "We say le {source}`demandes` here.", name="01-a.en.md", language="en")
    assert "TXT-036" not in [item.code for item in problems]
