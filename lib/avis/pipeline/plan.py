"""What a build runs, in which order, and what is stale: decided from hashes, nothing heavy imported.

What depends on what is written down once, in `STEPS`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from avis.editions.printed import NAME as PRINTED
from avis.evaluation import Evaluation, as_of
from avis.exhibits import HOUSE
from avis.folders import Folders, lies_within, stem, write_whole
from avis.i18n import say
from avis.inputs import COUNTED, SPOKEN, digest, hash_file, published_digest, source_files, workbench
from avis.look import look_digest
from avis.schema import resource
from avis.settings import Settings
from avis.vault.box import vault_path
from avis.vault.keys import PASSPHRASE, find_key


@dataclass(frozen=True)
class Step:
    """A notebook, what it reads of the evaluation, which notebooks come first, what it makes."""

    notebook: str
    reads: tuple[str, ...] = ()
    """Names of `sources:` in evaluation.yaml: the files may lie anywhere in the evaluation."""
    after: tuple[str, ...] = ()
    document: str = ""
    texts: bool = False
    """Whether it reads the group's texts."""
    places: tuple[str, ...] = ()
    """Of these texts, the places that it reads; all where none is named."""
    audience: str = "public"
    """For whom a document is, where nobody says."""
    only: tuple[str, ...] = ()
    """The audiences that may have it, all where none is named."""
    parameter: str = ""
    """The notebook's parameter that tells which of several such documents: a funder, a call."""


_COUNTING = ("10-activites", "20-questionnaire", "30-ateliers")
STEPS = (
    Step("10-activites", COUNTED["activites"]),
    Step("20-questionnaire", COUNTED["questionnaire"]),
    Step("30-ateliers", COUNTED["ateliers"]),
    Step("35-relecture", ("notes", "stories", "consent", "persons", "review", "codebook")),
    Step("40-protection", SPOKEN, after=(*_COUNTING, "35-relecture")),
    Step("50-avis", after=("40-protection",), document="avis", texts=True),
    Step(
        "60-restitution",
        after=("40-protection",),
        document="restitution",
        texts=True,
        places=("next", "suite"),
        audience="members",
    ),
    Step(
        "70-compte-rendu",
        after=("40-protection",),
        document="compte-rendu",
        texts=True,
        places=("report", "compte-rendu", "bilan"),
        audience="funder",
        only=("funder",),
        parameter="bailleur",
    ),
    Step(
        "75-contribution",
        after=("40-protection",),
        document="contribution",
        texts=True,
        places=("call", "appel"),
        only=("public", "recipient"),
        parameter="appel",
    ),
    Step("80-fiche", after=("40-protection",), document="fiche"),
)
"""The notebooks of a build, and what depends on what: written down here alone."""
FRONT = 1000
"""Bytes of a text in which its place stands."""
PROTECTING = "40-protection"
WEIGHING = ("35-relecture", PROTECTING)
"""Notebooks that weigh which words may be printed."""
DOCUMENTS = tuple(step.document for step in STEPS if step.document)
FORMATS = {"html": "AvisHTMLExporter", "pdf": "AvisPDFExporter", "docx": "AvisDOCXExporter"}
"""Endings of documents, and the exporter that makes each."""
INTERACTIVE = "interactif.html"
EXPORTERS = {**FORMATS, INTERACTIVE: "AvisInteractiveExporter"}
"""Those that a release holds, and a page with a script, made where it is asked for and never released."""


@dataclass(frozen=True)
class Task:
    """One run of one notebook: for a document, one language and one audience."""

    step: Step
    language: str = ""
    audience: str = ""
    variant: str = ""
    """Which of several documents of a kind."""

    @property
    def name(self) -> str:
        """The name of the executed notebook: `50-avis.public.fr`."""
        notebook = f"{self.step.notebook}-{self.variant}" if self.variant else self.step.notebook
        return ".".join(part for part in (notebook, self.audience, self.language) if part)

    @property
    def stem(self) -> str:
        """The name of the document without its ending: `avis.public.fr`."""
        return stem(self.step.document, self.variant, self.audience, self.language)

    def parameters(self, folders: Folders) -> dict[str, str]:
        """What papermill injects; nothing but what the notebook's `parameters` cell declares."""
        given = {"evaluation": str(folders.root)}
        if self.step.document:
            given |= {"langue": self.language, "audience": self.audience}
        if self.step.parameter:
            given[self.step.parameter] = self.variant
        return given

    def outputs(self, folders: Folders, formats: Iterable[str] = ()) -> list[Path]:
        """What must exist for the task to be done."""
        if self.step.document:
            return [folders.drafts / f"{self.stem}.{ending}" for ending in formats]
        if self.step.notebook == PROTECTING:
            return [folders.exhibits, folders.private / PRINTED]
        if self.step.notebook == "35-relecture":
            return [folders.private / "relecture.json"]
        return [folders.findings / f"{self.step.notebook.partition('-')[2]}.json"]


def tasks(
    settings: Settings, documents: Iterable[str], languages: Iterable[str], audience: str = ""
) -> list[Task]:
    """List the tasks of a build in running order; counting and protection come once.

    Without an audience, each document is for its own; a document that an audience may not have is left out,
    and so is the answer to a call whose confidentiality is another.
    """
    wanted, spoken = list(documents), list(languages)
    planned = []
    for step in STEPS:
        if not step.document:
            planned.append(Task(step))
        elif step.document in wanted and (not audience or audience in (step.only or HOUSE)):
            planned += [
                Task(step, lang, own or audience or step.audience, variant)
                for variant in settings.variants(step.document)
                if (own := settings.audience_of(step.document, variant)) in ("", audience) or not audience
                for lang in spoken
            ]
    return planned


def waves(planned: list[Task]) -> list[list[Task]]:
    """Group tasks so that those of one wave depend on none of it, and may run side by side."""
    left, done, grouped = list(planned), set[str](), list[list[Task]]()
    while left:
        ready = [task for task in left if set(task.step.after) <= done]
        grouped.append(ready)
        done |= {task.step.notebook for task in ready}
        left = [task for task in left if task not in ready]
    return grouped


def notebook_path(step: Step) -> Path:
    """Find a step's notebook, in a wheel and in a checkout alike."""
    return resource("notebooks", f"{step.notebook}.ipynb")


class State:
    """What was built from what: digests of the tasks done, kept in `build/private/plan.json`.

    It lives as long as one build: what it has hashed once it does not hash again.
    """

    def __init__(self, opened: Evaluation) -> None:
        self.opened = opened
        self.folders = opened.folders
        self.path = self.folders.private / "plan.json"
        self._digests: dict[str, str] = {}
        try:
            self.done: dict[str, str] = json.loads(self.path.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            self.done = {}

    def digest(self, task: Task) -> str:
        """Hash all that decides the task's result.

        What earlier notebooks made counts by its bytes: where a new source leaves the same counts,
        the documents stay. It must therefore be asked once those notebooks have run.
        """
        if task.name not in self._digests:
            notebook = hash_file(notebook_path(task.step))
            others = [workbench(), notebook, str(task.parameters(self.folders))]
            others += [_bytes(path) for step in _before(task) for path in Task(step).outputs(self.folders)]
            others += [look_digest(self.folders.root)] if task.step.document else []
            others += [_register(self.opened)] if task.step.notebook in WEIGHING else []
            others += [published_digest(self.opened)] if task.step.notebook == PROTECTING else []
            self._digests[task.name] = digest(self.folders.root, self._files(task.step), *others)
        return self._digests[task.name]

    def _files(self, step: Step) -> list[Path]:
        if step.document:
            texts = sorted(self.folders.texts.glob("*")) if step.texts else []
            return [path for path in texts if path.is_file() and _reads(step, path)]
        return source_files(self.opened, step.reads)

    def reason(self, task: Task, formats: Iterable[str]) -> str:
        """Say why a task must run (a key of `cli.reasons`), nothing where it need not."""
        if task.name not in self.done:
            return "never"
        if self.done[task.name] != self.digest(task):
            return "changed"
        asked = tuple(formats)
        if not all(path.is_file() for path in task.outputs(self.folders, asked)):
            return "missing"
        if any(f"{task.name}.{ending}" in self.done for ending in asked):
            return "changed"
        if task.step.notebook in WEIGHING and self._consent_ended():
            return "consent"
        return ""

    def _consent_ended(self) -> bool:
        """A consent that ends changes what may be printed, though no file changed."""
        try:
            built, ends = (self.folders.private / "valid.txt").read_text(encoding="utf-8").split()
        except (FileNotFoundError, ValueError):
            return True
        today = as_of().isoformat()
        return not built <= today < ends

    def finish(self, task: Task, formats: Iterable[str] = ()) -> None:
        """Note that a task is done, on disk at once, and which formats of its document are of before."""
        made = tuple(formats)
        if made and self.done.get(task.name) != self.digest(task):
            self.done |= {f"{task.name}.{ending}": "before" for ending in EXPORTERS if ending not in made}
        for ending in made:
            self.done.pop(f"{task.name}.{ending}", None)
        self.note(task.name, self.digest(task))

    def note(self, name: str, told: str) -> None:
        """Note something of this build under a name, on disk at once."""
        self.done[name] = told
        write_whole(self.path, json.dumps(self.done, indent=1, sort_keys=True))


def _reads(step: Step, path: Path) -> bool:
    """Tell whether a document reads a text: the place stands in its first lines, whatever is wrong below.

    Where it may stand elsewhere or otherwise, the text counts: rather a document made once too often.
    """
    if not step.places:
        return True
    with path.open("rb") as file:
        head = file.read(FRONT)
    found = re.search(rb"^[\"']?place[\"']?[ \t]*:[ \t]*[\"']?([\w-]+)", head, re.MULTILINE)
    if found is None:
        return b"place" in head or len(head) == FRONT
    return found[1].decode("ascii", "replace").casefold() in step.places


def _before(task: Task) -> list[Step]:
    return [step for step in STEPS if step.notebook in task.step.after]


def explain(opened: Evaluation, planned: list[Task], formats: Iterable[str]) -> str:
    """Say, a line a task, what is up to date and what would be made again, and why."""
    state, wanted, lines, stale = State(opened), tuple(formats), [], set[Step]()
    for task in planned:
        reason = state.reason(task, wanted) or ("before" if stale & set(_before(task)) else "")
        stale |= {task.step} if reason else set()
        told = say(f"cli.reasons.{reason}") if reason else ""
        lines.append(say("cli.explain_stale" if reason else "cli.explain_fresh", name=task.name, reason=told))
    return "\n".join(lines)


def _register(opened: Evaluation) -> str:
    """Say which register of people would be searched: the vault as it is, and whether a key is here.

    Where it changed, or a key came or went, what is flagged changes, though no file of the evaluation did.
    """
    part = opened.settings.vault
    if part is None or lies_within(opened.folders.root / Path(part.folder).expanduser(), opened.folders.root):
        return ""
    here = find_key() is not None and PASSPHRASE in os.environ
    return f"{here} {_bytes(vault_path(opened.folders, part.folder))}"


def _bytes(path: Path) -> str:
    return hash_file(path) if path.is_file() else "missing"
