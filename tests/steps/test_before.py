"""What a build says of the editions that went out before it."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from avis.cli.build import tell_compared
from avis.disclosure.rules import Rules
from avis.editions.keyed import Trace
from avis.editions.register import Held, Issued, SentFile, append
from avis.errors import Place, Problems
from avis.exhibits import Evidence, Quote
from avis.folders import Folders
from avis.steps.before import keep_told, read_before, tell_absent, told_before

FILE = SentFile(name="avis.public.fr.html", sha256="ab" * 32)


def quote(id: str) -> Quote:
    return Quote(id=id, wordings=(), audiences=("public",), setting={}, evidence=Evidence(rule={}))


def opened(root: Path, *held: str) -> Any:
    words = tuple(Held(id=id, kind="quote", trace=Trace(1, ("00",))) for id in held)
    append(root, [Issued(edition="e1", on="2026-01-01", audience="public", files=(FILE,), held=words)])
    return SimpleNamespace(folders=SimpleNamespace(root=root))


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
    assert "63" in told and "attendez" in told and "FIN-020" not in told


def test_where_nothing_was_handed_over_nothing_is_said_of_former_editions(tmp_path: Path) -> None:
    assert told_before(Folders(tmp_path)) == []
