"""How each text of the group changed, from its first proposal to its adoption: for evaluators alone.

What came and what went is said in words and drawn as such, never by a colour alone.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass

from avis.errors import Problems
from avis.evaluation import open_evaluation
from avis.folders import write_whole
from avis.i18n import date, language, say
from avis.steps.parameters import COUNTING, refuse_unknown
from avis.writing.deliberation import deliberate, read_logs
from avis.writing.history import Change, Step, tell_histories

PAGE = "historique.html"
"""The page in the private folder of the build."""
BARE = ("amended", "rejected", "dropped", "asked", "addressed", "suspended", "resumed", "withdrawn")
"""Steps that are told without words: these stand in the step before."""
TAGS = {"added": "ins", "removed": "del"}
_STYLE = (
    "body{font:1.06rem/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "ins,del{padding:0 .15em}ins{font-weight:700;text-decoration:underline}del{text-decoration:line-through}"
)


@dataclass(frozen=True, repr=False)
class Shown:
    """The histories of texts, as a notebook and a page show them."""

    histories: Mapping[str, tuple[Step, ...]]
    remarks: str = ""

    def __repr__(self) -> str:
        parts = [say("notebooks.private")]
        for id, steps in self.histories.items():
            parts.append("\n".join([say("notebooks.history.text", id=id), *(_line(step) for step in steps)]))
        return "\n\n".join(parts if self.histories else [*parts, say("notebooks.history.none")])

    def _repr_html_(self) -> str:
        parts = [f"<p><strong>{html.escape(say('notebooks.private'))}</strong></p>"]
        for id, steps in self.histories.items():
            title = html.escape(say("notebooks.history.text", id=id))
            items = "".join(f"<li>{_marked(step)}</li>" for step in steps)
            parts.append(f"<h3>{title}</h3><ol>{items}</ol>")
        none = html.escape(say("notebooks.history.none"))
        return "".join(parts if self.histories else [*parts, f"<p>{none}</p>"])


def show_history(evaluation: str) -> Shown:
    """Show how each text changed, and write the same as a page in the private folder of the build.

    Errors: those of the logs, all at once.
    """
    refuse_unknown(COUNTING)
    opened, problems = open_evaluation(evaluation), Problems()
    deliberate(opened, problems)
    problems.raise_errors()
    shown = Shown(tell_histories(read_logs(opened, Problems()), opened.settings.scales))
    write_whole(opened.folders.private / PAGE, _page(shown))
    return shown


def _page(shown: Shown) -> str:
    title = html.escape(say("notebooks.history.title"))
    return (
        f'<!DOCTYPE html><html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{title}</h1>{shown._repr_html_().replace('h3>', 'h2>')}</main></body></html>\n"
    )


def _line(step: Step) -> str:
    told = "" if step.kind in BARE else "".join(map(_in_words, step.change)) or _whole(step)
    return f"- {_said(step)}{told}{_why(step)}"


def _said(step: Step) -> str:
    """Say what happened, and in which version the text then was."""
    what = say(f"notebooks.history.step.{step.kind}")
    on = date(step.date, language())
    told = say("notebooks.history.step_of", what=what, on=on, version=step.version)
    return told if step.wording and step.kind not in BARE else told.rstrip(" :\u00a0") + "."


def _whole(step: Step) -> str:
    if step.wording is None:
        return ""
    return say("notebooks.history.words", words=step.wording.text)


def _why(step: Step) -> str:
    return say("notebooks.history.why", words=step.reason.text) if step.reason else ""


def _in_words(change: Change) -> str:
    return change.words if change.op == "same" else say(f"notebooks.history.{change.op}", words=change.words)


def _marked(step: Step) -> str:
    """Write a step as HTML: what was added and taken out as such, with the word that says so."""
    told = html.escape(_said(step))
    if step.kind in BARE:
        return told + html.escape(_why(step))
    for change in step.change:
        words = html.escape(_in_words(change))
        told += f"<{TAGS[change.op]}>{words}</{TAGS[change.op]}>" if change.op in TAGS else words
    if not step.change and step.wording is not None:
        spoken = html.escape(step.wording.language, quote=True)
        told += f'<span lang="{spoken}">{html.escape(_whole(step))}</span>'
    return told + html.escape(_why(step))
