"""The annex that maps reporting standards of qualitative research: where each item is told, or why not.

COREQ has 32 items (Tong, Sainsbury and Craig, 2007), SRQR 21 (O'Brien and others, 2014). Their topics stand
here in our own few words. Nothing is counted of the answers: it is no score.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from avis import __version__
from avis.exhibits import Setting
from avis.i18n import join, pick, say
from avis.report import outline
from avis.report.compose.evidence import words
from avis.report.compose.sheet import Sheet
from avis.report.document import Block, Column, Grid, Heading, Inline, Link, Paragraph, Slot, Words
from avis.setting import Answer, Standard

ITEMS = {"coreq": 32, "srqr": 21}
REFERENCES = {
    "coreq": ("Tong, Sainsbury, Craig, 2007", "https://doi.org/10.1093/intqhc/mzm042"),
    "srqr": ("O’Brien, Harris, Beckman, Reed, Cook, 2014", "https://doi.org/10.1097/ACM.0000000000000388"),
}
ANSWERS = "question-"
"""The beginning of the anchors of the answers: the first of them stands for all."""
SOFTWARE, FUNDERS, TITLE = "=software", "=funders", "=title"
"""What the annex itself tells."""

WHERE: dict[str, dict[int, tuple[str, ...]]] = {
    "coreq": {
        **{1: ("method-facilitation",), 6: ("method-ties",), 9: ("method-approach",)},
        **{8: ("method-characteristics", "method-ties"), 10: ("method-recruitment",)},
        **{11: ("method-recruitment",), 12: ("method",), 13: ("method-refusals",), 14: ("method-setting",)},
        **{17: ("method-guide",), 19: ("method-recording",), 22: ("method-saturation",)},
        **{23: ("method-returned",), 26: ("method-analysis",), 27: (SOFTWARE,), 28: ("adoption",)},
        **{29: (ANSWERS,), 31: ("themes",)},
    },
    "srqr": {
        **{1: (TITLE,), 2: ("plain",), 3: ("introduction",), 4: ("questions",), 5: ("method-approach",)},
        **{6: ("method-characteristics", "method-ties"), 7: ("method-setting", "request")},
        **{8: ("method-recruitment",), 9: ("method-ethics", "protection"), 10: ("method-steps",)},
        **{11: ("method-guide",), 12: ("method",), 14: ("method-analysis",), 15: ("method-returned",)},
        **{16: (ANSWERS,), 17: (ANSWERS,), 19: ("method-limits",), 20: ("method-ties",), 21: (FUNDERS,)},
    },
}
"""Where an item is told without anybody writing it: parts of the document, the first that stands there."""


def blanks(standard: Standard, sections: Collection[str]) -> list[int]:
    """Give the items that nobody answered and that no part of the document answers by itself.

    `sections` are those of the method sheet; every other part is taken to stand in the document.

    >>> 13 in blanks(Standard(id="coreq"), ["refusals"]), 13 in blanks(Standard(id="coreq"), [])
    (False, True)
    """
    answered = {answer.item for answer in standard.answers}
    return [
        item
        for item in range(1, ITEMS[standard.id] + 1)
        if item not in answered
        and not any(_told(part, sections) for part in WHERE[standard.id].get(item, ()))
    ]


def _told(part: str, sections: Collection[str]) -> bool:
    prefix, _, section = part.partition("-")
    return prefix != "method" or not section or section in sections


def annex(sheet: Sheet, blocks: Iterable[Block]) -> list[Block]:
    """Map the standards that the evaluation asks for, onto the parts that stand in the document."""
    standards = sheet.exhibits.setting.standards
    if not standards:
        return []
    headings = {block.id: block for block in blocks if isinstance(block, Heading)}
    told: list[Block] = [sheet.heading(2, "standards"), Paragraph(content=(_say(sheet, "what"),))]
    return [*told, *(_grid(sheet, standard, headings) for standard in standards)]


def _say(sheet: Sheet, key: str, **facts: object) -> Words:
    return Words(text=say(f"report.standards.{key}", sheet.language, **facts))


def _grid(sheet: Sheet, standard: Standard, headings: dict[str, Heading]) -> Grid:
    given = {answer.item: answer for answer in standard.answers}
    rows = tuple(
        (
            Slot(content=(Words(text=str(item)),)),
            Slot(content=(_say(sheet, f"{standard.id}.{item}"),)),
            _slot(sheet, standard, item, given.get(item), headings),
        )
        for item in range(1, ITEMS[standard.id] + 1)
    )
    name, address = REFERENCES[standard.id]
    number = Column(label=_say(sheet, "number").text, align="end")
    columns = (number, *(Column(label=_say(sheet, key).text) for key in ("topic", "answer")))
    text = _say(sheet, "reference", name=standard.id.upper(), reference=name).text
    remark = (Words(text=f"{text}, "), Link(href=address, content=(Words(text=address),)))
    caption = _say(sheet, f"caption.{standard.id}").text
    return Grid(id=f"standard-{standard.id}", caption=caption, columns=columns, rows=rows, remark=remark)


def _slot(
    sheet: Sheet, standard: Standard, item: int, answer: Answer | None, headings: dict[str, Heading]
) -> Slot:
    """Give what was answered, else the part of the document that tells it, else that nobody answered."""
    if answer is not None and answer.where:
        return Slot(content=(words(answer.where, sheet.language),))
    if answer is not None and answer.not_done:
        why, true_language = pick(answer.not_done, sheet.language)
        foreign = "" if true_language == sheet.language else true_language
        before = _say(sheet, "not_done", why="").text
        return Slot(content=(Words(text=before), Words(text=why, language=foreign)))
    for part in WHERE[standard.id].get(item, ()):
        found = _where(sheet, part, headings)
        if found:
            return Slot(content=found)
    return Slot(content=(_say(sheet, "blank"),), state="not_documented")


def _where(sheet: Sheet, part: str, headings: dict[str, Heading]) -> tuple[Inline, ...]:
    if part.startswith("="):
        return _itself(sheet, part)
    if not _told(part, sheet.exhibits.setting.method):
        return ()  # a heading under which nothing is documented tells nothing
    anchors = [id for id in headings if id == f"part-{part}"]
    if part == ANSWERS:
        anchors = [id for id in headings if id.startswith(f"part-{ANSWERS}")]
    if not anchors:
        return ()
    heading = headings[anchors[0]]
    return (Link(href=f"#{heading.id}", content=(Words(text=outline.plain(heading.content)),)),)


def _itself(sheet: Sheet, part: str) -> tuple[Inline, ...]:
    setting: Setting = sheet.exhibits.setting
    if part == FUNDERS:
        names = join([pick(funder, sheet.language)[0] for funder in setting.funders], sheet.language)
        return (_say(sheet, "funders", names=names),) if setting.funders else ()
    if part == TITLE:
        return (_say(sheet, "title"),)
    return (_say(sheet, "software", version=__version__),)
