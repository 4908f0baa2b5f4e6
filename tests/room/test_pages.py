"""The three pages as files: what they weigh, that every word and pictogram is there, in every language."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from table import make_evaluation

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.room import spoken
from avis.room.pages import HOME, PAGES, make_page

MADE = re.compile(r"\bt\(\s*`?\"?([a-z_.]+\.)(?:\" \+|\$\{)")
ASKED = re.compile(r"\"([a-z_]+(?:\.[a-z_]+)*)\"")


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    return make_evaluation(tmp_path)


def scripts(view: str) -> str:
    html = (HOME / f"{view}.html").read_text("utf-8")
    return "\n".join((HOME / name).read_text("utf-8") for name in re.findall(r'src="([a-z_]+\.js)"', html))


@pytest.mark.parametrize("view", PAGES)
@pytest.mark.parametrize("language", spoken.OURS)
def test_a_page_with_its_words_weighs_less_than_60_kilobytes(
    evaluation: Evaluation, view: str, language: str
) -> None:
    page = make_page(view, spoken.words(evaluation, language, view))
    assert len(page.html) < 60_000
    assert len(page.scripts) == len(page.styles) == 1


@pytest.mark.parametrize("language", spoken.OURS)
def test_every_language_of_ours_has_the_same_words_and_the_same_facts_in_them(language: str) -> None:
    french, other = spoken.packaged("fr"), spoken.packaged(language)
    assert french.keys() == other.keys()
    fact = re.compile(r"\{\w+\}")
    assert {key: set(fact.findall(text)) for key, text in french.items()} == {
        key: set(fact.findall(text)) for key, text in other.items()
    }


@pytest.mark.parametrize("view", PAGES)
def test_every_word_that_a_page_asks_for_is_there_and_none_is_carried_for_nothing(view: str) -> None:
    source = scripts(view)
    known = {
        key.partition(".")[2] for key in spoken.packaged("fr") if key.partition(".")[0] in ("common", view)
    }
    asked = set(re.findall(r"\bt\(\s*\"([a-z_.]+[a-z_])\"[,)]", source))
    assert asked - known == set()
    begun = set(MADE.findall(source)) | {"mine.", "card.", "stop.", "talk."}
    named = set(ASKED.findall(source))
    own = {key.partition(".")[2] for key in spoken.packaged("fr") if key.startswith(f"{view}.")}
    assert {key for key in own - named if not key.startswith(tuple(begun))} == set()


@pytest.mark.parametrize("view", PAGES)
def test_every_pictogram_that_is_drawn_exists(view: str) -> None:
    drawn = set(re.findall(r"\bicon\(\"([a-z]+)\"\)", scripts(view)))
    drawn |= set(re.findall(r"\b(?:button|note|step)\(\s*\"([a-z]+)\"", scripts(view)))
    kinds = {"support", "reserve", "abstain", "aside", "oppose", "talk", "statement", "recommendation"}
    known = set(re.findall(r'<symbol id="i-([a-z]+)"', (HOME / "icons.svg").read_text("utf-8")))
    assert (drawn | kinds) - known == set()


@pytest.mark.parametrize("view", PAGES)
def test_no_data_becomes_markup_and_nothing_is_asked_of_another_host(view: str) -> None:
    source = scripts(view)
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function("):
        assert forbidden not in source
    for forbidden in ("document.cookie", "serviceWorker", "randomUUID", "clipboard", "sendBeacon"):
        assert forbidden not in source.replace("`crypto.randomUUID` is absent", "")
    page = make_page(view, {"language": "fr"}).html.decode()
    assert set(re.findall(r"https?://[\w./]+", page)) == {"http://www.w3.org/2000/svg"}
    assert re.search(r"<[^>]+\s(?:style|on\w+)=", page.partition("<script")[0]) is None
    assert "<title>Notes</title>" in page


def test_words_of_an_association_end_no_element(evaluation: Evaluation) -> None:
    words = {"language": "fr", "words": {"leave": "</script><script>alert(1)</script>"}}
    page = make_page("phone", words).html.decode()
    assert "alert(1)</script>" not in page
    data = re.search(r'<script type="application/json" id="words">(.*?)</script>', page)
    assert data is not None and json.loads(data[1]) == words


# --- words and clips of the association


def write(evaluation: Evaluation, name: str, content: str | bytes) -> None:
    path = evaluation.folders.root / "salle" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def as_toml(flat: dict[str, str]) -> str:
    lines = []
    for key, text in flat.items():
        quoted = ".".join(f'"{part}"' for part in key.split("."))
        lines.append(f"{quoted} = {json.dumps(text)}")
    return "\n".join(lines)


def codes(evaluation: Evaluation) -> list[str]:
    problems = Problems()
    spoken.read_words(evaluation, problems)
    return [problem.code for problem in problems.items]


def test_an_association_changes_a_word_and_keeps_the_others(evaluation: Evaluation) -> None:
    write(evaluation, "mots.fr.toml", '[phone]\nleave = "Partir"\n')
    found = spoken.words(evaluation, "fr", "phone")["words"]
    assert found["leave"] == "Partir"
    assert found["join.title"] == "Bonjour"
    assert codes(evaluation) == []


def test_a_language_is_offered_once_all_words_of_a_phone_are_there(evaluation: Evaluation) -> None:
    phones = {key: "x" for key in spoken.packaged("fr") if key.startswith(("name", "common.", "phone."))}
    missing = phones.pop("phone.leave")
    write(evaluation, "mots.pcm.toml", as_toml(phones))
    assert codes(evaluation) == ["SAL-072"]
    assert list(spoken.words(evaluation, "pcm", "phone")["languages"]) == ["fr", "en", "es"]
    assert spoken.words(evaluation, "pcm", "phone")["language"] == "fr"
    write(evaluation, "mots.pcm.toml", as_toml({**phones, "phone.leave": missing}))
    assert codes(evaluation) == []
    found = spoken.words(evaluation, "pcm", "phone")
    assert (found["language"], found["languages"]["pcm"], found["words"]["leave"]) == ("pcm", "x", "x")


def test_words_that_no_page_has_or_can_fill_are_said_and_left(evaluation: Evaluation) -> None:
    long = "x" * 601
    own = f'[phone]\nleave = "{long}"\nother = "x"\n[phone.join]\ntitle = "{{name}}"\nenter = ""\n'
    write(evaluation, "mots.fr.toml", own)
    assert codes(evaluation) == ["SAL-071"]
    assert spoken.words(evaluation, "fr", "phone")["words"]["leave"] == "Quitter vite"


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[phone", b"x" * 200_001])
def test_a_file_of_words_that_cannot_be_read_stops_nothing(evaluation: Evaluation, content: bytes) -> None:
    write(evaluation, "mots.fr.toml", content)
    assert codes(evaluation) == ["SAL-070"]
    assert spoken.words(evaluation, "fr", "phone")["words"]["leave"] == "Quitter vite"


def test_clips_are_found_by_key_and_nothing_else_is(evaluation: Evaluation, tmp_path: Path) -> None:
    write(evaluation, "voix/pcm/limits.ogg", b"OggS")
    write(evaluation, "voix/pcm/notes.txt", b"no clip")
    assert spoken.clip(evaluation, "pcm", "limits") is not None
    assert spoken.words(evaluation, "fr", "phone")["clips"] == {"pcm": ["limits"]}
    for language, key in [("pcm", "../../evaluation"), ("..", "limits"), ("pcm", "notes"), ("pcm", "")]:
        assert spoken.clip(evaluation, language, key) is None


def test_a_clip_that_leads_out_of_the_folder_is_none(evaluation: Evaluation, tmp_path: Path) -> None:
    outside = tmp_path / "outside.mp3"
    outside.write_bytes(b"secret")
    folder = evaluation.folders.root / "salle" / "voix" / "fr"
    folder.mkdir(parents=True)
    (folder / "limits.mp3").symlink_to(outside)
    shutil.copy(outside, folder / "inside.mp3")
    assert spoken.clip(evaluation, "fr", "limits") is None
    assert spoken.clips(evaluation, "fr") == ["inside"]
