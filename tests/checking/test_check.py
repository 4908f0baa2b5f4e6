"""`avis check` tells all that is wrong at once: what reading, counting and writing would stumble on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from avis.checking.check import check
from avis.errors import Problem, tell
from avis.folders import Folders

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
Change = tuple[str, str]


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """What check remarks on the example as it is: the traps that were laid in it on purpose."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVIS_BUILD", str(tmp_path_factory.mktemp("build")))
        return {(item.code, item.place.field) for item in check(Folders(EXAMPLE))}


@pytest.fixture
def told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, usual: set[tuple[str, str]]
) -> Callable[..., list[Problem]]:
    """Change files of a copy of the example, and give what check says that it did not say before."""
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    folder = tmp_path / "essai"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("build", "generateur"))

    def change(*changes: Change, file: str = "evaluation.yaml") -> list[Problem]:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text, before
            text = text.replace(before, after, 1)
        path.write_text(text, encoding="utf-8")
        # What the drafts of protection/ were written from changes here on purpose: RIG-054 says so each time.
        found = [item for item in check(Folders(folder)) if item.code not in ("RIG-052", "RIG-054")]
        return [item for item in found if (item.code, item.place.field) not in usual]

    change.folder = folder  # type: ignore[attr-defined]
    return change


def test_the_example_has_remarks_alone(usual: set[tuple[str, str]]) -> None:
    assert usual == {
        ("FIN-011", "personnes-accompagnees"),
        ("FIN-021", ""),
        ("FIN-024", "indicators"),
        ("EVA-035", "indicators.12.where.type"),
        ("SRC-046", "type"),
        ("SRC-139", ""),
        ("SRC-443", "outcomes.2"),
    }


def hint(problem: Problem) -> str:
    return str(dict(problem.facts).get("hint", ""))


@pytest.mark.parametrize(
    ("change", "code", "near", "line"),
    [
        (("question: comprendre,", "question: comprendr,"), "FIN-003", "comprendre", "comprendr,"),
        (("{question: ou_aller,", "{question: ou_alller,"), "FIN-003", "ou_aller", "ou_alller"),
        (("{question: interprete,", "{by: sexx, question: interprete,"), "FIN-010", "sex", "sexx"),
        (("where: {type: permanence}", "where: {type: permanance}"), "EVA-035", "permanence", "permanance"),
        (("where: {type: permanence}", "where: {place: mairie}"), "EVA-035", "", "mairie"),
        (
            ("count: count\n    where: {type: notice}", "count: figure\n    figure: visites-site\n"),
            "FIN-007",
            "",
            "id: notices",
        ),
        (("threshold: 11", "threshold: 6"), "DIS-002", "", "threshold: 6"),
    ],
)
def test_what_counting_would_stumble_on_is_told_with_its_line(
    told: Callable[..., list[Problem]], change: Change, code: str, near: str, line: str
) -> None:
    (found,) = told(change)
    text = (told.folder / "evaluation.yaml").read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert (found.code, hint(found), found.place.file) == (code, near, "evaluation.yaml")
    assert line in text.splitlines()[found.place.line - 1]


def test_a_misspelt_column_of_person_codes_is_proposed(told: Callable[..., list[Problem]]) -> None:
    found = told(("person: code #", "person: cod #"))
    assert ("SRC-068", "code") in {(item.code, hint(item)) for item in found}


def test_one_pass_tells_mistakes_of_every_kind(told: Callable[..., list[Problem]]) -> None:
    found = told(
        ("question: comprendre,", "question: comprendr,"),
        ("{question: ou_aller,", "{question: ou_alller,"),
        ("where: {type: permanence}", "where: {type: permanance}"),
        ("threshold: 11", "threshold: 6"),
        ("  - id: q2", "  - id: q22"),
    )
    assert {item.code for item in found} >= {"FIN-003", "EVA-035", "DIS-002", "SES-031", "TXT-004"}
    assert sum(item.code == "FIN-003" for item in found) == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("status: finished", "status: finishd"), "EVA-013"),
        (("period: {start:", "periode: {start:"), "EVA-011"),
        (("\nminors: none", "\nminors: nobody"), "EVA-013"),
        (("  - id: tournees\n", "  - id: tournees\n    chart: perhaps\n"), "EVA-012"),
        (("- id: apres\n", "- id: apres\n      wav: 2\n"), "EVA-010"),
        (("title: {fr: Ouvrir", "title: {fr: [Ouvrir"), "EVA-005"),
        (("title: {fr: Ouvrir", "title: &a {fr: Ouvrir"), "EVA-006"),
    ],
)
def test_a_mistake_in_the_yaml_hides_none_elsewhere(
    told: Callable[..., list[Problem]], change: Change, code: str
) -> None:
    folder: Path = told.folder  # type: ignore[attr-defined]
    with (folder / "textes" / "10-q1.fr.md").open("a", encoding="utf-8") as text:
        text.write("\nNous avons vu 18 femmes.\n")
    unread = code in ("EVA-005", "EVA-006")
    if not unread:
        (folder / "sources" / "budget.csv").write_text("ligne;prevu\nx;beaucoup\n", encoding="utf-8")
    found = told(change)
    codes = [item.code for item in found]
    assert code in codes and "TXT-020" in codes
    assert unread or "SRC-016" in codes
    known = {code, "EVA-010", "EVA-028", "TXT-020", "SRC-013", "SRC-015", "SRC-016"}
    assert set(codes) <= known, tell(found)


def test_a_wrong_indicator_lets_the_others_be_counted_on_their_own_lines(
    told: Callable[..., list[Problem]],
) -> None:
    found = told(
        ("    unit: {fr: rendez-vous, en: appointments}", "    unt: {fr: rendez-vous}"),
        ("where: {type: permanence}", "where: {type: permanance}"),
    )
    lines = (told.folder / "evaluation.yaml").read_text(encoding="utf-8").splitlines()  # type: ignore[attr-defined]
    by_code = {item.code: item for item in found}
    assert "unt:" in lines[by_code["EVA-010"].place.line - 1]
    assert "permanance" in lines[by_code["EVA-035"].place.line - 1]
    assert by_code["EVA-035"].place.field == "indicators.3.where.type"


def test_every_missing_key_is_told(told: Callable[..., list[Problem]]) -> None:
    found = told(("status: finished", "# status"), ("organisation: {name: Association Exemple,", "x: {"))
    assert {dict(item.facts)["key"] for item in found if item.code == "EVA-011"} == {"status", "organisation"}


def test_the_place_of_a_text_is_checked_before_any_build(told: Callable[..., list[Problem]]) -> None:
    found = told(("place: question:q1", "place: question:q9"), file="textes/10-q1.fr.md")
    assert [(item.code, item.place.file) for item in found] == [("TXT-004", "textes/10-q1.fr.md")]


def test_a_text_of_another_encoding_is_told_and_no_crash(told: Callable[..., list[Problem]]) -> None:
    path = told.folder / "textes" / "10-q1.fr.md"  # type: ignore[attr-defined]
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252", errors="replace"))
    assert [item.code for item in told()] == ["TXT-001"]


def test_the_method_is_checked_where_no_meeting_was_held(told: Callable[..., list[Problem]]) -> None:
    with (told.folder / "methode.yaml").open("a", encoding="utf-8") as method:  # type: ignore[attr-defined]
        method.write("\nsectoins: {}\n")
    found = told(("  notes: [sources/ateliers/*.md]\n  codebook", "  codebook"), ("consent: sources", "# "))
    assert "EVA-010" in {item.code for item in found}
