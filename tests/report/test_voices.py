"""How a text was agreed, in words; in numbers only where the group decided so."""

from avis.exhibits import Adoption
from avis.report.compose.voices import outcome

SCALE = {"oui": "Oui", "non": "Non"}


def test_without_published_counts_there_is_no_number() -> None:
    assert not any(sign.isdigit() for sign in outcome(Adoption(outcome="consensus"), SCALE, "fr"))


def test_published_counts_stand_by_level_in_the_words_of_the_scale_without_those_nobody_chose() -> None:
    told = outcome(
        Adoption(outcome="consensus", counts=(("oui", 20), ("non", 0), ("no_answer", 12))), SCALE, "fr"
    )
    assert told.endswith("Réactions\u00a0: Oui\u00a0: 20\u202f; sans réponse\u00a0: 12.")


def test_a_masked_count_is_said_masked_and_never_zero() -> None:
    told = outcome(Adoption(outcome="consensus", counts=(("oui", None), ("no_answer", None))), SCALE, "en")
    assert told.endswith("Oui: suppressed; no answer: suppressed.")
