"""What a build says of the editions that went out before it."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from avis.cli.build import tell_compared
from avis.disclosure.former.reading import Former
from avis.disclosure.rules import Rules
from avis.editions.keyed import Trace
from avis.editions.printed import PrintedCell, PrintedTable
from avis.editions.register import Held, Issued, SentFile, append
from avis.errors import Place, Problems
from avis.exhibits import Audience, Cell, Evidence, Quote
from avis.findings.model import Finding, changed
from avis.folders import Folders
from avis.settings import Disclosure
from avis.steps.before import (
    Before,
    keep_told,
    read_before,
    tell_absent,
    told_before,
    without_lost_themes,
)

FILE = SentFile(name="avis.public.fr.html", sha256="ab" * 32)


def quote(id: str, audience: Audience = "public") -> Quote:
    return Quote(id=id, wordings=(), audiences=(audience,), setting={}, evidence=Evidence(rule={}))


def opened(root: Path, *held: str) -> Any:
    words = tuple(Held(id=id, kind="quote", trace=Trace(1, ("00",))) for id in held)
    append(root, [Issued(edition="e1", on="2026-01-01", audience="public", files=(FILE,), held=words)])
    settings = SimpleNamespace(disclosure=Disclosure(), labels={})
    return SimpleNamespace(folders=SimpleNamespace(root=root), settings=settings)


@pytest.mark.parametrize(
    ("now", "told"),
    [(["a", "b"], True), (["a", "b", "c"], False), (["a"], False), (["a", "b", "d"], False)],
    ids=["one less", "the same", "two less", "one less and one more"],
)
def test_an_edition_that_differs_by_one_absent_quote_is_told(
    tmp_path: Path, now: list[str], told: bool
) -> None:
    problems = Problems()
    tell_absent(opened(tmp_path, "a", "b", "c"), [quote(id) for id in now], problems)
    assert [item.code for item in problems] == (["DIS-054"] if told else [])


def test_words_for_another_audience_do_not_hide_that_one_quote_is_absent(tmp_path: Path) -> None:
    problems = Problems()
    tell_absent(
        opened(tmp_path, "a", "b"), [quote("a"), quote("b", "funder"), quote("c", "funder")], problems
    )
    assert [item.code for item in problems] == ["DIS-054"]


def themes(*there: int) -> Finding:
    cells = tuple(
        Cell(where=(("meeting", f"at0{at}"), ("theme", "attente")), n=n) for at, n in enumerate(there)
    )
    return Finding(
        id="themes-meetings",
        subject="themes",
        title={},
        measure="acts",
        population="meetings",
        cells=cells,
        unit={},
        evidence=Evidence(rule={}),
        protect=False,
    )


@pytest.mark.parametrize(
    ("now", "shown"), [((1, 0, 1), True), ((1, 1, 1), True), ((0, 0, 1), False), ((0, 1, 1), False)]
)
def test_a_meeting_that_lost_a_theme_leaves_the_tables_of_themes_out(
    now: tuple[int, ...], shown: bool
) -> None:
    """One theme less would tell where words that were taken back had been said, and on what."""
    problems, other = Problems(), changed(themes(1), id="x", population="rendez-vous")
    then = PrintedTable(
        id="themes-meetings",
        measure="acts",
        population="meetings",
        people=False,
        cells=tuple(PrintedCell(where=cell.where, n=cell.n) for cell in themes(1, 0, 1).cells),
    )
    before = Before(("e1",), ((then,),), Former())
    kept = without_lost_themes((themes(*now), other), before, problems)
    assert [one.id for one in kept] == (["themes-meetings", "x"] if shown else ["x"])
    assert [item.code for item in problems] == ([] if shown else ["DIS-055"])


def test_an_edition_of_which_no_table_was_kept_is_told_and_compared_with_nothing(tmp_path: Path) -> None:
    problems = Problems()
    before = read_before(opened(tmp_path, "a"), [], Rules(), problems)
    assert [item.code for item in problems] == ["DIS-050"] and not problems.errors
    assert before.former.editions == () and before.compared(()) == 0


def test_a_build_says_on_the_terminal_what_former_editions_cost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problems, folders = Problems(), Folders(tmp_path)
    problems.warn("DIS-052", Place("registre.jsonl"), n=63, threshold=11)
    problems.warn("FIN-020", Place("sources/activites.csv"), value="x")
    keep_told(folders, problems)
    assert [item.code for item in told_before(folders)] == ["DIS-052"]
    tell_compared(SimpleNamespace(folders=folders))  # type: ignore[arg-type]
    told = capsys.readouterr().err
    assert "63" in told and "Attendre" in told and "FIN-020" not in told


def test_where_nothing_was_handed_over_nothing_is_said_of_former_editions(tmp_path: Path) -> None:
    assert told_before(Folders(tmp_path)) == []
