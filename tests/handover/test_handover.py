"""The hand-over of the fictional association: what protection decided is what leaves."""

import pandas as pd
import pytest
from small_tables import finding, where

from avis.disclosure.protect import protect, protected_tables
from avis.disclosure.rules import Rules
from avis.exhibits import Chart, Exhibits, Statement
from avis.findings.model import Finding, Relation
from avis.handover.assembling import make_charts, make_figures
from avis.steps.protection import Shielded, hand_exhibits_over


@pytest.fixture(scope="module")
def handed(shielded: Shielded) -> Exhibits:
    return hand_exhibits_over(shielded).exhibits


def test_counts_that_the_group_published_reach_its_statement_masked_where_they_must(handed: Exhibits) -> None:
    published = {
        item.id: dict(item.adoption.counts)
        for item in handed.exhibits
        if isinstance(item, Statement) and item.adoption.counts
    }
    assert published == {
        "s1": {
            "oui": None,
            "oui-petit": 0,
            "sans-avis": None,
            "a-cote": 0,
            "non": 0,
            "parler": 0,
            "no_answer": None,
        }
    }


def test_reactions_are_no_table_of_their_own(handed: Exhibits) -> None:
    assert not [item for item in handed.exhibits if item.id.startswith("reactions")]


def test_the_verdict_counts_each_cell_once_as_the_audit_does(shielded: Shielded, handed: Exhibits) -> None:
    verdict, audit = handed.verdict, shielded.protected.audit
    assert (verdict.cells, verdict.hidden) == (audit.cells, audit.hidden)
    assert f"{audit.hidden} sont masqués" in repr(shielded)


def charts(*findings: Finding) -> tuple[Chart, ...]:
    return make_charts(protected_tables(findings, protect(findings, Rules())), findings)


def test_a_chart_has_the_evidence_of_its_table() -> None:
    table = finding("t", {(): 60, where(q="oui"): 30, where(q="non"): 30}, [], chart="bars")
    (chart,) = charts(table)
    assert (chart.id, chart.table, chart.evidence) == ("t-graphique", "t", table.evidence)


def test_a_chart_of_nothing_but_a_total_is_not_drawn() -> None:
    parts = (where(q="oui"), where(q="non"))
    table = finding(
        "t", {(): 12, parts[0]: 8, parts[1]: 4}, [Relation(total=(), parts=parts)], chart="bars", public=((),)
    )
    (made,) = protected_tables([table], protect([table], Rules()))
    assert [cell.status for cell in made.cells] == ["shown", "hidden", "hidden"]
    assert charts(table) == ()


def test_a_target_is_drawn_from_the_total_alone() -> None:
    assert len(charts(finding("t", {(): 60}, [], chart="planned", target=80))) == 1
    assert charts(finding("t", {(): 6}, [], chart="planned", target=80)) == ()


def test_a_published_figure_keeps_its_own_remark_and_says_reservations_only_where_it_has_some() -> None:
    row = {"title_fr": "Demandes", "value": "3400", "value_max": None, "qualifier": "about"}
    rows = pd.DataFrame(
        [{**row, "id": "a", "note_fr": "Sans les appels."}, {**row, "id": "b", "note_fr": ""}]
    )
    kept, bare = make_figures(rows)
    assert (kept.remark, bare.remark) == ({"fr": "Sans les appels."}, {})
    assert "réserves" in kept.evidence.rule["fr"] and "réserves" not in bare.evidence.rule["fr"]
