"""A message to each place that has an edition: what it is, what to do, and not a word about why."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from avis.editions.keyed import trace
from avis.editions.register import Edition, Held, Issued, Placed, SentFile
from avis.rights.messages import write_messages
from avis.rights.notices import Signed

TODAY = dt.date(2026, 2, 3)
SIGNED = Signed("Association Exemple", {"fr": "l’accueil", "en": "the desk"})
WORDS = "The desk closes before I finish work."
TOWN, SITE = "Ville de Valmarin", "https://www.valmarin.example/avis/a.html"


def edition(id: str, *placed: Placed, draft: bool = False) -> Edition:
    file = SentFile(name="avis.public.fr.html", sha256=id[-1] * 64, language="fr")
    held = Held(id="at07-03", kind="quote", trace=trace(b"k", WORDS))
    on = "2026-01-01"
    issued = Issued(edition=id, on=on, audience="public", draft=draft, files=(file,), held=(held,))
    return Edition(issued, placed)


def sent(id: str, recipient: str = "", place: str = "") -> Placed:
    return Placed(edition=id, on="2026-01-02", recipient=recipient, place=place)


def test_each_place_gets_one_message_that_names_all_that_it_has(tmp_path: Path) -> None:
    editions = [
        edition("2026-01-01-00000001", sent("1", TOWN), sent("1", place=SITE)),
        edition("2026-01-01-00000002", sent("2", TOWN), draft=True),
    ]
    *messages, told = write_messages(editions, tmp_path, SIGNED, TODAY)
    town, site = (path.read_text(encoding="utf-8") for path in messages)
    assert (
        town.count("sha256 " + "1" * 64) == 2 and town.count("sha256 " + "2" * 64) == 2
    )  # twice: two languages
    assert "2026-01-01-00000002" not in site and SITE in site
    assert "projet" in town and "Madame, Monsieur" in town and "Dear Sir or Madam" in town
    assert all(path.name in told.read_text(encoding="utf-8") for path in messages)


def test_only_a_site_is_asked_about_search_engines_and_archives(tmp_path: Path) -> None:
    both = edition("2026-01-01-00000001", sent("1", TOWN), sent("1", place=SITE))
    town, site, _ = write_messages([both], tmp_path, SIGNED, TODAY)
    assert "Google" in site.read_text(encoding="utf-8") and "archive.org" in site.read_text(encoding="utf-8")
    assert "Google" not in town.read_text(encoding="utf-8")


def test_no_message_says_why_or_where(tmp_path: Path) -> None:
    both = edition("2026-01-01-00000001", sent("1", TOWN), sent("1", place=SITE))
    for path in write_messages([both], tmp_path, SIGNED, TODAY):
        told = path.read_text(encoding="utf-8").casefold()
        for word in (
            "at07-03",
            "desk closes",
            "parole",
            "quote ",
            "citation",
            "paragraph",
            "passage",
            "consent",
        ):
            assert word not in told


def test_what_nobody_can_call_back_is_told_to_the_evaluator(tmp_path: Path) -> None:
    lost = edition("2026-01-01-00000003")
    (told,) = write_messages([lost], tmp_path, SIGNED, TODAY)
    words = told.read_text(encoding="utf-8")
    assert "tirages" in words and "printed" in words and "2026-01-01-00000003" in words


def test_a_second_withdrawal_of_the_day_keeps_the_messages_of_the_first(tmp_path: Path) -> None:
    first = write_messages([edition("2026-01-01-00000001", sent("1", TOWN))], tmp_path, SIGNED, TODAY)
    kept = {path: path.read_bytes() for path in first}
    again = write_messages([edition("2026-01-01-00000001", sent("1", TOWN))], tmp_path, SIGNED, TODAY)
    assert again == first
    second = write_messages([edition("2026-01-01-00000002", sent("2", TOWN))], tmp_path, SIGNED, TODAY)
    assert second[0] != first[0]
    assert {path: path.read_bytes() for path in first} == kept


@pytest.mark.parametrize(
    "where", ["../../etc/cron", "https://x.example/../../../a?b=c#d", "·", "a" * 500, "nul\x00\n"]
)
def test_no_place_names_a_file_outside_the_folder(tmp_path: Path, where: str) -> None:
    folder = tmp_path / "messages"
    made = write_messages([edition("2026-01-01-00000001", sent("1", where))], folder, SIGNED, TODAY)
    assert all(path.parent == folder and len(path.name) < 100 for path in made)
    assert list(tmp_path.iterdir()) == [folder]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (*made, folder))


def test_a_file_is_named_after_no_recipient_and_no_path_since_either_may_name_somebody(
    tmp_path: Path,
) -> None:
    where = "https://www.valmarin.example/nomassez?tel=0600000000"
    placed = edition("2026-01-01-00000001", sent("1", "Nomassez Long"), sent("1", place=where))
    names = [path.name for path in write_messages([placed], tmp_path, SIGNED, TODAY)]
    assert names[:2] == ["2026-02-03-01-organisation.txt", "2026-02-03-02-www-valmarin-example.txt"]
