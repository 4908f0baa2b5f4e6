"""What a consent card opens in the room: the quotes of its person, to be approved word for word."""

from __future__ import annotations

from avis.room.acts import Act, Refused
from avis.room.acts_texts import CardQuote, Desktop, Done
from avis.room.sitting import Said


def _quotes(desktop: Desktop, act: Act) -> dict[str, CardQuote]:
    """Give the quotes of a card: SAL-032 they are not gathered yet, SAL-033 there is no such card."""
    if desktop.offers is None:
        raise Refused("SAL-032")
    found = dict(desktop.offers.quotes_of(act["card"]))
    if not found:
        raise Refused("SAL-033")
    return found


def quotes(desktop: Desktop, act: Act) -> Done:
    """Her quotes, with what she approved so far: SAL-032, SAL-033."""
    known = desktop.sitting.state.quotes
    told = [
        {
            "quote": id,
            "text": quote.text,
            "language": quote.language,
            "audiences": list(quote.audiences),
            "approved": sorted(known[id].audiences) if id in known else [],
        }
        for id, quote in _quotes(desktop, act).items()
    ]
    return Done(given={"quotes": told})


def _hers(desktop: Desktop, act: Act) -> CardQuote:
    found = _quotes(desktop, act).get(act["quote"])
    if found is None:
        raise Refused("SAL-034")
    return found


def approve_quote(desktop: Desktop, act: Act) -> Done:
    """These exact words, for one audience: SAL-032, SAL-033, SAL-034 not hers, or not for that audience."""
    quote = _hers(desktop, act)
    if act["language"] != quote.language or act["audience"] not in quote.audiences:
        raise Refused("SAL-034")
    body = {name: act[name] for name in ("quote", "audience", "language")}
    return Done((Said("quote_approved", body, {"text": (quote.language, quote.text)}),))


def revoke_quote(desktop: Desktop, act: Act) -> Done:
    """Nobody may read her words any more: SAL-032, SAL-033, SAL-034."""
    _hers(desktop, act)
    return Done((Said("approval_revoked", {"quote": act["quote"]}),))
