"""The page of notebook 40, as HTML and as plain text: what to do now first, details after.

No colour says anything here: a thick line, a word and a sign do, so that it reads in black and white, in the
dark mode of JupyterLab, on a narrow screen and aloud.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable

from avis.i18n import say
from avis.steps.protecting_view import Masked, Offer, Told

OPEN = 24
"""Hidden lines that stand open; where there are more of them, tables wait to be opened."""

WIDTH = 96
"""Characters of a line of plain text."""

STYLE = """
.avis-guard{max-width:56rem;line-height:1.5;overflow-wrap:anywhere}
.avis-guard h4{margin:1.4em 0 .4em}
.avis-guard .avis-do{border:2px solid currentColor;border-left-width:.6rem;
padding:.2rem 1rem .6rem;margin:1rem 0}
.avis-guard .avis-do h4{margin:.6em 0 .2em}
.avis-guard ul.avis-numbers{list-style:none;padding:0;margin:.6rem 0;display:flex;flex-wrap:wrap;
gap:.3rem 1.6rem}
.avis-guard ul.avis-numbers strong{font-size:1.3em}
.avis-guard table{border-collapse:collapse;width:100%;table-layout:auto;margin:.2rem 0 .4rem}
.avis-guard caption{text-align:left;font-weight:bold;padding:.3rem 0}
.avis-guard.avis-guard table th,.avis-guard.avis-guard table td{text-align:left;vertical-align:top;
padding:.25rem .6rem .25rem 0;
border-bottom:1px solid currentColor;white-space:normal;font-weight:normal;max-width:none;
overflow-wrap:break-word}
.avis-guard.avis-guard table th{min-width:3.5em}
.avis-guard.avis-guard table thead th{font-weight:bold}
.avis-guard pre{border:1px solid currentColor;padding:.6rem;white-space:pre-wrap;overflow-wrap:anywhere}
.avis-guard summary{cursor:pointer;padding:.2rem 0}
.avis-guard details{margin:.2rem 0}
@media (max-width:30rem){.avis-guard.avis-guard table td{padding-right:.3rem;font-size:.9em}}
""".replace("\n", "")


def write_html(told: Told) -> str:
    """Write the page as HTML that stands in a notebook."""
    parts = [
        f"<style>{STYLE}</style>",
        f"<p><strong>{_esc(say('notebooks.private'))}</strong></p>",
        f"<p><strong>{_esc(told.verdict)}</strong></p>",
        _numbers(told),
        f'<div class="avis-do"><h4>{_esc(say("notebooks.guard.now"))}</h4>{_list(told.steps, "ol")}</div>',
        *_offers(told),
        *_masked(told.masked),
        *_whole(told),
    ]
    return f'<div class="avis-guard">{"".join(parts)}</div>'


def _numbers(told: Told) -> str:
    items = (f"<li><strong>{_esc(n)}</strong> {_esc(name)}</li>" for name, n in told.numbers)
    return f'<ul class="avis-numbers">{"".join(items)}</ul>'


def _offers(told: Told) -> Iterable[str]:
    if told.combined:
        yield f"<h4>{_esc(say('notebooks.guard.combined'))}</h4>{_list(told.combined)}"
    if told.offers:
        yield f"<h4>{_esc(say('notebooks.guard.offers'))}</h4><p>{_esc(say('notebooks.guard.weigh'))}</p>"
    for number, offer in enumerate(told.offers):
        yield _offer(offer, first=not number)


def _offer(offer: Offer, first: bool) -> str:
    copy = _esc(say("notebooks.guard.copy"))
    summary = f"<summary><strong>{_esc(offer.title)}</strong> — {_esc(offer.gives)}</summary>"
    told = f"<p>{copy}</p><pre><code>{_esc(offer.lines)}</code></pre>"
    return f"<details{' open' if first else ''}>{summary}{told}</details>"


def _masked(masked: tuple[Masked, ...]) -> Iterable[str]:
    if masked:
        yield f"<h4>{_esc(say('notebooks.guard.masked'))}</h4>"
        yield f"<p>{_esc(say('notebooks.guard.same_mark'))}</p>"
    opened = " open" if sum(len(table.lines) for table in masked) <= OPEN else ""
    for table in masked:
        count = _esc(say("notebooks.guard.count", n=table.hidden, cells=table.cells))
        summary = f"<summary><strong>{_esc(table.title)}</strong> — {count}</summary>"
        yield f"<details{opened}>{summary}{_table(table)}</details>"


def _table(table: Masked) -> str:
    heads = "".join(
        f'<th scope="col">{_esc(say(f"notebooks.guard.{name}"))}</th>'
        for name in ("line", "why_hidden", "guess_of")
    )
    rows = "".join(
        f'<tr><th scope="row">{_esc(line.label)}</th>'
        f"<td>{_esc(line.why)}</td><td>{_esc(line.guess)}</td></tr>"
        for line in table.lines
    )
    caption = _esc(say("notebooks.guard.caption", table=table.title))
    more = f"<p>{_esc(say('notebooks.guard.more', n=table.more))}</p>" if table.more else ""
    instead = (
        f"<details><summary>{_esc(say('notebooks.guard.instead'))}</summary>"
        f"{_list(line.instead for line in table.lines)}</details>"
    )
    return (
        f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"{more}{instead}"
    )


def _whole(told: Told) -> Iterable[str]:
    if told.whole:
        summary = _esc(say("notebooks.guard.whole", n=len(told.whole)))
        yield f"<details><summary>{summary}</summary>{_list(told.whole)}</details>"


def _list(items: Iterable[str], kind: str = "ul") -> str:
    return f"<{kind}>{''.join(f'<li>{_esc(item)}</li>' for item in items)}</{kind}>"


def _esc(text: str) -> str:
    return html.escape(text, quote=True)


def write_text(told: Told) -> str:
    """Write the same page as plain text, for those who read no HTML."""
    lines = [say("notebooks.private"), "", told.verdict]
    lines += [f"  {n} {name}" for name, n in told.numbers]
    lines += ["", _heading(say("notebooks.guard.now"))]
    lines += [_wrapped(step, f"{number}. ") for number, step in enumerate(told.steps, start=1)]
    if told.combined:
        lines += ["", _heading(say("notebooks.guard.combined")), *(f"- {one}" for one in told.combined)]
    for offer in told.offers:
        lines += [
            "",
            _heading(f"{offer.title} — {offer.gives}"),
            say("notebooks.guard.copy"),
            "",
            offer.lines,
        ]
    for table in told.masked:
        count = say("notebooks.guard.count", n=table.hidden, cells=table.cells)
        lines += ["", _heading(f"{table.title} — {count}")]
        lines += [_wrapped(f"{line.label} : {line.guess}. {line.why}", "- ") for line in table.lines]
        lines += [say("notebooks.guard.more", n=table.more)] if table.more else []
    if told.whole:
        lines += ["", say("notebooks.guard.whole", n=len(told.whole))]
    return "\n".join(lines)


def _heading(text: str) -> str:
    return _wrapped(text.upper() if len(text) < 40 else text, "")


def _wrapped(text: str, mark: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False
    )
