"""What a member may start from: themes, protected figures, and her own quotes by the code of her card."""

from __future__ import annotations

import asyncio
import csv
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from awaited import awaited
from table import Table

from avis.evaluation import Evaluation, open_evaluation
from avis.room import offers
from avis.room.offers import Offers, collect, gather, main
from avis.writing.codes import COST

if TYPE_CHECKING:
    from avis.steps.protection import Shielded

EXEMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
DAY = "2026-01-01"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("offres") / "essai"
    return Path(shutil.copytree(EXEMPLE, root, ignore=shutil.ignore_patterns("build", "publications")))


@pytest.fixture(scope="module")
def evaluation(root: Path) -> Evaluation:
    return open_evaluation(root)


@pytest.fixture(scope="module")
def offered(evaluation: Evaluation) -> Offers:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVIS_AS_OF", DAY)
        patch.delenv("AVIS_BUILD", raising=False)
        return collect(evaluation)


def rows(evaluation: Evaluation) -> list[dict[str, str]]:
    path = evaluation.folders.root / "sources" / "consentements.csv"
    return list(csv.DictReader(path.open(encoding="utf-8-sig"), delimiter=";"))


def test_a_card_opens_its_own_quotes_and_no_others(evaluation: Evaluation, offered: Offers) -> None:
    found = offered.quotes_of("nz26-dmcx")
    mine = {row["contribution"] for row in rows(evaluation) if row["code_retour"] == "NZ26DMCX"}
    assert found and found.keys() <= mine
    assert found["at01-05"].text == "The desk closes before I finish work."
    assert set(found["at01-05"].audiences) == {"public", "funder", "members"}


@pytest.mark.parametrize("card", ["AAAA AAAA", "", " - ", "S8G9", "NZ26DMC", "NZ26DMCXX"])
def test_a_code_that_is_nobodys_and_the_code_of_a_person_open_nothing(offered: Offers, card: str) -> None:
    assert offered.quotes_of(card) == {}


def test_words_go_no_further_than_the_ledger_lets_them(offered: Offers) -> None:
    allowed = {quote.quote: set(quote.audiences) for quote in offered.quotes}
    assert allowed["at02-01"] == {"funder", "members"}  # granted for quoting, not for the web
    assert "at02-02" not in allowed  # granted for the report alone


def test_no_code_stands_in_what_the_server_keeps(evaluation: Evaluation, offered: Offers) -> None:
    kept = msgspec.json.encode(offered).decode()
    codes = {row["code_retour"] for row in rows(evaluation)} - {""}
    assert len(codes) > 5 and not [code for code in codes if code in kept]
    assert len(offered.salt) == 32 and COST >= 2**14


def test_all_phones_are_offered_themes_and_figures_alone(offered: Offers) -> None:
    assert offered.view.keys() == {"themes", "figures"}
    assert {"id": "horaires", "label": {"fr": "Horaires", "en": "Opening hours"}} in offered.view["themes"]
    assert "desk closes" not in str(offered.view)


def test_what_was_not_offered_is_no_source(offered: Offers) -> None:
    assert {"theme:horaires", "quote:at01-05"} <= offered.sources
    assert not {"theme:x", "horaires", "quote:at02-02", "figure:../x"} & offered.sources


def test_before_the_first_build_there_are_no_figures(offered: Offers) -> None:
    assert offered.figures == ()


def test_figures_are_totals_of_indicators_as_protected(shielded: Shielded, evaluation: Evaluation) -> None:
    from avis.steps.protection import hand_exhibits_over

    hand_exhibits_over(shielded)
    figures = {figure.id: figure.text for figure in offers._figures(open_evaluation(EXEMPLE))}
    assert figures.keys() <= {indicator.id for indicator in evaluation.settings.indicators}
    assert figures["rendez-vous"] == {
        "fr": "Rendez-vous individuels\u00a0: 106",
        "en": "Individual appointments: 106",
    }


def test_in_the_room_a_card_shows_its_quotes_and_approves_them(root: Path, offered: Offers) -> None:
    table = Table(open_evaluation(root))
    try:
        table.desk.offers = offered
        opened = {"date": "2026-01-02", "languages": ["fr", "en"], "scale": "accord", "present": 12}
        assert table.lead("open_session", **opened).ok
        assert table.lead("limits_read", language="fr", hash="0" * 64).ok
        given = table.phone("a", "quotes", card="NZ26 DMCX").given
        assert {"at01-05"} <= {one["quote"] for one in given["quotes"]}
        asked = {"quote": "at01-05", "audience": "members", "language": "en"}
        assert table.phone("a", "approve_quote", card="NZ26 DMCX", **asked).ok
        approval = table.desk.deliberation.quotes["at01-05"]
        assert approval.texts["members", "en"] == "The desk closes before I finish work."
        assert not table.phone("a", "approve_quote", card="AAAA AAAA", **asked).ok
        assert table.phone("a", "propose", question="q1", kind="statement", language="en", text="Open.",
                           confirmed=True, from_="theme:horaires").ok  # fmt: skip
    finally:
        table.desk.close()


def test_they_are_read_by_a_process_apart(
    root: Path, offered: Offers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVIS_AS_OF", DAY)
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    found = awaited(gather(root))
    assert (found.themes, found.quotes) == (offered.themes, offered.quotes)
    assert found.salt != offered.salt and not set(found.cards) & set(offered.cards)


def test_a_reading_that_fails_leaves_a_room_without_offers(tmp_path: Path) -> None:
    assert awaited(gather(tmp_path)) == Offers()
    assert main([str(tmp_path)]) == 1


def test_a_reading_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "lent.sh"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(offers.sys, "executable", os.fspath(slow))
    monkeypatch.setattr(offers, "MOST_WAITED", 0.2)
    with pytest.raises(asyncio.TimeoutError):
        awaited(gather(tmp_path))
