"""Ways in which a reader got back a count that was hidden, or that nobody had printed; each one closed.

Every test lists the people that agree with all that is printed, or reckons as the reader did.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pytest
from logs import indicator, log, persons, published, settings, survey

from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.exhibits import Where
from avis.findings.answers import count_answers
from avis.findings.change import before_after
from avis.findings.counts import count_indicators
from avis.findings.model import Finding
from avis.settings import ShownQuestion
from avis.sources.surveys.wave import Survey

PEOPLE = {"measure": "people", "count": "person_codes"}


def shown_of(findings: Sequence[Finding]) -> dict[tuple[str, Where], int]:
    """All that is printed: by finding and place, what is not hidden."""
    protected = protect(findings, Rules())
    assert protected.passed
    return {
        (finding.id, cell.where): int(cell.n)
        for finding in findings
        for cell in finding.cells
        if cell.n is not None and protected.shows(finding.key(cell.where))
    }


def asked_of(wave: Survey, **conditions: str) -> Survey:
    """Give questions the condition on which the form asks them."""
    wave.questions["relevance"] = [conditions.get(name, "") for name in wave.questions["name"]]
    return wave


def counted(wave: Survey, *questions: str, by: str = "", who: pd.DataFrame | None = None) -> list[Finding]:
    register = persons() if who is None else who
    return [
        finding
        for question in questions
        for finding in count_answers(wave, ShownQuestion(question=question, by=by), register, settings())
    ]


def skipped(condition: str, yes: int = 30, no: int = 25, silent: int = 5) -> list[Finding]:
    """Two questions: the second is asked of those who said no to the first."""
    first = ["oui"] * yes + ["non"] * no + [None] * silent
    second = [None] * yes + ["a"] * (no // 2) + ["b"] * (no - no // 2) + [None] * silent
    why = ["not_asked"] * yes + ["answered"] * no + ["not_asked"] * silent
    codes = {"g": ["oui", "non"], "e": ["a", "b"]}
    wave = survey("avant", {"g": first, "e": second}, codes, statuses={"e": why})
    return counted(asked_of(wave, e=condition), "g", "e")


CONDITIONS = ["${g} = 'non'", "selected(${g}, 'non')", "not(${g} != 'non')", "${g} != 'oui' and ${g} != ''"]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_who_was_asked_a_question_does_not_tell_a_hidden_answer_to_another(condition: str) -> None:
    found = skipped(condition)
    printed = shown_of(found)
    no = printed.get(("avant.g", (("g", "non"),)), printed.get(("avant.e", (("e", "answered"),))))
    yes, whole = printed.get(("avant.g", (("g", "oui"),))), printed.get(("avant.g", ()))
    assert None in (no, yes, whole), "the whole without both answers is the five who gave none"
    assert ("avant.g", (("g", "no_answer"),)) not in printed


def test_a_condition_on_one_of_several_ticks_ties_the_two_questions() -> None:
    ticks = ["a"] * 30 + ["b"] * 30 + ["a b"] * 12 + [None] * 5
    second = [None] * 30 + ["x"] * 21 + ["y"] * 21 + [None] * 5
    why = ["not_asked"] * 30 + ["answered"] * 42 + ["not_asked"] * 5
    codes = {"m": ["a", "b"], "e": ["x", "y"]}
    wave = survey("avant", {"m": ticks, "e": second}, codes, several=["m"], statuses={"e": why})
    found = counted(asked_of(wave, e="selected(${m}, 'b')"), "m", "e")
    unread = (("e", "asked"), ("m", "invalid"))  # nobody, but the form does not exclude it
    told = [link for link in found[1].links if link.total.where == (("e", "asked"),)]
    assert [(("m", "b"),), unread] in [[part.where for part in link.parts] for link in told]


def test_records_that_contradict_the_form_are_counted_on_both_sides() -> None:
    first = ["oui"] * 3 + ["non"] * 2
    why = ["not_asked", "not_asked", "answered", "answered", "answered"]
    wave = survey(
        "avant",
        {"g": first, "e": [None, None, "a", "a", "b"]},
        {"g": ["oui", "non"], "e": ["a", "b"]},
        statuses={"e": why},
    )
    (found,) = counted(asked_of(wave, e="${g} = 'non'"), "e")
    there = {latent.cell.where: latent.n for latent in found.latent}
    assert there[(("e", "asked"), ("g", "oui"))] == 1
    assert there[(("e", "not_asked"), ("g", "oui"))] == 2


@pytest.mark.parametrize("both", [1, 5, 10])
def test_those_who_came_in_several_of_many_years_cannot_be_reckoned(both: int) -> None:
    early = " ".join(f"P{i}" for i in range(30))
    late = " ".join(f"P{i}" for i in range(30 - both, 60))
    rows = log(
        {"period_start": "2022", "person_codes": early},
        {"period_start": "2023", "person_codes": late},
        {"period_start": "2024", "type": "autre", "person_codes": ""},
    )
    found = count_indicators(
        rows, persons(), published(), [indicator(**PEOPLE, by=("year",))], "2022", "2024", "none"
    )
    printed = shown_of(found)
    needed = [("rendez-vous", ()), *(("rendez-vous-year", (("year", y),)) for y in ("2022", "2023", "2024"))]
    assert not all(place in printed for place in needed)


def test_what_many_do_in_several_years_is_shown() -> None:
    early = " ".join(f"P{i}" for i in range(50))
    late = " ".join(f"P{i}" for i in range(25, 75))
    rows = log(
        {"period_start": "2022", "person_codes": early}, {"period_start": "2023", "person_codes": late}
    )
    found = count_indicators(
        rows, persons(), published(), [indicator(**PEOPLE, by=("year",))], "2022", "2023", "none"
    )
    assert len(shown_of(found)) == 4


@pytest.mark.parametrize("both", [1, 5, 10])
def test_those_who_ticked_several_choices_cannot_be_reckoned(both: int) -> None:
    ticks = ["a"] * 25 + ["b"] * 20 + ["a b"] * both + ["aucun"] * 15
    wave = survey("avant", {"m": ticks}, {"m": ["a", "b", "aucun"]}, several=["m"])
    printed = shown_of(counted(wave, "m"))
    assert not all(("avant.m", (("m", value),)) in printed for value in ("answered", "a", "b", "aucun"))


def test_those_who_said_none_do_not_help_to_reckon_who_ticked_one_thing_alone() -> None:
    """3 ticked b alone: answered − a − none, where « none » goes with nothing else."""
    ticks = ["a"] * 25 + ["b"] * 3 + ["a b"] * 20 + ["aucun"] * 15
    wave = survey("avant", {"m": ticks}, {"m": ["a", "b", "aucun"]}, several=["m"])
    printed = shown_of(counted(wave, "m"))
    assert not all(("avant.m", (("m", value),)) in printed for value in ("answered", "a", "aucun"))


def test_a_reason_that_the_form_cannot_give_is_no_place_to_hide_in() -> None:
    wave = survey("avant", {"q": ["oui"] * 30 + ["non"] * 20 + [None] * 4}, {"q": ["oui", "non"]})
    (found,) = counted(asked_of(wave), "q")
    assert set(found.public) == {(("q", s),) for s in ("not_asked", "dont_know", "refused")}
    hidden = protect([found], Rules()).hidden_keys
    assert not hidden & {found.key(where) for where in found.public}


def test_a_reason_that_occurs_is_counted_whatever_the_form_says() -> None:
    wave = survey("avant", {"q": ["oui", None]}, {"q": ["oui"]}, statuses={"q": ["answered", "refused"]})
    (found,) = counted(asked_of(wave), "q")
    assert (("q", "refused"),) not in found.public


def two_places(**where: str) -> list[Finding]:
    many, few = " ".join(f"P{i}" for i in range(40)), " ".join(f"Q{i}" for i in range(6))
    rows = log(
        {"period_start": "2022-03", "place": "Lyon", "person_codes": many},
        {"period_start": "2022-04", "place": "Paris", "person_codes": few},
    )
    wanted = [indicator(**PEOPLE, by=("place",)), indicator(id="lyon", **(PEOPLE | {"where": where}))]
    return count_indicators(rows, persons(), published(), wanted, "2022", "2022", "none")


@pytest.mark.parametrize("type", ["rdv", "RDV", "Rdv "])
@pytest.mark.parametrize("place", ["Lyon", "LYON", "lyon"])
def test_another_spelling_of_a_filter_does_not_print_a_hidden_count(type: str, place: str) -> None:
    printed = shown_of(two_places(type=type, place=place))
    assert not (("rendez-vous", ()) in printed and ("lyon", ()) in printed)


def test_two_spellings_of_a_place_are_one_place_under_its_first_spelling() -> None:
    rows = log(
        {"period_start": "2022", "place": "Lyon", "person_codes": "A1"},
        {"period_start": "2022", "place": "LYON", "person_codes": "A2"},
    )
    found = count_indicators(
        rows, persons(), published(), [indicator(**PEOPLE, by=("place",))], "2022", "2022", "none"
    )
    assert [(value.id, value.label["fr"]) for value in found[1].dimensions[0].values] == [("lyon", "Lyon")]


@pytest.mark.parametrize(("few", "shown"), [(10, False), (11, True)])
def test_a_group_inside_another_by_another_column_does_not_tell_of_the_few_between(
    few: int, shown: bool
) -> None:
    rows = log(
        {"period_start": "2022", "source": "cahier", "person_codes": " ".join(f"P{i}" for i in range(34))},
        {"period_start": "2022", "source": "liste", "person_codes": " ".join(f"Q{i}" for i in range(few))},
    )
    wanted = [
        indicator(id="tous", **PEOPLE),
        indicator(id="x", **(PEOPLE | {"where": {"source": "cahier"}})),
    ]
    printed = shown_of(count_indicators(rows, persons(), published(), wanted, "2022", "2022", "none"))
    assert (len(printed) == 2) is shown


def by_sex(shown: bool) -> Finding:
    """Before and after of the same people, where the first wave shows the question by sex, or does not."""
    codes = [f"P{n}" for n in range(40)]
    register = persons(**dict.fromkeys(codes, "18-25"))
    register["sex"] = ["f"] * 20 + ["h"] * 20
    first = survey("avant", {"q": (["oui"] * 10 + ["non"] * 10) * 2}, {"q": ["oui", "non"]}, person=codes)
    last = survey("apres", {"q": ["oui"] * 15 + ["non"] * 15}, {"q": ["oui", "non"]}, person=codes[:30])
    show = [{"question": "q", "by": "sex"}] if shown else []
    surveys = [{"id": "avant", "file": "avant.csv", "show": show}]
    told = settings(sources={"surveys": surveys})
    (found,) = before_after(first, last, ShownQuestion(question="q", change=True), told, None, register)
    return found


def test_a_wave_shown_by_sex_ties_the_matched_of_each_sex() -> None:
    """20 men were in the first wave, 10 of them in both: 10 men gave one questionnaire only."""
    found = by_sex(shown=True)
    alone = (("matched.matched.avant.apres", "no"), ("sex", "h"))
    there = {(item.cell.population, item.cell.where): item.n for item in found.latent}
    assert there["avant", alone] == 10 and there["matched.avant.apres", (("sex", "h"),)] == 10
    assert protect([found], Rules()).passed
    assert not any(("sex", "h") in item.cell.where for item in by_sex(shown=False).latent)
