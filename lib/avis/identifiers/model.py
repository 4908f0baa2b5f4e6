"""A flag: where something stands that may identify somebody, why it is flagged, what may stand instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from avis.i18n import Language, say

# fmt: off
KINDS = (
    "known_person", "known_place", "nir", "iban", "bank_card", "email", "url", "ip", "phone", "birth_date",
    "foreigner_number", "asylum_number", "prison_number", "passport", "residence_permit", "identity_number",
    "case_number", "plate", "handle", "address", "postcode", "date", "age", "place", "name",
)
# fmt: on
"""The strongest first: where two flags of one length lie over each other, the first one stays.

Each has its words in `locales/*/identifiers/flags.toml`; ids stay the same, since decisions hold them."""

Certainty = Literal["certain", "likely", "possible"]
"""`certain`: a check digit or the register agrees; a wrong check digit is flagged all the same."""


@dataclass(frozen=True, order=True)
class Flag:
    """Something that may identify somebody, in code points of the text that was given.

    `why` and `suggestion` are locale keys, told by `told_why` and `told_suggestion`; `facts` fill the
    suggestion and hold no value of a person: a band of ages, a month, a code of the register. `asked` means
    that people must decide, since the word is also an ordinary one.
    """

    start: int
    end: int
    kind: str
    why: str
    suggestion: str
    asked: bool = False
    certainty: Certainty = "likely"
    facts: tuple[tuple[str, str], ...] = field(default=())

    def told_why(self, lang: Language | None = None) -> str:
        """Say in a sentence why this is flagged."""
        return say(self.why, lang, **dict(self.facts))

    def told_suggestion(self, lang: Language | None = None) -> str:
        """Say what may stand instead."""
        return say(self.suggestion, lang, **dict(self.facts))


@dataclass(frozen=True)
class Found:
    """What one rule found, in offsets of the folded text, before rules are weighed against each other."""

    start: int
    end: int
    kind: str
    why: str
    suggestion: str = ""
    """Empty: the one of its kind."""
    asked: bool = False
    certainty: Certainty = "likely"
    facts: tuple[tuple[str, str], ...] = ()
