"""Drafts made from words that may no longer be shown are gone, even where the build fails afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.exhibits import (
    Audience,
    Evidence,
    Exhibit,
    Exhibits,
    Part,
    Quote,
    Setting,
    Story,
    Told,
    Verdict,
    Wording,
)
from avis.folders import Folders
from avis.handover.assembling import hand_over
from avis.handover.forgetting import forget_drafts

EVERYBODY: tuple[Audience, ...] = ("public", "funder", "members")
EVIDENCE = Evidence(rule={"fr": "Mots exacts."})


def quote(words: str = "Le bus part trop tôt.", audiences: tuple[Audience, ...] = EVERYBODY) -> Quote:
    wordings = (Wording(language="fr", text=words, original=True),)
    return Quote(id="at01-01", wordings=wordings, audiences=audiences, setting={}, evidence=EVIDENCE)


def story(*words: str, audiences: tuple[Audience, ...] = EVERYBODY) -> Story:
    told = tuple(
        Told(wordings=(Wording(language="fr", text=one, original=True),), audiences=audiences)
        for one in words
    )
    part = Part(label={"fr": "Les lettres"}, told=told)
    return Story(
        id="changement", method="most_significant_change", title={}, parts=(part,), evidence=EVIDENCE
    )


def handed(*items: Exhibit) -> Exhibits:
    title = {"fr": "Essai"}
    setting = Setting(
        slug="essai", title=title, organisation="Essai", status="finished", start="2023", end="2024"
    )
    verdict = Verdict(passed=True, threshold=11, cells=0, hidden=0, checks={})
    return Exhibits(setting=setting, sources=(), exhibits=items, verdict=verdict)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """An evaluation whose draft was made."""
    folders = Folders(tmp_path)
    draft, notebook = folders.drafts / "avis.public.fr.html", folders.private / "notebooks" / "50-avis.ipynb"
    for path in (draft, notebook):
        path.parent.mkdir(parents=True)
        path.write_text("Le bus part trop tôt.", "utf-8")
    return folders


def forgets(folders: Folders, before: Exhibit, now: tuple[Exhibit, ...]) -> bool:
    """Whether nothing is left of the drafts; half of them would be a fault in both directions."""
    hand_over(handed(before), folders.exhibits)
    gone = forget_drafts(folders, handed(*now))
    left = [*folders.drafts.glob("*"), *(folders.private / "notebooks").glob("*")]
    assert len(left) == (0 if gone else 2)
    return gone


def test_drafts_stay_where_the_same_words_may_still_be_shown(folders: Folders) -> None:
    assert not forgets(folders, quote(), (quote(), story("De plus.")))


def test_a_quote_that_is_no_longer_there_takes_the_drafts_along(folders: Folders) -> None:
    assert forgets(folders, quote(), ())


def test_a_quote_whose_words_were_replaced_takes_the_drafts_along(folders: Folders) -> None:
    assert forgets(folders, quote(), (quote("Le bus part [tôt]."),))


def test_words_of_a_story_that_are_no_longer_there_take_the_drafts_along(folders: Folders) -> None:
    assert forgets(folders, story("Je les ouvre.", "Avec elle."), (story("Je les ouvre."),))


def test_words_that_fewer_may_read_than_before_take_the_drafts_along(folders: Folders) -> None:
    assert forgets(folders, quote(), (quote(audiences=("members",)),))


def test_words_of_a_story_that_fewer_may_read_take_the_drafts_along(folders: Folders) -> None:
    assert forgets(folders, story("Je les ouvre."), (story("Je les ouvre.", audiences=("funder",)),))


def test_words_that_more_may_read_than_before_leave_the_drafts(folders: Folders) -> None:
    assert not forgets(folders, quote(audiences=("members",)), (quote(),))
