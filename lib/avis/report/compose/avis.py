"""The avis: what the group answers to what it was asked, in the order of a published avis.

Passages of the group come first in each part; what they did not place themselves follows, once.
"""

from __future__ import annotations

import msgspec

from avis.exhibits import (
    Audience,
    Exhibits,
    FollowUp,
    Question,
    Recommendation,
    Statement,
)
from avis.i18n import Language, join, period, pick
from avis.report.compose import evidence_parts, money, standards, summaries
from avis.report.compose.agreement import agreement
from avis.report.compose.evidence import plain_id, tongue
from avis.report.compose.listed import asked_by, recommendations
from avis.report.compose.plainly import NEXT
from avis.report.compose.sheet import Sheet, bind, public_notice, without_title
from avis.report.compose.voices import agreed
from avis.report.document import (
    Aside,
    Asked,
    Block,
    Document,
    Facts,
    Heading,
    Inline,
    Items,
    Link,
    Paragraph,
    Passage,
    Words,
)
from avis.setting import REPORT


def compose_avis(
    exhibits: Exhibits,
    passages: tuple[Passage, ...],
    language: Language,
    audience: Audience,
    *,
    draft: bool = True,
) -> Document:
    """Compose the avis in one language for one audience; the budget is for funders alone.

    Raises TXT-017 where a passage quotes words that this audience may not read, TXT-027 where a figure
    or a quote calls a note that no exhibit stands behind.
    """
    own = tuple(passage for passage in passages if passage.place.partition(":")[0] not in (NEXT, REPORT))
    sheet = Sheet(exhibits, own, language, audience)
    parts: tuple[Block, ...] = (
        *_asked_by(sheet),
        *_plain_words(sheet),
        *recommendations(sheet),
        *_introduction(sheet),
        *_questions(sheet),
        *_answers(sheet),
        *evidence_parts.method(sheet),
        *evidence_parts.activities(sheet),
        *evidence_parts.survey(sheet),
        *evidence_parts.themes(sheet),
        *_budget(sheet),
        *_adoption(sheet),
        *_follow_up(sheet),
        *_closing(sheet),
        *evidence_parts.how_counted(sheet),
    )
    blocks = (*parts, *standards.annex(sheet, parts), *public_notice(sheet))
    return msgspec.structs.replace(bind(sheet, "avis", blocks, draft), cover=asked_by(sheet))


def _asked_by(sheet: Sheet) -> list[Block]:
    setting = sheet.exhibits.setting
    items: list[tuple[str, tuple[Inline, ...]]] = [*asked_by(sheet)]
    about = period(setting.start, setting.end, sheet.language)
    items.append((sheet.say("fact.period"), (Words(text=about),)))
    if setting.languages:
        names = join([tongue(code, sheet.language) for code in setting.languages], sheet.language)
        items.append((sheet.say("fact.languages"), (Words(text=names),)))
    items.append((sheet.say("fact.audience"), (Words(text=sheet.say(f"audience.{sheet.audience}")),)))
    return [sheet.heading(2, "request"), Facts(items=tuple(items))]


def _plain_words(sheet: Sheet) -> list[Block]:
    """One page in plain words; never called FALC, since nobody concerned has proofread it yet."""
    own = [without_title(passage) for passage in sheet.passages if passage.place == "plain"]
    blocks = [block for passage in own for block in sheet.passage(passage, 3)]
    blocks = blocks or [sheet.paragraph("to_write")]
    framed = Aside(role="plain", title=sheet.say("plain_title"), blocks=tuple(blocks))
    return [sheet.heading(2, "plain"), framed]


def _introduction(sheet: Sheet) -> list[Block]:
    blocks = sheet.written("introduction", 3)
    return [sheet.heading(2, "introduction"), *blocks] if blocks else []


def _put(sheet: Sheet) -> tuple[Question, ...]:
    request = sheet.exhibits.setting.request
    return request.questions if request is not None else ()


def _anchor(question: Question) -> str:
    return f"question-{plain_id(question.id)}"


def _questions(sheet: Sheet) -> list[Block]:
    """List the questions, each leading to its answer."""
    items: list[tuple[Block, ...]] = []
    for question in _put(sheet):
        link = Link(href=f"#{_anchor(question)}", content=(sheet.words(question.text),))
        items.append((Paragraph(content=(link,)),))
    listed: Block = Items(items=tuple(items), ordered=True) if items else sheet.paragraph("nothing")
    return [sheet.heading(2, "questions"), listed]


def _answers(sheet: Sheet) -> list[Block]:
    blocks: list[Block] = []
    for number, question in enumerate(_put(sheet), start=1):
        blocks += _answer(sheet, number, question)
    return blocks + _beyond_questions(sheet)


def _answer(sheet: Sheet, number: int, question: Question) -> list[Block]:
    """Copy the question whole, then what was found, what the group states, causes, recommendations."""
    own = [passage for passage in sheet.passages if passage.place == f"question:{question.id}"]
    title = sheet.say("answer_to", number=number)
    if own and own[0].title and own[0].language == sheet.language:
        title = sheet.say("answer_about", number=number, title=own[0].title)
        own[0] = without_title(own[0])
    text, true_language = pick(question.text, sheet.language)
    foreign = "" if true_language == sheet.language else true_language
    blocks: list[Block] = [
        sheet.heading(2, _anchor(question) + "-answer", title),
        Asked(id=_anchor(question), number=number, text=text, language=foreign),
    ]
    before = len(blocks)
    for passage in own:
        blocks += sheet.passage(passage, 3)
    blocks += _stated(sheet, question.id)
    causes = sheet.written(f"causes:{question.id}", 4)
    if causes:
        blocks += [sheet.heading(3, f"causes-{plain_id(question.id)}", sheet.say("part.causes")), *causes]
    blocks += _recommended(sheet, question.id)
    if len(blocks) == before:
        blocks.append(sheet.paragraph("no_answer_yet"))
    return blocks


def _stated(sheet: Sheet, question: str | None) -> list[Block]:
    items = [item for item in sheet.left(Statement) if question is None or item.question == question]
    if not items:
        return []
    for item in items:
        sheet.place(item)
    part = f"statements-{plain_id(question)}" if question else "statements"
    texts = [agreed(item, sheet.exhibits, sheet.language) for item in items]
    return [sheet.heading(3, part, sheet.say("part.statements")), *texts]


def _recommended(sheet: Sheet, question: str | None) -> list[Block]:
    items = [item for item in sheet.left(Recommendation) if question is None or item.question == question]
    if not items:
        return []
    for item in items:
        sheet.place(item)
    part = f"recommendations-{plain_id(question)}" if question else "recommendations"
    texts = [
        agreed(item, sheet.exhibits, sheet.language) for item in sorted(items, key=lambda item: item.number)
    ]
    return [sheet.heading(3, part, sheet.say("part.recommendations")), *texts]


def _beyond_questions(sheet: Sheet) -> list[Block]:
    """Print what the group adopted without a question that was put: nothing adopted is lost."""
    blocks = [*_stated(sheet, None), *_recommended(sheet, None)]
    return [sheet.heading(2, "beyond"), *blocks] if blocks else []


def _budget(sheet: Sheet) -> list[Block]:
    if sheet.audience != "funder":
        return []
    return [sheet.heading(2, "budget"), *money.everything(sheet)]


def _adoption(sheet: Sheet) -> list[Block]:
    """Say how the text was adopted, and what consensus means where the group did not say it itself."""
    own = sheet.told(sheet.exhibits.setting.adoption)
    defined = "consensus" in sheet.pick(sheet.exhibits.setting.adoption).casefold()
    since = sheet.exhibits.setting.taken_back
    return [
        sheet.heading(2, "adoption"),
        own,
        *([sheet.told(since)] if since else []),
        *([] if defined else [sheet.paragraph("consensus_means")]),
        *agreement(sheet),
    ]


def _follow_up(sheet: Sheet) -> list[Block]:
    grid = summaries.follow_up(sheet, sheet.left(FollowUp), "table-follow-up-list")
    return [sheet.heading(2, "follow-up"), grid or sheet.paragraph("nothing")]


def _closing(sheet: Sheet) -> list[Block]:
    blocks = sheet.written("closing", 3)
    heading: Heading = sheet.heading(2, "closing")
    return [heading, *blocks] if blocks else []
