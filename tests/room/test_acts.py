"""What a page sends is read as if somebody hostile had written it."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table import Table, make_evaluation

from avis.i18n import LANGUAGES, words
from avis.room.acts import LEAD, MOST_LINES, MOST_TEXT, PHONE, Refused, clean, read

PROPOSE: dict[str, Any] = {
    "id": "abcd-1234",
    "do": "propose",
    "question": "q1",
    "kind": "statement",
    "language": "fr",
    "text": "Ouvrir le samedi.",
    "confirmed": True,
}


def code(raw: dict[str, Any], by: str = "phone") -> str:
    with pytest.raises(Refused) as caught:
        read(raw, by)
    return caught.value.code


def test_a_text_with_a_second_yes_is_read() -> None:
    assert read(PROPOSE, "phone")["text"] == "Ouvrir le samedi."


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"more": 1}, "SAL-001"),
        ({"seat": "a"}, "SAL-001"),
        ({"id": "short"}, "SAL-001"),
        ({"id": "../../../etc/passwd"}, "SAL-001"),
        ({"id": 12345678}, "SAL-001"),
        ({"do": "dance"}, "SAL-001"),
        ({"do": ["propose"]}, "SAL-001"),
        ({"question": "q1\n"}, "SAL-001"),
        ({"question": {"$ne": 1}}, "SAL-001"),
        ({"kind": "order"}, "SAL-001"),
        ({"language": "FR"}, "SAL-001"),
        ({"text": ["Ouvrir"]}, "SAL-001"),
        ({"text": None}, "SAL-001"),
        ({"text": "a" * (MOST_TEXT + 1)}, "SAL-003"),
        ({"text": "a" * 5_000_000}, "SAL-003"),
        ({"text": " \n\u202e\u200b "}, "SAL-004"),
        ({"text": "…!"}, "SAL-004"),
        ({"confirmed": False}, "SAL-005"),
        ({"confirmed": "yes"}, "SAL-005"),
        ({"confirmed": 1}, "SAL-005"),
        ({"confirmed": None}, "SAL-005"),
        ({"from": "theme:a b"}, "SAL-001"),
    ],
)
def test_what_is_not_of_the_form_is_refused_whole(change: dict[str, Any], expected: str) -> None:
    assert code(PROPOSE | change) == expected


@pytest.mark.parametrize("do", sorted(LEAD.keys() - PHONE.keys()))
def test_a_phone_may_do_nothing_of_the_facilitator(do: str) -> None:
    assert code({"id": "abcd-1234", "do": do}) == "SAL-002"


def test_a_level_with_true_as_its_version_is_refused() -> None:
    react = {"id": "abcd-1234", "do": "react", "item": "s1", "version": True, "level": "oui"}
    assert code(react) == "SAL-001"


def test_a_path_is_no_recording() -> None:
    kept = {"id": "abcd-1234", "do": "audio_kept", "item": "s1", "language": "fr", "sha256": "0" * 64}
    for file in ("../x.wav", "voix/../x.wav", "/etc/x.wav", "voix/.wav", "voix/a.exe", "voix/a/b.wav"):
        assert code(kept | {"file": file}, "lead") == "SAL-001"
    assert read(kept | {"file": "voix/a-1.wav"}, "lead")["file"] == "voix/a-1.wav"


def test_words_lose_what_cannot_be_seen_and_keep_what_scripts_are_written_with() -> None:
    assert clean("a\u202eb\u2066c\x00d\x1be\ufefff\U000e0041g") == "abcdefg"
    assert clean("e\u0301") == "\u00e9"
    assert (
        clean("\u0646\u200c\u0627 \U0001f469\u200d\U0001f33e")
        == "\u0646\u200c\u0627 \U0001f469\u200d\U0001f33e"
    )
    assert clean("a\r\nb\u2028c\td") == "a\nb\nc d"
    assert clean("a\ud800b") == "ab"


@pytest.mark.parametrize("text", ["\u3164\u3164", "\u2800", "\u115f", "\uffa0 \u1160", "\ud800"])
def test_signs_that_nobody_sees_are_no_text(text: str) -> None:
    assert code(PROPOSE | {"text": text}) == "SAL-004"


def test_a_letter_carries_as_many_marks_as_scripts_need_and_no_tower() -> None:
    assert clean("ẹ̀" + "a" + "\u0301" * 500) == "ẹ̀" + unicodedata.normalize("NFC", "a" + "\u0301" * 5)


def test_a_text_has_ten_lines_at_most() -> None:
    text = clean("\n".join(str(number) for number in range(30)))
    assert text.count("\n") == MOST_LINES - 1
    assert text.split() == [str(number) for number in range(30)]


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean(text).encode("utf-8").decode("utf-8") == clean(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(
    do=st.sampled_from(sorted(LEAD | PHONE)) | st.text(max_size=8),
    fields=st.dictionaries(st.sampled_from(["item", "text", "code", "version", "items", "x"]), json_values),
    by=st.sampled_from(["phone", "lead"]),
)
def test_whatever_is_sent_is_an_act_or_refused(do: str, fields: dict[str, Any], by: str) -> None:
    try:
        assert read({"id": "abcd-1234", "do": do, **fields}, by).do == do
    except Refused as refused:
        assert refused.code.startswith("SAL-")


def test_every_refusal_has_its_words_in_both_languages() -> None:
    room = Path(__file__).parents[2] / "lib" / "avis" / "room"
    said = {
        part[:7]
        for file in (*room.glob("acts*.py"), room / "desk.py", room / "sitting.py", room / "box.py")
        for part in file.read_text(encoding="utf-8").split('"')
        if part.startswith("SAL-") and len(part) == 7
    }
    assert len(said) > 30
    for language in LANGUAGES:
        entries = words("room", language)["errors"]
        assert said <= entries.keys()
        assert all(entries[code]["what"] and entries[code]["do"] for code in said)


def test_markup_and_quotes_are_words_like_others(tmp_path: Path) -> None:
    table = Table(make_evaluation(tmp_path)).begin()
    text = "<script>alert('x')</script> \"}{ ' -- $(rm -rf /) %s {0}"
    assert table.propose(text).ok
    assert table.desk.deliberation.items["s1"].wordings[0].text == text


def test_nothing_hostile_is_written_anywhere(tmp_path: Path) -> None:
    evaluation = make_evaluation(tmp_path)
    table = Table(evaluation).begin()
    before = {path: path.read_bytes() for path in evaluation.folders.root.rglob("*") if path.is_file()}
    for change in ({"from": "theme:NomDeFamille"}, {"question": "q9"}, {"language": "de"}, {"more": "x"}):
        assert not table.desk.phone(PROPOSE | change, "a").ok
    for do, item in (("amend", "s9"), ("amend", "../s1"), ("dissent", "s9")):
        raw = {"id": "abcd-5678", "do": do, "item": item, "language": "fr", "text": "x", "confirmed": True}
        assert not table.desk.phone(json.loads(json.dumps(raw)), "a").ok
    assert {
        path: path.read_bytes() for path in evaluation.folders.root.rglob("*") if path.is_file()
    } == before
