"""People by sex and age at once: every margin adds up, and what is hidden cannot be reckoned back."""

from __future__ import annotations

import pandas as pd
import pytest
from logs import indicator, log, n, published

from avis.disclosure.audit import audit_tables
from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.disclosure.tables import protected_tables
from avis.errors import Problems
from avis.findings.counts import count_indicators
from avis.findings.model import Finding

PEOPLE = {("f", "18-25"): 14, ("f", "26-35"): 23, ("h", "18-25"): 3, ("h", "26-35"): 17, ("", "26-35"): 12}
PAIR = ("sex", "age_band")
RULES = Rules(11)


def register() -> pd.DataFrame:
    rows = [(sex, age) for (sex, age), count in PEOPLE.items() for _ in range(count)]
    codes = [f"P{number}" for number in range(len(rows))]
    sexes, ages = zip(*rows, strict=True)
    return pd.DataFrame({"code": codes, "sex": sexes, "age_band": ages, "minor": False})


def counted(by: tuple[object, ...], **fields: object) -> list[Finding]:
    known = register()
    rows = log(*({"period_start": "2023", "person_codes": code} for code in known["code"]))
    given = {"measure": "people", "count": "person_codes", "by": by} | fields
    problems = fields.pop("problems", None) or Problems()
    given.pop("problems", None)
    found = [indicator(**given)]
    return count_indicators(rows, known, published(), found, "2023", "2023", "none", problems)  # type: ignore[arg-type]


def test_each_cell_counts_people_of_both_and_margins_are_their_sums() -> None:
    _, table = counted((PAIR,))
    assert [dimension.id for dimension in table.dimensions] == ["sex", "age_band"]
    assert n(table) == 69
    assert n(table, sex="f") == 37 and n(table, age_band="18-25") == 17
    assert n(table, sex="h", age_band="18-25") == 3
    assert n(table, sex="unknown", age_band="26-35") == 12
    for relation in table.relations:
        assert sum(table.n(part) for part in relation.parts) == table.n(relation.total)


def test_a_margin_is_one_cell_with_that_of_a_table_of_its_own() -> None:
    _, ages, table = counted(("age_band", PAIR))
    where = (("age_band", "18-25"),)
    assert ages.key(where) == table.key(where)


def test_what_is_hidden_inside_is_hidden_with_every_other_table() -> None:
    findings = counted(("age_band", "sex", PAIR))
    protected = protect(findings, RULES)
    tables = protected_tables(findings, protected)
    assert protected.passed and audit_tables(findings, tables, RULES).passed
    crossed = tables[-1]
    small = crossed.cell((("age_band", "18-25"), ("sex", "h")))
    assert small is not None and small.status == "hidden" and small.n is None
    beside = [crossed.cell((("age_band", "18-25"), ("sex", sex))) for sex in ("f", "unknown")]
    row = crossed.cell((("age_band", "18-25"),))
    # One hidden cell of a column is its total less the others: another, or the total, is hidden too.
    assert "hidden" in [cell.status for cell in (*beside, row) if cell is not None]
    assert any(cell.status == "shown" and cell.where for cell in crossed.cells)


def test_numbers_without_codes_cannot_be_crossed_and_that_is_said() -> None:
    problems = Problems()
    found = counted((PAIR,), count="rows", measure="acts", problems=problems)
    assert [one.id for one in found] == ["rendez-vous"]
    assert "FIN-010" in [item.code for item in problems]


def test_evaluation_yaml_takes_a_pair_and_no_other_list() -> None:
    import msgspec

    from avis.settings import Indicator

    data = {"id": "x", "label": {"fr": "x"}, "measure": "people", "by": ["year", ["sex", "age_band"]]}
    read = msgspec.convert(data, Indicator)
    assert read.by == ("year", PAIR) and read.variables == {"year", *PAIR}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(data | {"by": [["sex", "place"]]}, Indicator)
