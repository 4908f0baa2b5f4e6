"""The report for one funder, in the order of the French form Cerfa 15059.

Identification, what was done, for whom, where, with which result; the money; what explains it; a sheet of
texts to copy into the funder's portal. It takes the order of the form and does not stand for it.
"""

from __future__ import annotations

from msgspec.structs import replace

from avis.exhibits import Audience, Exhibits, Report
from avis.i18n import Language, period
from avis.report.compose import evidence_parts, money, portal, publics
from avis.report.compose.funded import day, euros, report_of, said, sentence
from avis.report.compose.listed import opening
from avis.report.compose.sheet import Sheet, bind, public_notice, without_title
from avis.report.document import Block, Document, Facts, Inline, Passage, Words
from avis.setting import REPORT


def compose_compte_rendu(
    exhibits: Exhibits,
    passages: tuple[Passage, ...],
    language: Language,
    audience: Audience,
    funder: str,
    *,
    draft: bool = True,
) -> Document:
    """Compose the report for one funder; of the passages, only those placed `report:…` are read.

    Raises TXT-017 and TXT-027 as `compose_avis` does.
    """
    own = tuple(passage for passage in passages if passage.place.partition(":")[0] == REPORT)
    sheet = Sheet(exhibits, own, language, audience)
    report = report_of(sheet, funder)
    blocks = (
        *_identification(sheet, report),
        *_qualitative(sheet, report),
        *_money(sheet, report),
        *_explained(sheet),
        *_fields(sheet, report),
        *evidence_parts.how_counted(sheet),
        *_signature(sheet),
        *public_notice(sheet),
    )
    document = bind(sheet, "compte-rendu", blocks, draft)
    terms = [said(sheet, f"fact.{term}") for term in ("funder", "agreement", "due_on")]
    document = replace(document, cover=opening(document.blocks, terms))
    name = sheet.pick(report.name)
    return replace(document, subtitle=said(sheet, "subtitle", name=name)) if name else document


def _part(sheet: Sheet, level: int, part: str) -> Block:
    return sheet.heading(level, part, said(sheet, f"part.{part}"))


def _identification(sheet: Sheet, report: Report) -> list[Block]:
    setting = sheet.exhibits.setting
    own = setting.identity
    missing = sheet.say("nothing_short")
    told: list[tuple[str, Inline]] = [
        ("association", Words(text=own.declared_as or setting.organisation)),
        ("rna", Words(text=own.rna or missing)),
        ("siret", Words(text=own.siret or missing)),
        ("project", sheet.words(setting.title)),
        ("funder", sheet.words(report.name)),
        ("agreement", Words(text=_agreement(sheet, report))),
        ("amount", Words(text=_granted(sheet, report))),
        ("months", Words(text=period(report.start, report.end, sheet.language))),
    ]
    if report.due_on:
        told.append(("due_on", Words(text=day(report.due_on, sheet))))
    items = tuple((said(sheet, f"fact.{term}"), (content,)) for term, content in told)
    return [_part(sheet, 2, "identification"), Facts(items=items), sentence(sheet, "shape")]


def _agreement(sheet: Sheet, report: Report) -> str:
    if not report.agreement and not report.signed_on:
        return sheet.say("nothing_short")
    facts = {"number": report.agreement or sheet.say("nothing_short"), "on": day(report.signed_on, sheet)}
    return said(sheet, "agreement", **facts)


def _granted(sheet: Sheet, report: Report) -> str:
    n = euros(report.amount, sheet)
    return n if report.amount is None else said(sheet, "money.amount", n=n)


def _written(sheet: Sheet, part: str) -> list[Block]:
    """Print what the group wrote for a part, under the heading of the part."""
    found = portal.written(sheet, part)
    return [block for passage in found for block in sheet.passage(without_title(passage), 4)]


def _qualitative(sheet: Sheet, report: Report) -> list[Block]:
    """What was done, for whom, when and where, with which result."""
    setting = sheet.exhibits.setting
    done = _written(sheet, "implementation") or [sheet.listed(setting.activities)]
    where = [*_written(sheet, "places"), *publics.places(sheet)]
    when = sentence(sheet, "places.period", period=period(report.start, report.end, sheet.language))
    other = _written(sheet, "other")
    missing = setting.not_documented
    return [
        _part(sheet, 2, "qualitative"),
        _part(sheet, 3, "implementation"),
        *done,
        _part(sheet, 3, "publics"),
        *_written(sheet, "publics"),
        *publics.publics(sheet, crossed=report.form == "fami"),
        _part(sheet, 3, "places"),
        when,
        *(where or [sentence(sheet, "places.none")]),
        _part(sheet, 3, "objectives"),
        sheet.listed(setting.objectives),
        *_written(sheet, "objectives"),
        *publics.indicators(sheet),
        *([_part(sheet, 3, "other"), *other] if other else []),
        *([_part(sheet, 3, "missing"), sheet.listed(missing)] if missing else []),
    ]


def _money(sheet: Sheet, report: Report) -> list[Block]:
    return [_part(sheet, 2, "money"), *money.table(sheet, report)]


def _explained(sheet: Sheet) -> list[Block]:
    """What the form asks beside the table: how indirect costs were shared, the gaps, what was given."""
    indirect = any(line.indirect for line in money.lines_of(sheet))
    rule = _written(sheet, "indirect") or [
        sentence(sheet, "indirect.unsaid" if indirect else "indirect.none")
    ]
    gaps = [*_written(sheet, "gaps"), *money.gaps(sheet)]
    given = [*_written(sheet, "in_kind"), *money.in_kind(sheet)]
    return [
        _part(sheet, 2, "explained"),
        _part(sheet, 3, "indirect"),
        *rule,
        _part(sheet, 3, "gaps"),
        *(gaps or [sentence(sheet, "gaps.none")]),
        _part(sheet, 3, "in_kind"),
        *(given or [sheet.paragraph("nothing")]),
        _part(sheet, 3, "observations"),
        *(_written(sheet, "observations") or [sentence(sheet, "observations.none")]),
    ]


def _fields(sheet: Sheet, report: Report) -> list[Block]:
    found = portal.fields(sheet, report)
    return [_part(sheet, 2, "fields"), *found] if found else []


def _signature(sheet: Sheet) -> list[Block]:
    """Leave room for whoever signs: the form asks a person to certify what it says."""
    by_hand = (Words(text=said(sheet, "signature.by_hand")),)
    terms = ("who", "where", "signed")
    items = tuple((said(sheet, f"signature.{term}"), by_hand) for term in terms)
    return [_part(sheet, 2, "signature"), sentence(sheet, "signature.certified"), Facts(items=items)]
