"""The contribution: what the group answers to a call, question by question, in numbered paragraphs.

Every paragraph of the body has a number and an anchor, so that a report can cite it. The words are counted
as those who set a limit count them. What the answer may hold was settled before (`addressed`).
"""

from __future__ import annotations

from msgspec.structs import replace

from avis.errors import fail
from avis.exhibits import (
    Audience,
    Call,
    CallQuestion,
    Exhibits,
    Figure,
    Recommendation,
    Statement,
    Table,
)
from avis.i18n import Language, date, number
from avis.report import outline
from avis.report.compose import evidence_parts, summaries
from avis.report.compose.addressed import call_of
from avis.report.compose.evidence import plain_id, source_line
from avis.report.compose.lengths import length
from avis.report.compose.listed import opening
from avis.report.compose.numbering import Numbering
from avis.report.compose.sheet import Sheet, bind, public_notice
from avis.report.compose.withheld import check_withheld
from avis.report.document import (
    Asked,
    Block,
    Document,
    Facts,
    Inline,
    Items,
    Paragraph,
    Passage,
    Strong,
    Words,
)

PLACE = "call"
"""The first word of the place of a passage for a call: `call:traffic-2024:q1`."""
BEHIND = ("part-references", "part-figures", "part-counting")
"""Parts that come behind the body, of which no word counts."""
METHOD = ("recruitment", "translation", "absent", "limits")
"""Sections of the method sheet that tell who speaks, where no passage of the group does."""


def compose_contribution(
    exhibits: Exhibits,
    passages: tuple[Passage, ...],
    language: Language,
    audience: Audience,
    call: str,
    *,
    draft: bool = True,
) -> Document:
    """Compose the answer to one call; without one, what would be answered to the questions of the request.

    Takes what `addressed` gave for that call. Errors: DOC-041 a name that is to be withheld stands in it,
    DOC-042 no such call, or for another audience; TXT-017 and TXT-027 as in `compose_avis`.
    """
    asked = _asked(exhibits, call, audience)
    own = tuple(one for one in passages if one.place.startswith(f"{PLACE}:{asked.id}:"))
    sheet = Sheet(exhibits, own, language, audience)
    body = _body(sheet, asked)
    rest: tuple[Block, ...] = (
        *body.blocks,
        *_references(sheet),
        *_figures(sheet),
        *_counting(sheet),
        *public_notice(sheet),
    )
    told = [sheet.say_of("contribution", f"fact.{term}") for term in ("to", "due", "confidentiality")]
    # counted as bound: words in the other language bear its name then, and the recipient counts them too
    words = words_of_body(bind(sheet, "contribution", (*_head(sheet, asked, 0), *rest), draft))
    blocks = (*_head(sheet, asked, words), *rest)
    bound = replace(bind(sheet, "contribution", blocks, draft), cover=opening(blocks, told))
    document = _titled(sheet, asked, bound)
    check_withheld(document, exhibits.setting.withheld)
    return document


def words_of_body(document: Document) -> int:
    """Count the words of a contribution's body, from its first part to the references or annexes."""
    parts = outline.sections(document.blocks)
    body = [
        block
        for heading, blocks in parts
        if heading and heading.id not in BEHIND
        for block in (heading, *blocks)
    ]
    return length(body)


def _asked(exhibits: Exhibits, id: str, audience: Audience) -> Call:
    found = call_of(exhibits, id)
    if found is not None and found.audience == audience:
        return found
    if id:
        raise fail("DOC-042", id=id, audience=found.audience if found else "–")
    request = exhibits.setting.request
    questions = request.questions if request else ()
    return Call(
        id="",
        to=request.by if request else {},
        title=request.occasion if request else {},
        questions=tuple(CallQuestion(id=one.id, text=one.text, answers=(one.id,)) for one in questions),
        confidentiality="public",
    )


# --- the head


def _head(sheet: Sheet, call: Call, words: int) -> list[Block]:
    def told(text: str) -> tuple[Inline, ...]:
        return (Words(text=text),)

    say = sheet.say_of
    due = date(call.due_on, sheet.language) if call.due_on else sheet.say("nothing_short")
    kept = say("contribution", f"is.{call.confidentiality}")
    items: list[tuple[str, tuple[Inline, ...]]] = [
        (say("contribution", "fact.to"), (sheet.words(call.to),)),
        (say("contribution", "fact.due"), told(due)),
        (say("contribution", "fact.by"), told(_by(sheet))),
        (say("contribution", "fact.length"), told(_length(sheet, call, words))),
        (say("contribution", "fact.confidentiality"), told(kept)),
    ]
    if call.confidentiality != "public":
        items.append((say("contribution", "fact.asked_by"), (sheet.words(call.asked_by),)))
    return [Facts(items=tuple(items))]


def _by(sheet: Sheet) -> str:
    name = sheet.exhibits.setting.organisation
    return sheet.say("author.contribution", name=name) if name else sheet.say_of("contribution", "nameless")


def _length(sheet: Sheet, call: Call, words: int) -> str:
    counted = number(words, sheet.language)
    if not call.words:
        return sheet.say_of("contribution", "length_free", words=counted)
    key = "length_over" if words > call.words else "length"
    return sheet.say_of("contribution", key, words=counted, most=number(call.words, sheet.language))


def _titled(sheet: Sheet, call: Call, document: Document) -> Document:
    """Name the document by its call; a confidential one says so on every page."""
    if not call.id:
        return document
    title = sheet.pick(call.title) or document.title
    subtitle = sheet.say_of("contribution", "subtitle", to=sheet.pick(call.to))
    banners = document.banners
    if call.confidentiality == "confidential":
        banners += (sheet.say_of("contribution", "banner", to=sheet.pick(call.to)),)
    return replace(document, title=title, subtitle=subtitle, author=_by(sheet), banners=banners)


# --- the body


def _body(sheet: Sheet, call: Call) -> Numbering:
    body = Numbering(sheet)
    _who_speaks(sheet, call, body)
    for at, question in enumerate(call.questions, start=1):
        _answer(sheet, call, question, at, body)
    closing = _written(sheet, call, "closing")
    if closing:
        body.head("closing", sheet.say("part.closing"))
        for passage in closing:
            body.passage(passage)
    return body


def _written(sheet: Sheet, call: Call, part: str) -> list[Passage]:
    return [one for one in sheet.passages if one.place == f"{PLACE}:{call.id}:{part}"]


def _who_speaks(sheet: Sheet, call: Call, body: Numbering) -> None:
    """Say who speaks and how the text was written and adopted, in the group's words, else in the method's."""
    setting = sheet.exhibits.setting
    body.head("method", sheet.say("part.method"))
    body.add("paragraph-by", body.say("submitted", by=_by(sheet)))
    for passage in _written(sheet, call, "introduction"):
        body.passage(passage)
    own = _written(sheet, call, "method")
    for passage in own:
        body.passage(passage)
    for name in () if own else METHOD:
        if setting.method.get(name):
            told = Strong(content=(body.say("subject", subject=sheet.say(f"method.{name}")),))
            body.add(f"paragraph-method-{name}", told, Words(text=" "), sheet.words(setting.method[name]))
    if setting.adoption:
        body.add("paragraph-adoption", sheet.words(setting.adoption))


def _answer(sheet: Sheet, call: Call, question: CallQuestion, at: int, body: Numbering) -> None:
    """Copy the question whole; then the group's own text, what it adopted, what it asks of whom."""
    anchor = f"question-{plain_id(question.id)}"
    words = sheet.words(question.text)
    body.head(f"{anchor}-answer", sheet.say("answer_to", number=at))
    body.blocks.append(Asked(id=anchor, number=at, text=words.text, language=words.language))
    before = len(body.blocks)
    for passage in _written(sheet, call, question.id):
        body.passage(passage)
    answered = (question.id, *question.answers) if not call.id else question.answers
    for statement in sheet.left(Statement):
        if statement.question in answered:
            body.adopted(statement)
    asked = [one for one in sheet.left(Recommendation) if one.question in answered]
    for recommendation in sorted(asked, key=lambda one: one.number):
        body.adopted(recommendation)
    if len(body.blocks) == before:
        body.blocks.append(sheet.paragraph("no_answer_yet"))


# --- behind the body: nothing here counts


def _references(sheet: Sheet) -> list[Block]:
    """List treaties, documents and literature that the body cites, by the one citation engine."""
    found = [source for source in evidence_parts.used_sources(sheet) if source.kind == "reference"]
    items = tuple((Paragraph(content=source_line(one, sheet.language)),) for one in found)
    title = sheet.say_of("contribution", "references")
    return [sheet.heading(2, "references", title), Items(items=items)] if items else []


def _figures(sheet: Sheet) -> list[Block]:
    """Show in an annex what was counted, so that a reader can weigh the figures of the body."""
    tables = [one for one in sheet.left(Table) if evidence_parts.part_of(one, sheet) == "activities"]
    summary = summaries.counted(sheet, tables, "table-counted", details=True)
    others = summaries.others_figures(sheet, sheet.left(Figure), "table-figures")
    blocks: list[Block] = [block for block in (summary, others) if block is not None]
    sheet.skip_drawn()
    blocks += evidence_parts.shown(sheet, "activities")
    title = sheet.say_of("contribution", "annex_figures")
    return [sheet.heading(2, "figures", title), *blocks] if blocks else []


def _counting(sheet: Sheet) -> list[Block]:
    """Tell how words and figures were counted, what protects people, from what, how to take words back."""
    say = sheet.say_of
    others = [one for one in evidence_parts.used_sources(sheet) if one.kind != "reference"]
    items = tuple((Paragraph(content=source_line(one, sheet.language)),) for one in others)
    setting = sheet.exhibits.setting
    back = setting.withdrawal or setting.method.get("withdrawal", {})
    return [
        sheet.heading(2, "counting", say("contribution", "annex_counting")),
        Paragraph(content=(Words(text=say("contribution", "counted_words")),)),
        *(sheet.paragraph(f"rule.{rule}") for rule in ("acts", "people", "missing", "shares")),
        sheet.heading(3, "protection"),
        *evidence_parts.protection(sheet),
        sheet.heading(3, "sources"),
        Items(items=items) if items else sheet.paragraph("nothing"),
        sheet.heading(3, "withdrawal"),
        sheet.told(back),
    ]
