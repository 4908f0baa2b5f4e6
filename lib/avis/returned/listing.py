"""The list of remarks as words, data, a spreadsheet, a page to print."""

from __future__ import annotations

import csv
import io
from html import escape
from typing import Any

from avis.errors import shown
from avis.i18n import Language, say
from avis.release.annex import safe
from avis.returned.gathering import Gathered, Listed
from avis.returned.places import Origin

HEADS = ("file", "paragraph", "heading", "kind", "who", "words", "told", "where", "decided")
"""Columns of the list; the last one is left to whoever decides."""
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;font-size:.93rem}caption{text-align:left;font-weight:700}"
    "th,td{text-align:left;vertical-align:top;padding:.45rem .6rem .45rem 0;border-bottom:1px solid #bbb;"
    "overflow-wrap:break-word}td{min-width:3.5rem}thead th{border-bottom:2px solid}tr{break-inside:avoid}"
)


def as_text(found: Gathered, language: Language, initials: bool = False) -> str:
    """Write the list to be read on a screen, file by file."""
    lines: list[str] = []
    for file, against in found.against.items():
        held = [one for one in found.listed if one.file == file]
        lines.append(_say("file", language, name=shown(file), n=len(held)))
        if against:
            lines.append("  " + _say("against", language, name=shown(against)))
        lines += ["  " + line for one in held for line in _told(one, language, initials)]
    if found.formats:
        lines.append(_say("formats", language, n=found.formats))
    lines.append(_say("not_merged", language))
    return "\n".join(lines)


def _told(one: Listed, language: Language, initials: bool) -> list[str]:
    lines = [f"{_paragraph(one, language)} {_kind(one, language)} {_who(one, language, initials)}".rstrip()]
    if one.remark.words:
        lines.append("    " + _say("words", language, text=shown(one.remark.words)))
    lines += [f"    → {shown(line)}" for line in one.remark.told.split("\n") if line]
    where = told_origin(one.origin, language)
    return [*lines, f"    {where}"] if where else lines


def _paragraph(one: Listed, language: Language) -> str:
    if not one.remark.paragraph:
        return _say("margins", language)
    number = _say("paragraph", language, n=one.remark.paragraph)
    return f"{number}, « {shown(one.remark.heading)} »" if one.remark.heading else number


def _kind(one: Listed, language: Language) -> str:
    kind = "reply" if one.remark.reply else one.remark.kind
    told = _say(f"kinds.{kind}", language)
    return f"— {told} ({_say('resolved', language)})" if one.remark.resolved else f"— {told}"


def _who(one: Listed, language: Language, initials: bool) -> str:
    if not one.who:
        return ""
    return f"({shown(one.initials) if initials and one.initials else _say('who', language, n=str(one.who))})"


def told_origin(origin: Origin | None, language: Language) -> str:
    """Say where words would be changed, and by whom; empty where nothing tells."""
    if origin is None:
        return ""
    return _say(f"origin.{origin.whose}", language, name=origin.name, line=str(origin.line))


def as_data(found: Gathered, initials: bool = False) -> dict[str, Any]:
    """Give the list as data for JSON."""
    return {
        "against": found.against,
        "formats": found.formats,
        "remarks": [_datum(one, initials) for one in found.listed],
    }


def _datum(one: Listed, initials: bool) -> dict[str, Any]:
    remark, origin = one.remark, one.origin
    return {
        "file": one.file,
        "paragraph": remark.paragraph or None,
        "heading": remark.heading,
        "kind": remark.kind,
        "reply": remark.reply,
        "resolved": remark.resolved,
        "who": one.who or None,
        **({"initials": one.initials} if initials else {}),
        "words": remark.words,
        "told": remark.told,
        "origin": {"whose": origin.whose, "name": origin.name, "line": origin.line or None}
        if origin
        else None,
    }


def _row(one: Listed, language: Language, initials: bool) -> list[str]:
    remark = one.remark
    return [
        one.file,
        str(remark.paragraph or ""),
        remark.heading,
        _kind(one, language).removeprefix("— "),
        _who(one, language, initials).strip("()"),
        remark.words,
        remark.told,
        told_origin(one.origin, language),
        "",
    ]


def as_csv(found: Gathered, language: Language, initials: bool = False) -> bytes:
    """Write the list as a spreadsheet, which no cell of it can command."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if language == "fr" else ",", lineterminator="\r\n")
    writer.writerow([_say(f"heads.{head}", language) for head in HEADS])
    for one in found.listed:
        writer.writerow([safe(shown(text)) for text in _row(one, language, initials)])
    return out.getvalue().encode("utf-8-sig")


def as_html(found: Gathered, language: Language, initials: bool = False) -> str:
    """Write the list as a page to read and print, with a column to decide in."""
    title = _say("title", language)
    heads = "".join(f'<th scope="col">{escape(_say(f"heads.{head}", language))}</th>' for head in HEADS)
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{escape(shown(text))}</td>" for text in _row(one, language, initials))
        + "</tr>\n"
        for one in found.listed
    )
    about = f"<p>{_say('not_merged', language)}</p>"
    caption = f"<caption>{_say('caption', language, n=len(found.listed))}</caption>"
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>\n'
        '<meta name="robots" content="noindex">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style></head>\n<body><main><h1>{title}</h1>\n{about}\n"
        f"<table>{caption}<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table></main></body></html>\n"
    )


def _say(key: str, language: Language, **facts: object) -> str:
    return say(f"cli.comments.{key}", language, **facts)
