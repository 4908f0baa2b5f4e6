"""The restitution: the room's own result, given back in plain words, in an order made for reading aloud.

One idea a line, a pictogram beside it, large letters; each text in its original, its translation after it.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from avis.exhibits import Adoption, Audience, Exhibits, Question, Recommendation, Statement
from avis.i18n import Language, date, pick
from avis.report.compose.evidence import anchor, note_of, phrase, plain_id
from avis.report.compose.plain_changes import Names, changed, unchanged
from avis.report.compose.plainly import NEXT, fact, heading, said, sentences, sign
from avis.report.compose.sheet import Sheet, bind, public_notice
from avis.report.compose.voices import side_by_side
from avis.report.document import Agreed, Asked, Block, Document, Heading, Paragraph, Passage, Sign, Words


def compose_restitution(
    exhibits: Exhibits,
    passages: tuple[Passage, ...],
    language: Language,
    audience: Audience,
    *,
    draft: bool = True,
) -> Document:
    """Compose the restitution in one language; of the passages, only those placed `next` are read.

    Raises TXT-017 and TXT-027 as `compose_avis` does.
    """
    own = tuple(passage for passage in passages if passage.place == NEXT)
    sheet = Sheet(exhibits, own, language, audience)
    names = _names(sheet)
    blocks = (
        *_start(sheet),
        *_request(sheet),
        *_answers(sheet, names),
        *_asked(sheet, names),
        *changed(sheet, names),
        *unchanged(sheet, names),
        *_next(sheet),
        *_back(sheet),
        *public_notice(sheet),
    )
    return bind(sheet, "restitution", blocks, draft)


def _names(sheet: Sheet) -> Names:
    """Name each text by its kind and its number in reading order, so that it can be called aloud."""
    order = [question.id for question in _put(sheet)]
    items = [item for item in sheet.exhibits.exhibits if isinstance(item, Statement)]
    items.sort(key=lambda item: order.index(item.question) if item.question in order else len(order))
    names = {item.id: said(sheet, "statement", n=n) for n, item in enumerate(items, start=1)}
    asked = [item for item in sheet.exhibits.exhibits if isinstance(item, Recommendation)]
    return names | {item.id: said(sheet, "recommendation", n=item.number) for item in asked}


def _put(sheet: Sheet) -> tuple[Question, ...]:
    request = sheet.exhibits.setting.request
    return request.questions if request is not None else ()


def _start(sheet: Sheet) -> list[Block]:
    return [
        heading(sheet, 2, "start", "words"),
        sign(sheet, "say", "what"),
        sign(sheet, "aloud", "aloud"),
        *_proofread(sheet),
    ]


def _proofread(sheet: Sheet) -> list[Sign]:
    """Say FALC only where people concerned proofread these words: not where a text was adopted after."""
    read = sheet.exhibits.setting.proofread.get(sheet.language)
    adopted = [i.adoption.month for i in sheet.exhibits.exhibits if isinstance(i, Statement | Recommendation)]
    if read is None or max(adopted, default="") > read.month:
        return [sign(sheet, "words", "plain"), sign(sheet, "wait", "unread")]
    month, by = date(read.month, sheet.language), phrase(read.by, sheet.language)
    return [sign(sheet, "words", "easy"), sign(sheet, "agree", "read", month=month, by=by)]


def _request(sheet: Sheet) -> list[Block]:
    request = sheet.exhibits.setting.request
    opened = heading(sheet, 2, "request", "who")
    if request is None:
        return [opened, sign(sheet, "who", "no_request")]
    told: list[Block] = [opened, fact(sheet, "who", "asked_by", sheet.words(request.by))]
    if request.occasion:
        told.append(fact(sheet, "question", "occasion", sheet.words(request.occasion)))
    if request.date:
        told.append(fact(sheet, "when", "asked_on", Words(text=date(request.date, sheet.language))))
    return [*told, sign(sheet, "say", "then")]


def _answers(sheet: Sheet, names: Names) -> list[Block]:
    """Copy each question whole, then what the group says, how it agreed, and who disagrees beside it."""
    blocks: list[Block] = []
    for number, question in enumerate(_put(sheet), start=1):
        text, true_language = pick(question.text, sheet.language)
        id = f"question-{plain_id(question.id)}"
        title = (Words(text=sheet.say("answer_to", number=number)),)
        foreign = "" if true_language == sheet.language else true_language
        items = [item for item in sheet.left(Statement) if item.question == question.id]
        blocks += [
            Heading(level=2, id=f"part-{id}-answer", content=title, pictogram="question"),
            Asked(id=id, number=number, text=text, language=foreign),
            *(_boxes(sheet, items, names) or [sign(sheet, "wait", "no_answer_yet")]),
        ]
    beyond = _boxes(sheet, sheet.left(Statement), names)
    return [*blocks, *([heading(sheet, 2, "beyond", "say"), *beyond] if beyond else [])]


def _asked(sheet: Sheet, names: Names) -> list[Block]:
    items = sorted(sheet.left(Recommendation), key=lambda item: item.number)
    boxes = _boxes(sheet, items, names)
    return [heading(sheet, 2, "asked", "ask"), *(boxes or [sign(sheet, "ask", "nothing_asked")])]


def _boxes(sheet: Sheet, items: Sequence[Statement | Recommendation], names: Names) -> list[Block]:
    for item in items:
        sheet.place(item)
    return [_box(sheet, item, names[item.id]) for item in items]


def _box(sheet: Sheet, item: Statement | Recommendation, name: str) -> Agreed:
    signs = _agreement(sheet, item.adoption, note_of(item))
    if isinstance(item, Recommendation):
        to = phrase(item.addressee, sheet.language) or sheet.say("nothing_short")
        signs = [sign(sheet, "to", "addressee", to=to), *signs]
    return Agreed(
        id=anchor(item),
        role="recommendation" if isinstance(item, Recommendation) else "statement",
        voices=side_by_side(item.wordings, sheet.language),
        outcome="",
        dissents=tuple(side_by_side(dissent.wordings, sheet.language) for dissent in item.dissents),
        label=name,
        signs=tuple(signs),
    )


def _agreement(sheet: Sheet, adoption: Adoption, note: str) -> list[Sign]:
    """Say how it was agreed, never in numbers: the last line leads to the evidence."""
    if adoption.outcome == "consensus":
        lines = [sign(sheet, "agree", "objection_left")]
    else:
        lines = [sign(sheet, "agree", adoption.outcome), sign(sheet, "differ", "disagree")]
    if adoption.month:
        lines.append(sign(sheet, "when", "adopted", month=date(adoption.month, sheet.language)))
    return [*lines[:-1], replace(lines[-1], note=note)]


def _next(sheet: Sheet) -> list[Block]:
    """Say to whom the whole goes, then what the group itself wrote of what follows."""
    request = sheet.exhibits.setting.request
    blocks: list[Block] = [heading(sheet, 2, "next", "next")]
    if request is not None:
        blocks.append(sign(sheet, "to", "goes_to", to=phrase(request.by, sheet.language)))
    return [*blocks, *(sheet.written(NEXT, 3) or [sheet.paragraph("to_write")])]


def _back(sheet: Sheet) -> list[Block]:
    """Say how to take one's word back, a sentence a line, in the evaluation's own words."""
    setting = sheet.exhibits.setting
    text, language = pick(setting.withdrawal or setting.removal_contact, sheet.language)
    foreign = "" if language == sheet.language else language
    lines: list[Block] = [
        Sign(pictogram="back", content=(Words(text=line),), language=foreign) for line in sentences(text)
    ]
    missing: Paragraph = sheet.paragraph("nothing")
    return [heading(sheet, 2, "back", "back"), *(lines or [missing])]
