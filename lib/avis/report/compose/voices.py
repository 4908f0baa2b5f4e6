"""The words of people in a document: quotes, adopted statements, recommendations, with their language."""

from __future__ import annotations

import re

from avis.exhibits import Adoption, Exhibits, Quote, Recommendation, Statement, Wording
from avis.i18n import Language, amount, date, pick, say
from avis.report.compose.evidence import anchor, note_of, phrase, tongue
from avis.report.document import Agreed, Saying, Voice


def original(wordings: tuple[Wording, ...]) -> Wording:
    """Give the words as they were first said or written."""
    return next((wording for wording in wordings if wording.original), wordings[0])


def _in(wordings: tuple[Wording, ...], language: str) -> Wording | None:
    return next((wording for wording in wordings if wording.language == language), None)


def untranslated(quote: Quote, language: Language) -> bool:
    """Tell whether words were said in another language and nobody has translated them yet."""
    return original(quote.wordings).language != language and _in(quote.wordings, language) is None


def unbroken(text: str, language: str) -> str:
    """Keep French marks on the line of their word: the spaces that are there do not break, none is added.

    The words stay those that were agreed to: their hash knows no kind of space from another.

    >>> unbroken("Pas : le bus !", "fr")
    'Pas\\xa0: le bus\\u202f!'
    """
    if language != "fr":
        return text
    text = re.sub(r" (?=[:»])|(?<=«) ", "\u00a0", text)
    return re.sub(r" (?=[;!?])", "\u202f", text)


def saying(quote: Quote, language: Language) -> Saying:
    """Print a quote in the language that it was said in, its translation beside it where there is one."""
    first = original(quote.wordings)
    translated = None if first.language == language else _in(quote.wordings, language)
    setting = phrase(quote.setting, language)
    if untranslated(quote, language):
        spoken = say("report.compose.in_language", language, language=tongue(first.language, language))
        setting = f"{setting} · {spoken}" if setting else spoken
    return Saying(
        id=anchor(quote),
        text=unbroken(first.text, first.language),
        language=first.language,
        setting=setting,
        translation=unbroken(translated.text, language) if translated else "",
        translation_approved=translated.approved if translated else True,
        note=note_of(quote),
    )


def voices(wordings: tuple[Wording, ...], language: Language) -> tuple[Voice, ...]:
    """Give the texts to print: the approved one of the language; else the original, marked, and the rest.

    A translation that the group has not approved never stands alone: the adopted words stand beside it.
    """
    first, own = original(wordings), _in(wordings, language)
    if own is not None and (own.original or own.approved):
        return (Voice(text=own.text, language=language),)
    name = tongue(first.language, language)
    if own is None:
        label = say("report.compose.to_translate", language, language=name)
        return (Voice(text=first.text, language=first.language, label=label),)
    reread = say("report.compose.to_reread", language)
    adopted = say("report.compose.adopted_text", language, language=name)
    return (
        Voice(text=own.text, language=language, label=reread),
        Voice(text=first.text, language=first.language, label=adopted),
    )


def side_by_side(wordings: tuple[Wording, ...], language: Language) -> tuple[Voice, ...]:
    """Give the original first, then its translation; one that nobody approved is marked."""
    first, own = original(wordings), _in(wordings, language)
    text = unbroken(first.text, first.language)
    if first.language == language:
        return (Voice(text=text, language=language),)
    name = tongue(first.language, language)
    if own is None:
        label = say("report.compose.to_translate", language, language=name)
        return (Voice(text=text, language=first.language, label=label),)
    marked = "report.render.translation" if own.approved else "report.compose.to_reread"
    return (
        Voice(
            text=text,
            language=first.language,
            label=say("report.restitution.original", language, language=name),
        ),
        Voice(text=unbroken(own.text, language), language=language, label=say(marked, language)),
    )


def outcome(adoption: Adoption, scale: dict[str, str], language: Language) -> str:
    """Say in words how a text was agreed; numbers only where the group decided to print them."""
    parts = [say(f"report.compose.outcome.{adoption.outcome}", language)]
    if adoption.month and adoption.outcome != "not_adopted":
        parts.append(say("report.compose.adopted_in", language, month=date(adoption.month, language)))
    if adoption.amendments:
        parts.append(say("report.compose.amendments", language, n=adoption.amendments))
    if adoption.objections_resolved:
        parts.append(say("report.compose.objections", language, n=adoption.objections_resolved))
    if adoption.counts:
        parts.append(_counted(adoption, scale, language))
    return " ".join(parts)


def _counted(adoption: Adoption, scale: dict[str, str], language: Language) -> str:
    """List the levels that somebody chose; a level that is not named was chosen by nobody."""
    hidden = say("common.hidden", language)
    pairs = []
    names = {"no_answer": say("report.compose.no_answer", language), **scale}
    for level, n in adoption.counts:
        if n == 0:
            continue
        value = hidden if n is None else amount(n, "exact", language)
        pairs.append(say("report.compose.pair", language, name=names.get(level, level), value=value))
    return say(
        "report.compose.counts", language, counts=say("report.compose.separator", language).join(pairs)
    )


def agreed(item: Statement | Recommendation, exhibits: Exhibits, language: Language) -> Agreed:
    """Print an adopted text with its agreement in words and the dissent beside it."""
    levels = exhibits.setting.scales.get(item.adoption.scale, ())
    scale = {level.id: pick(level.label, language)[0] for level in levels}
    return Agreed(
        id=anchor(item),
        role="recommendation" if isinstance(item, Recommendation) else "statement",
        voices=voices(item.wordings, language),
        outcome=outcome(item.adoption, scale, language),
        dissents=tuple(voices(dissent.wordings, language) for dissent in item.dissents),
        label=say("report.compose.recommendation", language, number=item.number)
        if isinstance(item, Recommendation)
        else "",
        addressee=_addressee(item, language) if isinstance(item, Recommendation) else "",
        note=note_of(item),
    )


def _addressee(item: Recommendation, language: Language) -> str:
    return phrase(item.addressee, language) or say("common.not_documented", language)
