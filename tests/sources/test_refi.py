"""REFI-QDA: places are right over emoji, accents and line ends, and nobody is named."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path

import pytest
from coded_files import code, codes, packed, qde, qdpx, quotes, read, selection
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.errors import tell
from avis.sources.coding.offsets import Span, place_spans

TEXT = (
    "P1 : Les bus 🚌 ne passent plus.\nP2 : L’e\u0301cole 👩‍👧 est loin.\n\nOn marche une heure 😀 le soir."
)
FIRST, SECOND = TEXT.index("ne passent"), TEXT.index("On marche")


def plain(name: str, text: str, inner: str = "") -> str:
    """Write a source whose text stands in the project itself."""
    content = f"<PlainTextContent>{text}</PlainTextContent>"
    return f'<TextSource guid="t" name="{name}">{content}{inner}</TextSource>'


PASSAGES = [(FIRST, FIRST + 15, "bus"), (SECOND, SECOND + 20, "trajet")]


@pytest.mark.parametrize("unit", ["points", "units"])
@pytest.mark.parametrize("ends", ["stored", "two"])
def test_a_passage_is_found_however_its_place_was_counted(tmp_path: Path, unit: str, ends: str) -> None:
    coded, problems = read(tmp_path, qdpx(TEXT, PASSAGES, unit, ends))
    assert coded is not None
    assert quotes(coded) == [("bus", "ne passent plus"), ("trajet", "On marche une heure")]
    assert codes(problems) == ["SRC-357"]


@pytest.mark.parametrize("ends", ["stored", "one"])
def test_a_line_end_of_two_characters_may_count_as_one(tmp_path: Path, ends: str) -> None:
    text = TEXT.replace("\n", "\r\n")
    start = text.index("On marche")
    coded, _ = read(tmp_path, qdpx(text, [(start, start + 9, "trajet")], "points", ends))
    assert coded is not None
    assert quotes(coded) == [("trajet", "On marche")]


def test_paragraphs_are_segments_with_their_speaker(tmp_path: Path) -> None:
    coded, _ = read(tmp_path, qdpx(TEXT, PASSAGES))
    assert coded is not None
    segments = coded.notes.segments
    assert segments["text"].tolist() == [
        "Les bus 🚌 ne passent plus.",
        "L’école 👩‍👧 est loin.",
        "On marche une heure 😀 le soir.",
    ]
    assert segments["speaker"].tolist() == ["P1", "P2", ""]
    assert segments["kind"].tolist() == ["speech", "speech", "observation"]
    assert segments["line"].tolist() == [1, 2, 3]


def test_a_passage_over_two_paragraphs_is_coded_in_each(tmp_path: Path) -> None:
    end = TEXT.index("est loin")
    coded, _ = read(tmp_path, qdpx(TEXT, [(FIRST, end, "bus")]))
    assert coded is not None
    assert quotes(coded) == [("bus", "ne passent plus."), ("bus", "L’école 👩‍👧")]


def test_words_that_stand_elsewhere_are_kept_apart_and_said(tmp_path: Path) -> None:
    data = qdpx(TEXT, PASSAGES)
    moved = data_with(data, f'startPosition="{FIRST}"', f'startPosition="{FIRST - 3}"')
    coded, problems = read(tmp_path, moved)
    assert coded is not None
    assert ("bus", "ne passent plus") in quotes(coded)
    assert coded.notes.segments["text"].tolist()[-1] == "ne passent plus"
    assert "SRC-355" in codes(problems)


def test_a_passage_without_place_or_words_is_an_error(tmp_path: Path) -> None:
    data = qdpx(TEXT, [(FIRST, FIRST + 15, "bus")], named=False)
    coded, problems = read(tmp_path, data_with(data, f'endPosition="{FIRST + 15}"', 'endPosition="9999"'))
    assert coded is not None
    assert coded.notes.codings.empty
    assert [item.code for item in problems.errors] == ["SRC-354"]


def test_a_place_that_no_words_prove_is_said(tmp_path: Path) -> None:
    coded, problems = read(tmp_path, qdpx(TEXT, PASSAGES, named=False))
    assert coded is not None
    assert quotes(coded)[1] == ("trajet", "On marche une heure")
    assert "SRC-356" in codes(problems)


def test_a_title_that_a_coder_gave_is_no_proof_and_no_doubt() -> None:
    assert place_spans("un mot ici", [Span(3, 6, "mon titre")]).spans == ((3, 6),)


def data_with(data: bytes, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    project = members.pop("project.qde").decode()
    assert old in project
    return packed(project.replace(old, new), {name[8:]: text for name, text in members.items()})


def test_nobody_is_named_in_any_table_or_message(tmp_path: Path) -> None:
    text = "Une phrase."
    users = '<User guid="u1" name="Fatima Testeuse"/><User guid="u2" name="Awa Essai"/>'
    picked = selection(text, (0, 3, "a"), 1, "points", "stored", user="u2")
    source = plain("Awa Essai.docx", text, picked)
    coded, problems = read(tmp_path, packed(qde(source, code("a"), users)))
    assert coded is not None
    assert coded.notes.codings["coder"].tolist() == ["codeur-2"]
    assert coded.notes.meetings["id"].tolist() == ["document-1"]
    tables = [coded.codes, coded.notes.meetings, coded.notes.segments, coded.notes.codings]
    told = (
        " ".join(table.to_csv() for table in tables)
        + tell(problems, "fr")
        + tell(problems, "en")
        + repr(coded)
    )
    assert not any(name in told for name in ("Fatima", "Testeuse", "Awa", "Essai"))


def test_a_document_named_by_a_code_and_a_date_keeps_its_name(tmp_path: Path) -> None:
    source = plain("Entretien 2024-03-12.docx", "a")
    coded, problems = read(tmp_path, packed(qde(source, "")))
    assert coded is not None
    meeting = coded.notes.meetings.iloc[0]
    assert (meeting["id"], meeting["kind"], meeting["date"]) == (
        "entretien-2024-03-12",
        "interview",
        "2024-03-12",
    )
    assert codes(problems) == []


def test_memos_never_leave_and_media_are_counted(tmp_path: Path) -> None:
    sources = (
        plain("a", "mot", "<Description>pour moi</Description>")
        + '<PictureSource guid="i" name="b.jpg"><PictureSelection guid="s" name="coin gauche">'
        '<Coding guid="c"><CodeRef targetGUID="A"/></Coding></PictureSelection></PictureSource>'
    )
    notes = '<Notes><Note guid="n" name="x"><PlainTextContent>mon avis</PlainTextContent></Note></Notes>'
    coded, problems = read(tmp_path, packed(qde(sources, code("A"), rest=notes)))
    assert coded is not None
    segments = coded.notes.segments
    assert segments.loc[segments["kind"] == "memo", "text"].tolist() == ["pour moi", "mon avis"]
    assert quotes(coded) == [("A", "coin gauche")]
    assert {"SRC-353", "SRC-358"} <= set(codes(problems))


@pytest.mark.parametrize("member", ["Project.qde", "PROJECT.QDE", "dossier/project.qde"])
def test_the_project_is_found_whatever_the_case_of_its_name(tmp_path: Path, member: str) -> None:
    coded, _ = read(tmp_path, packed(qde("", code("a")), member=member))
    assert coded is not None
    assert coded.codes["code"].tolist() == ["a"]


def test_a_text_that_is_missing_is_said_and_its_passages_keep_their_words(tmp_path: Path) -> None:
    picked = selection("Bonjour tout le monde", (0, 7, "a"), 1, "points", "stored")
    source = f'<TextSource guid="t" name="x" plainTextPath="internal://t.txt">{picked}</TextSource>'
    coded, problems = read(tmp_path, packed(qde(source, code("a"))))
    assert coded is not None
    assert quotes(coded) == [("a", "Bonjour")]
    assert codes(problems)[0] == "SRC-351"


def test_a_coding_with_an_unknown_code_is_an_error(tmp_path: Path) -> None:
    picked = selection("Bonjour", (0, 7, "absent"), 1, "points", "stored")
    source = (
        f'<TextSource guid="t" name="x"><PlainTextContent>Bonjour</PlainTextContent>{picked}</TextSource>'
    )
    _, problems = read(tmp_path, packed(qde(source, code("a"))))
    assert [item.code for item in problems.errors] == ["SRC-359"]


def test_themes_are_those_of_the_codebook_and_unknown_ones_are_told(tmp_path: Path) -> None:
    coded, problems = read(tmp_path, qdpx(TEXT, PASSAGES), known={"bus": "bus"})
    assert coded is not None
    assert coded.notes.codings["theme"].tolist() == ["bus"]
    assert [item.code for item in problems.errors] == ["SRC-111"]
    assert "trajet" not in tell(problems, "fr")


BOMB = '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Project>&b;</Project>'


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        (BOMB, "SRC-212"),
        ("<Project>" + "<Code>" * 300, "SRC-003"),
        ("<Autre/>", "SRC-350"),
        ("<Project", "SRC-003"),
    ],
)
def test_a_hostile_project_is_a_clear_message(tmp_path: Path, project: str, expected: str) -> None:
    coded, problems = read(tmp_path, packed(project))
    assert coded is None
    assert codes(problems) == [expected]


def test_an_archive_without_a_project_is_told(tmp_path: Path) -> None:
    coded, problems = read(tmp_path, packed("x", member="autre.txt"))
    assert coded is None
    assert codes(problems) == ["SRC-350"]


words = st.text(st.sampled_from("abcé \u0301😀🚌’ñ-"), min_size=1, max_size=14).filter(
    lambda word: word.strip()
)
texts = st.lists(words, min_size=1, max_size=5)


@settings(max_examples=50)
@given(st.data(), texts, st.sampled_from(["points", "units"]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_what_is_written_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
    lines: list[str],
    unit: str,
    end: str,
    other: bool,
) -> None:
    text = end.join(lines)
    starts = data.draw(st.lists(st.integers(0, len(text) - 1), min_size=1, max_size=4))
    passages = [
        (start, data.draw(st.integers(start + 1, len(text))), f"code {n}") for n, start in enumerate(starts)
    ]
    ends = ("two" if end == "\n" else "one") if other else "stored"
    coded, problems = read(tmp_path_factory.mktemp("refi"), qdpx(text, passages, unit, ends))
    assert coded is not None
    found: dict[str, str] = {}
    for theme, quote in quotes(coded):
        found[theme] = f"{found.get(theme, '')} {quote}".strip()
    doubt = {"SRC-354", "SRC-355", "SRC-356"} & set(codes(problems))
    for start, stop, name in passages:
        assert doubt or same(found.get(name, ""), text[start:stop])


def same(one: str, other: str) -> bool:
    flat = ("".join(unicodedata.normalize("NFD", text).split()) for text in (one, other))
    first, second = (text.replace("\u0301", "") for text in flat)
    return first == second


@settings(max_examples=50)
@given(st.integers(0, 10**6), st.integers(0, 7))
def test_a_flipped_bit_is_told_or_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    whole = qdpx(TEXT, PASSAGES)
    folder = tmp_path_factory.mktemp("flip")
    data = bytearray(whole)
    data[at % len(data)] ^= 1 << bit
    expected, _ = read(folder, whole)
    coded, problems = read(folder, bytes(data))
    assert expected is not None
    assert (
        problems.errors
        or (coded is not None and sorted(quotes(coded)) == sorted(quotes(expected)))
        or set(codes(problems)) - {"SRC-357"}
    )


@settings(max_examples=50)
@given(st.floats(0, 0.999))
def test_a_cut_is_always_told(tmp_path_factory: pytest.TempPathFactory, share: float) -> None:
    whole = qdpx(TEXT, PASSAGES)
    coded, problems = read(tmp_path_factory.mktemp("cut"), whole[: int(len(whole) * share)])
    assert coded is None
    assert problems.errors


def test_a_codebook_in_utf_16_is_read(tmp_path: Path) -> None:
    book = '<?xml version="1.0" encoding="utf-16"?><CodeBook><Codes>{}</Codes></CodeBook>'.format(code("été"))
    coded, _ = read(tmp_path, book.encode("utf-16"))
    assert coded is not None
    assert coded.codes["code"].tolist() == ["été"]
