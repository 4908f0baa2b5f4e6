"""Ages at two levels: what one table hides, the other does not give back."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from logs import settings, survey

from avis.disclosure.audit import audit
from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.exhibits import Cell, Dimension, Evidence, Value
from avis.findings.answers import count_answers
from avis.findings.bands import nest, tie_bands
from avis.findings.model import Finding, Key, Relation
from avis.settings import ShownQuestion

AGES = ("18-21", "22-25", "26-30")
BANDS = {"18-21": "18-25", "22-25": "18-25", "26-30": "26+", "": ""}
RULES = Rules(3)
MOST = 8
EVERY = np.indices([MOST + 1] * 6, dtype=np.int8).reshape(6, -1).T.reshape(-1, 3, 2)
"""Every table of three ages by two answers, up to 8 people in a cell."""


WORDS = {"fr": "mots", "en": "words"}


def dimension(id: str, values: list[str]) -> Dimension:
    return Dimension(id=id, label=WORDS, values=tuple(Value(id=value, label=WORDS) for value in values))


def register(ages: list[str]) -> pd.DataFrame:
    codes = [f"P{number}" for number in range(len(ages))]
    bands = [BANDS[age] for age in ages]
    return pd.DataFrame({"code": codes, "age_band": ages, "band": bands, "sex": "f", "minor": False})


def asked(counts: list[list[int]]) -> tuple[list[Finding], pd.DataFrame]:
    """One question by age and by band, of as many people of each age and answer."""
    people = [
        (AGES[i], "oui" if j == 0 else "non") for i in range(3) for j in range(2) for _ in range(counts[i][j])
    ]
    persons = register([age for age, _ in people])
    wave = survey(
        "w", {"q": [said for _, said in people]}, {"q": ["oui", "non"]}, person=list(persons["code"])
    )
    found = [
        finding
        for by in ("age_band", "band")
        for finding in count_answers(wave, ShownQuestion(question="q", by=by), persons, settings())
    ]
    return list({one.id: one for one in found}.values()), persons


def crossed(id: str, by: str, counts: np.ndarray) -> Finding:  # type: ignore[type-arg]
    """A table of a column of persons by the two answers, with all its margins."""
    lines = [(by, str(i)) for i in range(len(counts))]
    heads = [("q", str(j)) for j in range(2)]
    cells = {(): counts.sum()}
    cells |= {(line,): counts[i].sum() for i, line in enumerate(lines)}
    cells |= {(head,): counts[:, j].sum() for j, head in enumerate(heads)}
    cells |= {
        tuple(sorted((line, head))): counts[i, j]
        for i, line in enumerate(lines)
        for j, head in enumerate(heads)
    }
    relations = [Relation(total=(), parts=tuple((one,) for one in held)) for held in (lines, heads)]
    for one, others in [(line, heads) for line in lines] + [(head, lines) for head in heads]:
        relations.append(Relation(total=(one,), parts=tuple(tuple(sorted((one, other))) for other in others)))
    named = (dimension(by, [value for _, value in lines]), dimension("q", ["0", "1"]))
    return Finding(
        id=id,
        subject=id,
        title=WORDS,
        measure="people",
        population="w",
        dimensions=named,
        cells=tuple(Cell(where=where, n=int(n)) for where, n in cells.items()),
        relations=tuple(relations),
        unit=WORDS,
        evidence=Evidence(rule=WORDS),
    )


def agreeing(found: list[Finding], hidden: frozenset[Key]) -> np.ndarray:  # type: ignore[type-arg]
    """Every table of three ages by two answers that agrees with all that both tables show."""
    kept = np.ones(len(EVERY), dtype=bool)
    for finding in found:
        for key, cell in finding.keyed():
            if key not in hidden:
                kept &= _picked(dict(cell.where)) == cell.n
    return EVERY[kept]


def _picked(where: dict[str, str]) -> np.ndarray:  # type: ignore[type-arg]
    rows = [
        i
        for i in range(3)
        if where.get("age_band", str(i)) == str(i) and where.get("band", str(i // 2)) == str(i // 2)
    ]
    columns = [j for j in range(2) if where.get("q", str(j)) == str(j)]
    return np.asarray(EVERY[:, rows][:, :, columns].sum(axis=(1, 2)))


@pytest.mark.parametrize("seed", range(12))
def test_no_small_count_is_found_again_through_the_other_level(seed: int) -> None:
    """Every table that agrees with both is listed: the small counts of either level stay open in them."""
    counts = np.random.default_rng(seed).integers(0, 5, size=(3, 2))
    coarse = np.array([counts[0] + counts[1], counts[2]])
    persons = pd.DataFrame({"code": ["A", "B", "C"], "age_band": ["0", "1", "2"], "band": ["0", "0", "1"]})
    found = tie_bands([crossed("fine", "age_band", counts), crossed("coarse", "band", coarse)], persons)
    protected = protect(found, RULES)
    assert protected.passed
    possible = agreeing(found, protected.hidden_keys)
    assert (possible == counts).all(axis=(1, 2)).any()
    for i, j in product(range(3), range(2)):
        values = possible[:, i, j]
        if 0 < counts[i, j] < 3:
            assert values.max() - values.min() >= 3, (i, j)


def test_without_the_tie_one_level_gives_the_other_back() -> None:
    """2 of 18-21 said no: hidden by age, and 18-25 minus 22-25 prints it."""
    found, persons = asked([[6, 2], [5, 6], [6, 5]])
    fine = next(one for one in found if one.id.endswith("age_band"))
    few = fine.key((("age_band", "18-21"), ("q", "non")))
    hidden = {few, fine.key((("age_band", "26-30"), ("q", "non")))}
    hidden |= {fine.key((("age_band", age), ("q", "oui"))) for age in ("18-21", "26-30")}
    assert audit(found, hidden, RULES).intervals[few].high > 2
    refused = audit(tie_bands(found, persons), hidden, RULES)
    assert refused.intervals[few].high == refused.intervals[few].low == 2
    assert few in {failure.key for failure in refused.failures}


def test_those_of_an_unknown_age_whose_band_is_known_are_counted_apart() -> None:
    persons = register(["18-21"] * 4 + ["22-25"] * 4 + ["26-30"] * 4 + ["", ""])
    persons.loc[12, "band"] = "18-25"  # a band without an age
    nesting, spread = nest(persons, "age_band", "band")
    assert spread == ("unknown",)
    wave = survey("w", {"q": ["oui"] * 14}, {"q": ["oui", "non"]}, person=list(persons["code"]))
    found = [
        finding
        for by in ("age_band", "band")
        for finding in count_answers(wave, ShownQuestion(question="q", by=by), persons, settings())
    ]
    coarse = next(one for one in tie_bands(found, persons) if one.id.endswith("-band"))
    rests = {one.cell.where: one.n for one in coarse.latent if ("age_band", "spread") in one.cell.where}
    assert rests[(("age_band", "spread"), ("band", "18-25"))] == 1
    assert nesting["26+"] == ["26-30"]


def test_columns_that_part_people_otherwise_are_not_tied() -> None:
    persons = register(list(AGES) * 4).assign(sex=["f", "f", "f", "h", "h", "h"] * 2)
    assert nest(persons, "age_band", "sex") == nest(persons, "sex", "age_band") == ({}, ())
