"""An edition goes out when two people read each document as it is now, and somebody decided after."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avis.errors import Problems
from avis.folders import Folders
from avis.i18n import Language
from avis.release.papers import Paper, stamp, state_of, unwritten
from avis.release.review import NAME, Read, check_review, read_review, to_write
from avis.report.document import Document, Heading, Paragraph, Words


def paper(text: str = "Nous constatons.", language: Language = "fr") -> Paper:
    document = Document(
        kind="avis",
        audience="public",
        language=language,
        slug="exemple",
        title="Ouvrir la porte",
        subtitle="",
        author="Association Exemple",
        banners=(),
        blocks=(Paragraph(content=(Words(text=text),)),),
        notes=(),
    )
    return Paper(document, state_of(document))


def act(on: str, *papers: Paper) -> str:
    listed = "".join(f"      {one.stem}: {one.state}\n" for one in papers)
    return f"    on: {on}\n    documents:\n{listed}"


def reviewed(readings: list[tuple[str, str]], decisions: list[str]) -> str:
    lines = "".join(f"  - by: {by}\n{told}" for by, told in readings)
    decided = "".join(f"  - by: Le bureau\n{told}" for told in decisions)
    return f"readings:\n{lines}decisions:\n{decided}"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-10")


def told(folder: Path, written: str, papers: list[Paper]) -> tuple[list[str], str]:
    (folder / NAME).write_text(written, encoding="utf-8")
    problems = Problems()
    review = read_review(Folders(folder), problems)
    on = check_review(review, papers, problems) if review else ""
    return [item.code for item in problems], on


def test_two_readers_and_a_decision_make_the_day_of_the_edition(tmp_path: Path) -> None:
    one = paper()
    written = reviewed(
        [("A", act("2026-01-02", one)), ("B", act("2026-01-03", one))], [act("2026-01-05", one)]
    )
    assert told(tmp_path, written, [one]) == ([], "2026-01-05")


def test_a_letter_that_changed_makes_the_readings_of_before_worth_nothing(tmp_path: Path) -> None:
    old, new = paper("Nous constatons."), paper("Nous constatons")
    written = reviewed(
        [("A", act("2026-01-02", old)), ("B", act("2026-01-03", old))], [act("2026-01-05", old)]
    )
    assert told(tmp_path, written, [new]) == (["REL-011", "REL-012"], "")


@pytest.mark.parametrize("second", ["Amina D.", "amina d.", " AMINA  D.", "Amina\u200b D."])
def test_one_person_who_reads_twice_is_one_reader(tmp_path: Path, second: str) -> None:
    one = paper()
    written = reviewed(
        [("Amina D.", act("2026-01-02", one)), (f'"{second}"', act("2026-01-03", one))],
        [act("2026-01-05", one)],
    )
    assert told(tmp_path, written, [one])[0] == ["REL-011"]


def test_each_document_needs_its_own_readers(tmp_path: Path) -> None:
    french, english = paper(), paper("We observe.", "en")
    written = reviewed(
        [("A", act("2026-01-02", french, english)), ("B", act("2026-01-03", french))],
        [act("2026-01-05", french, english)],
    )
    assert told(tmp_path, written, [french])[0] == []
    assert told(tmp_path, written, [french, english])[0] == ["REL-011"]


@pytest.mark.parametrize(
    ("decided", "code"), [("2026-01-02", "REL-014"), ("2026-01-03", ""), ("2026-01-11", "REL-013")]
)
def test_it_is_decided_after_it_was_read_and_not_in_days_to_come(
    tmp_path: Path, decided: str, code: str
) -> None:
    one = paper()
    written = reviewed([("A", act("2026-01-02", one)), ("B", act("2026-01-03", one))], [act(decided, one)])
    assert told(tmp_path, written, [one])[0] == ([code] if code else [])


def test_without_the_file_one_reason_is_given(tmp_path: Path) -> None:
    problems = Problems()
    assert read_review(Folders(tmp_path), problems) is None
    assert [item.code for item in problems] == ["REL-010"]
    assert told(tmp_path, "", []) == (["REL-010"], "")  # made, and nothing written in it yet


def test_what_is_printed_to_complete_is_refused_until_names_stand_in_it(tmp_path: Path) -> None:
    one = paper()
    printed = to_write([one])
    assert told(tmp_path, printed, [one])[0] == ["EVA-015"] * 3
    names = iter(["A", "B", "Le bureau"])
    while '""' in printed:
        printed = printed.replace('""', next(names), 1)
    assert told(tmp_path, printed, [one]) == ([], "2026-01-10")


@given(st.text(max_size=300))
def test_whatever_stands_in_the_file_it_is_told_and_never_fails(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("revue")
    (folder / NAME).write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    problems = Problems()
    assert read_review(Folders(folder), problems) is None and problems.errors


def test_no_name_shows_when_a_reading_is_shown() -> None:
    assert "Amina" not in repr(Read(by="Amina D.", on="2026-01-02", documents={}))


@given(st.text(max_size=60), st.text(max_size=60))
def test_two_documents_have_one_state_only_if_they_say_the_same(first: str, second: str) -> None:
    assert (paper(first).state == paper(second).state) == (first == second)


@pytest.mark.parametrize(
    "sign", ["À écrire par le groupe.", "[à compléter] La ville", "To be written by the group."]
)
def test_what_nobody_wrote_yet_is_found_under_its_heading(sign: str) -> None:
    heading = Heading(level=2, id="plain", content=(Words(text="En mots simples"),))
    blocks = (*paper().document.blocks, heading, Paragraph(content=(Words(text=sign),)))
    document = msgspec.structs.replace(paper().document, blocks=blocks)
    assert unwritten(Paper(document, "")) == ["En mots simples"]
    assert unwritten(paper()) == []


def test_the_day_and_the_name_of_the_edition_stand_on_it_and_change_nothing_else() -> None:
    one = paper().document
    stamped = stamp(one, "2026-01-05-0123abcd", "2026-01-05")
    assert "2026-01-05-0123abcd" in stamped.period and "5 janvier 2026" in stamped.period
    assert (stamped.edition, stamped.published_on) == ("2026-01-05-0123abcd", "2026-01-05")
    assert msgspec.structs.replace(stamped, period=one.period, edition="", published_on="") == one
