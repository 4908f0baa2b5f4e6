"""Which words of people a story may show, and to whom: consent, review and the room's own decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from avis.exhibits import HOUSE, Audience, Told, Wording, Words
from avis.handover.approving import approved_for, recipients_for
from avis.sources.stories_model import Said
from avis.writing.deliberation import QuoteApproval

AUDIENCES = HOUSE


@dataclass(frozen=True)
class Readable:
    """Words that may be printed, by contribution, with the audiences that may read them."""

    words: Mapping[str, str] = field(repr=False)
    audiences: Mapping[str, tuple[Audience, ...]]
    recipients: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def told(
        self, said: Said | None, by: Words | None = None, within: Said | None = None
    ) -> tuple[Told, ...]:
        """Give words as an exhibit holds them, nothing where nobody may read them.

        `within` names other words that these speak of: who may not read those may not read these.
        """
        audiences, recipients = self._of(said), self._sent(said)
        if within is not None:
            audiences = tuple(audience for audience in self._of(within) if audience in audiences)
            recipients = tuple(name for name in self._sent(within) if name in recipients)
        if said is None or not (audiences or recipients):
            return ()
        wording = Wording(language=said.language, text=self.words[said.id], original=True)
        told = Told(wordings=(wording,), audiences=audiences, recipients=recipients, by=by or {})
        return (told,)

    def _of(self, said: Said | None) -> tuple[Audience, ...]:
        return self.audiences.get(said.id, ()) if said is not None else ()

    def _sent(self, said: Said | None) -> tuple[str, ...]:
        return self.recipients.get(said.id, ()) if said is not None else ()


def readable(
    judged: pd.DataFrame,
    words: Mapping[str, str],
    approvals: Mapping[str, QuoteApproval],
    languages: Mapping[str, str],
    said: Mapping[str, str] = MappingProxyType({}),
) -> Readable:
    """Weigh the words of stories: allowed by the ledger, reviewed, and not taken back in the room.

    Takes `judge`'s table, words as reviewers left them (what is not in it was not reviewed), what the room
    decided of a contribution, the language of each, and their words as they were recorded.
    """
    found: dict[str, tuple[Audience, ...]] = {}
    sent: dict[str, tuple[str, ...]] = {}
    for row in judged.to_dict("records"):
        id = str(row["contribution"])
        if id not in words:
            continue
        allowed = tuple(audience for audience in AUDIENCES if row[audience])
        exact = (words[id], *([said[id]] if id in said else []))
        named = recipients_for(row["recipients"], languages.get(id, ""), approvals.get(id), exact)
        allowed = approved_for(allowed, languages.get(id, ""), approvals.get(id), exact)
        if allowed:
            found[id] = allowed
        if named:
            sent[id] = named
    return Readable(dict(words), found, sent)
