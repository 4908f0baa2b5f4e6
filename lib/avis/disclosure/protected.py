"""The result of protection: which cells are hidden, and what the audit says of it."""

from __future__ import annotations

from dataclasses import dataclass

from avis.disclosure.audit import Audit
from avis.disclosure.rules import Rules
from avis.findings.model import Key


@dataclass(frozen=True)
class Protected:
    """What may be printed, over all findings at once."""

    hidden_keys: frozenset[Key]
    audit: Audit
    rules: Rules
    cost: float = 0.0
    """What hiding these cells costs, by `prices`."""
    bound: float = 0.0
    """A cost that no choice can be under, as far as it was proven."""
    whole: bool = False
    """Whether the search for few cells was left somewhere, and all linked cells are hidden there."""

    @property
    def passed(self) -> bool:
        """Whether the audit allows publishing."""
        return self.audit.passed

    @property
    def threshold(self) -> int:
        """The threshold of adults; counts of minors keep at least 11."""
        return self.rules.threshold

    @property
    def cells(self) -> int:
        """How many counts of people the tables print, each once however many tables share it."""
        return self.audit.cells

    @property
    def hidden(self) -> int:
        """How many of them are hidden."""
        return self.audit.hidden

    def shows(self, key: Key) -> bool:
        """Tell whether a cell may be printed."""
        return key not in self.hidden_keys
