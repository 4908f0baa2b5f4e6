"""Words of people in the built documents: for whom they are, and what never stands beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from built import ROOT, Draft, plain

from avis.exhibits import Exhibits, Quote, Story, Told
from avis.sealing import load

pytestmark = pytest.mark.slow
NOTES = ROOT / "evaluations" / "exemple-fictif" / "sources" / "ateliers"
AFTER = 120
"""Characters of a page in which what is said of a quote would stand."""
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
ENGLISH = "January February March April May June July August September October November December"
MONTHS = {language: names.split() for language, names in (("fr", FRENCH), ("en", ENGLISH))}
ROLE = re.compile(
    r"\bP\d+\b|\((?:fr|en|pcm)\)|bénévole|volunteer|interprète|interpreter|membre|member|juriste|"
    r"\b(?:médiathèque|library|gare|station|marché|market|maison des droits|house of rights|local|premises)\b"
)


@pytest.fixture(scope="session")
def handed(exemple: dict[str, Draft], build_folder: Path) -> Exhibits:
    assert exemple
    return load(build_folder / "exemple-fictif" / "private" / "exhibits.json")


def told(exhibits: Exhibits) -> list[Quote | Told]:
    quotes = [item for item in exhibits.exhibits if isinstance(item, Quote)]
    stories = [item for item in exhibits.exhibits if isinstance(item, Story)]
    return [*quotes, *(one for story in stories for part in story.parts for one in part.told)]


def squeezed(text: str) -> str:
    """A text without what a page or a line may change in it."""
    return re.sub(r"[\W_]+", "", plain(text))


def test_words_for_some_readers_are_in_no_byte_of_what_is_for_everybody(
    exemple: dict[str, Draft], handed: Exhibits
) -> None:
    public = [one for one in told(handed) if "public" in one.audiences]
    others = [one for one in told(handed) if "public" not in one.audiences]
    assert len(others) >= 5 and any(isinstance(one, Told) for one in others)
    everything = {name: squeezed(draft.decoded) for name, draft in exemple.items()}
    for name, text in everything.items():
        raw = squeezed(exemple[name].data.decode("latin-1"))
        for one in others:
            if ".recipient." in name and one.recipients:  # an answer to a call goes to whom she named
                continue
            words = squeezed(one.wordings[0].text)
            assert words not in text and words not in raw, name
    assert any(squeezed(one.wordings[0].text) in everything["avis.public.fr.pdf"] for one in public)


def dates(language: str) -> list[str]:
    """Every day on which a meeting was held, as a document would write it."""
    days = [re.match(r"(\d{4})-(\d\d)-(\d\d)", note.name) for note in NOTES.glob("*.md")]
    return [f"{int(day[3])} {MONTHS[language][int(day[2]) - 1]}" for day in days if day] + [
        day[0] for day in days if day
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_a_quote_stands_with_a_kind_of_meeting_and_a_year_and_with_no_role_day_or_place(
    language: str, ending: str, exemple: dict[str, Draft], handed: Exhibits
) -> None:
    text = exemple[f"avis.public.{language}.{ending}"].text
    seen = 0
    for quote in (one for one in told(handed) if isinstance(one, Quote) and "public" in one.audiences):
        words = r"\s*".join(re.escape(word) for word in re.split(r"\s+", quote.wordings[0].text))
        for found in re.finditer(words, text):
            seen += 1
            after = text[found.end() : found.end() + AFTER]
            setting = after.split("(", 1)[0]  # the call of its note ends what is said of it
            assert re.search(r"\b20\d\d\b", setting), quote.id
            assert not ROLE.search(setting), quote.id
            assert not any(day.casefold() in after.casefold() for day in dates(language)), quote.id
    assert seen >= 10


@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_in_a_record_of_a_method_stand_with_no_day_and_no_code_of_a_speaker(
    language: str, exemple: dict[str, Draft]
) -> None:
    page = exemple[f"avis.public.{language}.html"].data.decode("utf-8")
    records = re.findall(r'<article class="telling".*?</article>', page, flags=re.DOTALL)
    assert len(records) >= 5
    for record in records:
        shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", record)).casefold()
        assert not any(day.casefold() in shown for day in dates(language))
        assert not re.search(r"\bp\d+\b", shown)


def test_square_brackets_are_explained_beside_the_words(exemple: dict[str, Draft]) -> None:
    told = {"fr": "entre crochets, des mots remplacés", "en": "in square brackets, words that were replaced"}
    for language, words in told.items():
        for ending in ("html", "pdf"):
            text = exemple[f"avis.public.{language}.{ending}"].text
            assert text.count("[") and squeezed(words) in squeezed(text.partition("[Sauge]")[2][:400])
