"""Every act that becomes events, or goes into the box, and needs nothing but the open session."""

from __future__ import annotations

from collections.abc import Mapping

from avis.room import acts_codes, acts_lead, acts_quotes, acts_rounds, acts_texts
from avis.room.acts_texts import Doing

DOINGS: Mapping[str, Doing] = {
    "limits_read": acts_rounds.limits_read,
    "open_round": acts_rounds.open_round,
    "react": acts_rounds.react,
    "pile": acts_rounds.pile,
    "adopt": acts_rounds.adopt,
    "publish_counts": acts_rounds.publish_counts,
    "adopt_edition": acts_rounds.adopt_edition,
    "propose": acts_texts.propose,
    "amend": acts_texts.amend,
    "object": acts_texts.oppose,
    "dissent": acts_texts.dissent,
    "translate": acts_lead.translate,
    "accept_amendment": acts_lead.accept_amendment,
    "reject_amendment": acts_lead.reject_amendment,
    "withdraw_amendment": acts_lead.withdraw_amendment,
    "stand_alone": acts_lead.stand_alone,
    "group": acts_lead.group,
    "merge": acts_lead.merge,
    "resolve_objection": acts_lead.resolve_objection,
    "set_addressee": acts_lead.set_addressee,
    "audio_kept": acts_lead.attach_sound,
    "mine": acts_codes.mine,
    "change": acts_codes.change,
    "suspend": acts_codes.suspend,
    "resume": acts_codes.resume,
    "quotes": acts_quotes.quotes,
    "approve_quote": acts_quotes.approve_quote,
    "revoke_quote": acts_quotes.revoke_quote,
}
"""By its name; the desk does the others itself."""
