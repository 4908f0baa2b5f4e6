import msgspec
import pytest
from logs import n, persons, settings, survey

from avis.disclosure.audit import audit
from avis.disclosure.protect import protect, protected_tables
from avis.disclosure.rules import Rules
from avis.errors import AvisError, Problems
from avis.findings.answers import count_answers
from avis.findings.change import before_after, pairing
from avis.findings.model import Finding, ref_key
from avis.settings import ShownQuestion

NOBODY = persons()
Q = ShownQuestion(question="q")


def relations_hold(finding: Finding) -> bool:
    """Every sum of a finding, the unprinted counts included."""
    known = {key: cell.n for key, cell in finding.keyed()}
    known |= {ref_key(latent.cell, finding.measure): latent.n for latent in finding.latent}
    return all(
        known[finding.key(relation.total)] == sum(known[finding.key(part)] or 0 for part in relation.parts)
        for relation in finding.relations
    )


def test_the_whole_is_those_who_answered_and_each_reason_why_others_did_not() -> None:
    answers = ["oui", "oui", "non", None, None]
    why = ["answered", "answered", "answered", "no_answer", "not_asked"]
    wave = survey("avant", {"q": answers}, {"q": ["oui", "non"]}, statuses={"q": why})
    (found,) = count_answers(wave, Q, NOBODY, settings())
    assert (n(found), n(found, q="answered"), n(found, q="oui"), n(found, q="non")) == (5, 3, 2, 1)
    assert (n(found, q="no_answer"), n(found, q="not_asked"), n(found, q="refused")) == (1, 1, 0)
    assert found.base == (("q", "answered"),) and relations_hold(found)


def test_a_column_of_answers_is_headed_people_and_the_base_says_which() -> None:
    (found,) = count_answers(survey("avant", {"q": ["oui"]}, {"q": ["oui"]}), Q, NOBODY, settings())
    assert (found.unit["fr"], found.title["fr"]) == ("personnes", "Q")


def test_every_reason_is_a_line_even_when_nobody_stands_in_it() -> None:
    wave = survey("avant", {"q": ["oui"]}, {"q": ["oui"]})
    (found,) = count_answers(wave, Q, NOBODY, settings())
    assert {v.id for v in found.dimensions[0].values if v.role == "status"} == {
        *("no_answer", "not_asked", "dont_know", "refused", "unknown_empty", "invalid")
    }


def test_a_shown_reason_that_nobody_has_is_left_out_of_the_printed_table() -> None:
    wave = survey("avant", {"q": ["oui"] * 20 + ["non"] * 20}, {"q": ["oui", "non"]})
    (found,) = count_answers(wave, Q, NOBODY, settings())
    (table,) = protected_tables([found], protect([found], Rules()))
    assert [value.id for value in table.dimensions[0].values] == ["oui", "non"]
    assert table.cell((("q", "oui"),)).share == 0.5  # type: ignore[union-attr]


def test_an_answer_that_is_no_choice_is_unreadable_and_not_counted_by_its_words() -> None:
    wave = survey("avant", {"q": ["oui", "Madame X"]}, {"q": ["oui", "non"]})
    (found,) = count_answers(wave, Q, NOBODY, settings())
    assert n(found, q="invalid") == 1
    assert b"Madame" not in msgspec.json.encode(found)


def test_free_text_is_not_counted() -> None:
    wave = survey("avant", {"q": ["x"]}, {"q": []})
    wave.questions["type"] = "text"
    told = Problems()
    assert count_answers(wave, Q, NOBODY, settings(), told) == []
    assert [problem.code for problem in told] == ["FIN-005"]


def test_several_answers_carry_those_who_did_not_tick() -> None:
    wave = survey("avant", {"q": ["a b", "a", "", None]}, {"q": ["a", "b"]}, several=["q"])
    (found,) = count_answers(wave, Q, NOBODY, settings())
    assert (n(found, q="answered"), n(found, q="a"), n(found, q="b")) == (3, 2, 1)
    # not a, not b; all ticks and the one who ticked none, one tick too much, who ticked several, who none
    assert [latent.n for latent in found.latent] == [1, 2, 4, 1, 1, 1]
    assert found.multiple and relations_hold(found)


def test_a_question_by_band_has_every_margin() -> None:
    wave = survey("avant", {"q": ["oui", "non", None]}, {"q": ["oui", "non"]}, person=["A1", "A2", "A9"])
    shown = ShownQuestion(question="q", by="age_band")
    _, found = count_answers(wave, shown, persons(A1="18-25", A2="26-35"), settings())
    assert n(found, q="oui", age_band="18-25") == 1
    assert n(found, q="no_answer", age_band="unknown") == 1
    assert (n(found, age_band="26-35"), n(found)) == (1, 3)
    assert relations_hold(found)


@pytest.mark.parametrize(("question", "by", "code"), [("z", "", "FIN-003"), ("q", "ville", "FIN-010")])
def test_what_does_not_exist_is_an_error(question: str, by: str, code: str) -> None:
    wave = survey("avant", {"q": ["oui"]}, {"q": ["oui"]})
    with pytest.raises(AvisError, match=code):
        count_answers(wave, ShownQuestion(question=question, by=by), NOBODY, settings())


def test_a_choice_may_not_be_called_like_a_reason() -> None:
    wave = survey("avant", {"q": ["refused"]}, {"q": ["refused"]})
    with pytest.raises(AvisError, match="FIN-006"):
        count_answers(wave, Q, NOBODY, settings())


def test_a_scale_stands_in_its_own_order() -> None:
    wave = survey("avant", {"q": ["haut", "bas"]}, {"q": ["haut", "bas", "milieu"]})
    scales = {"q": {"levels": ["bas", "milieu", "haut"]}}
    (found,) = count_answers(wave, Q, NOBODY, settings(answer_scales=scales))
    assert [value.id for value in found.dimensions[0].values][:3] == ["bas", "milieu", "haut"]
    assert found.chart == "likert"


def test_a_scale_with_an_unknown_level_is_an_error() -> None:
    wave = survey("avant", {"q": ["haut"]}, {"q": ["haut"]})
    with pytest.raises(AvisError, match="FIN-013"):
        count_answers(wave, Q, NOBODY, settings(answer_scales={"q": {"levels": ["bas"]}}))


def wave(id: str, said: dict[str, str], more: int = 0) -> object:
    people = [*said, *[""] * more]
    return survey(id, {"q": [*said.values(), *["oui"] * more]}, {"q": ["oui", "non"]}, person=people)


def test_before_and_after_pair_people_by_code() -> None:
    before = survey(
        "avant", {"q": ["non", "non", "oui", "oui"]}, {"q": ["oui", "non"]}, person=["A", "B", "C", ""]
    )
    after = survey("apres", {"q": ["oui", "non", "oui"]}, {"q": ["oui", "non"]}, person=["A", "B", "D"])
    (found,) = before_after(before, after, Q, settings())
    assert n(found) == 2
    assert (n(found, moment="before", q="non"), n(found, moment="after", q="non")) == (2, 1)
    paired = pairing(before, after, settings())
    counts = [n(paired, pairing=id) for id in ("matched", "before_only", "after_only")]
    assert counts == [2, 1, 1] and relations_hold(paired)


def test_a_code_that_stands_twice_is_said_and_not_paired() -> None:
    before = survey("avant", {"q": ["non", "oui"]}, {"q": ["oui", "non"]}, person=["A", "A"])
    after = survey("apres", {"q": ["oui"]}, {"q": ["oui", "non"]}, person=["A"])
    told = Problems()
    (found,) = before_after(before, after, Q, settings(), told)
    assert n(found) == 0
    assert [(problem.code, problem.place.line) for problem in told] == [("FIN-008", 2), ("FIN-008", 3)]


def test_those_who_are_not_paired_cannot_be_had_by_subtracting_the_matched_from_all() -> None:
    """41 said yes before, 38 of them are paired: the three others are protected."""
    codes = [f"P{i}" for i in range(80)]
    before = survey("avant", {"q": ["oui"] * 41 + ["non"] * 39}, {"q": ["oui", "non"]}, person=codes)
    after = survey("apres", {"q": ["oui"] * 47 + ["non"] * 30}, {"q": ["oui", "non"]}, person=codes[3:])
    findings = [*count_answers(before, Q, NOBODY, settings()), *before_after(before, after, Q, settings())]
    assert n(findings[0], q="oui") == 41 and n(findings[1], moment="before", q="oui") == 38
    assert not audit(findings, set(), Rules()).passed
    protected = protect(findings, Rules())
    assert protected.passed and protected.hidden
