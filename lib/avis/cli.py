"""The command line. Nothing heavy is imported before a command needs it.

Exit status: 0 done, 1 problems found in what was given, 2 wrong use.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from avis import __version__
from avis.errors import AvisError, Problems, fail, tell
from avis.i18n import LANGUAGES, language, say, words

if TYPE_CHECKING:
    from avis.evaluation import Evaluation

Command = Callable[[argparse.Namespace], int]


def _translated(message: str) -> str:
    """argparse asks gettext for its few words; ours come from the same file as all others."""
    known: dict[str, str] = words("cli", language())["argparse"]
    return known.get(message, message)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    argparse._ = _translated  # type: ignore[attr-defined]  # its only hook for words of another language
    parser = _parser()
    arguments = parser.parse_args(argv)
    command: Command = arguments.command
    try:
        return command(arguments)
    except AvisError as error:
        print(error, file=sys.stderr)
        return _status(error)
    except KeyboardInterrupt:
        print(say("cli.stopped"), file=sys.stderr)
        return 130
    except BrokenPipeError:  # `avis check | head`
        sys.stderr.close()
        return 0


WRONG_USE = {"EVA-001", "CLI-001", "CLI-002", "CLI-003", "CLI-004", "RUN-007"}
"""Errors in what was asked, not in what was given."""


def _status(error: AvisError) -> int:
    return 2 if {item.code for item in error.problems} <= WRONG_USE else 1


class _Parser(argparse.ArgumentParser):
    """argparse in the user's language: its own few words are replaced."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}{say('cli.wrong_use', message=message)}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="avis", description=say("cli.about"), add_help=False)
    parser.add_argument("-h", "--help", action="help", help=say("cli.help.help"))
    parser.add_argument(
        "--version", action="version", version=f"avis {__version__}", help=say("cli.help.version")
    )
    commands = parser.add_subparsers(metavar=say("cli.command"), required=True, parser_class=_Parser)
    for name, add in (
        ("new", _add_new),
        ("check", _add_check),
        ("build", _add_build),
        ("doctor", _add_doctor),
    ):
        words = say(f"cli.help.{name}")
        sub = commands.add_parser(name, help=words, description=words, add_help=False)
        sub.add_argument("-h", "--help", action="help", help=say("cli.help.help"))
        add(sub)
    return parser


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("slug", metavar=say("cli.slug"), help=say("cli.help.slug"))
    parser.set_defaults(command=_new)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("evaluations", nargs="*", metavar="EVALUATION", help=say("cli.help.evaluations"))
    parser.add_argument("--json", action="store_true", help=say("cli.help.json"))
    parser.set_defaults(command=_check)


def _add_build(parser: argparse.ArgumentParser) -> None:

    parser.add_argument("evaluations", nargs="*", metavar="EVALUATION", help=say("cli.help.evaluations"))
    parser.add_argument("--all", action="store_true", help=say("cli.help.all"))
    parser.add_argument(
        "--document", choices=("avis", "fiche", "all"), default="all", help=say("cli.help.document")
    )
    audiences = ("public", "funder", "members")
    parser.add_argument("--audience", choices=audiences, default="public", help=say("cli.help.audience"))
    parser.add_argument("--lang", choices=(*LANGUAGES, "all"), default="fr", help=say("cli.help.lang"))
    parser.add_argument("--to", default="html,pdf", metavar="html,pdf", help=say("cli.help.to"))
    parser.add_argument("--jobs", type=_jobs, default=2, metavar="N", help=say("cli.help.jobs"))
    parser.add_argument("--force", action="store_true", help=say("cli.help.force"))
    parser.add_argument("--explain", action="store_true", help=say("cli.help.explain"))
    parser.set_defaults(command=_build)


def _add_doctor(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_doctor)


def _jobs(text: str) -> int:
    jobs = int(text)
    if not 1 <= jobs <= 64:
        raise ValueError
    return jobs


def _new(arguments: argparse.Namespace) -> int:
    from avis.skeleton import create

    folder = create(arguments.slug, Path.cwd())
    print(say("cli.created", folder=folder))
    print(say("cli.next", folder=folder))
    return 0


def _asked(arguments: argparse.Namespace) -> list[str]:
    """The evaluations named; without a name, the one here or all those under evaluations/."""
    named: list[str] = list(arguments.evaluations)
    if named and not getattr(arguments, "all", False):
        return named
    if (Path.cwd() / "evaluation.yaml").is_file():
        return ["."]
    found = sorted(path.parent for path in Path.cwd().glob("evaluations/*/evaluation.yaml"))
    if not found:
        raise fail("CLI-001")
    return [str(path) for path in found]


def _check(arguments: argparse.Namespace) -> int:
    worst = 0
    reports: dict[str, list[dict[str, object]]] = {}
    for asked in _asked(arguments):
        slug, problems, status = _examined(asked)
        reports[slug] = _as_data(problems)
        if not arguments.json:
            _print_report(slug, problems)
        worst = max(worst, status)
    if arguments.json:
        import json

        print(json.dumps(reports, ensure_ascii=False, indent=1))
    return worst


def _examined(asked: str) -> tuple[str, Problems, int]:
    """Check one evaluation; one that is not there is a problem like any other."""
    from avis.folders import find
    from avis.steps.check import check

    try:
        folders = find(asked)
    except AvisError as error:
        return asked, Problems(list(error.problems)), 2
    problems = check(folders)
    return folders.slug, problems, 1 if problems.errors else 0


def _as_data(problems: Problems) -> list[dict[str, object]]:
    return [
        {
            "code": item.code,
            "severity": item.severity,
            "file": item.place.file,
            "sheet": item.place.sheet,
            "line": item.place.line or None,
            "column": item.place.column or None,
            "field": item.place.field,
            "message": item.told(),
        }
        for item in problems
    ]


def _print_report(slug: str, problems: Problems) -> None:
    warnings = [item for item in problems if item.severity == "warning"]
    errors, remarks = say("common.problems", n=len(problems.errors)), say("common.warnings", n=len(warnings))
    print(say("cli.checked", slug=slug, errors=errors, warnings=remarks))
    for items, title in ((problems.errors, "cli.to_mend"), (warnings, "cli.to_see")):
        if items:
            print(f"\n{say(title)}\n{tell(items)}")


def _build(arguments: argparse.Namespace) -> int:
    from avis.evaluation import open_evaluation

    worst = 0
    for asked in _asked(arguments):
        try:
            _build_one(open_evaluation(asked), arguments)
        except AvisError as error:
            print(error, file=sys.stderr)
            print(_fate(asked), file=sys.stderr)
            worst = max(worst, _status(error))
    return worst


def _fate(asked: str) -> str:
    """Say what became of the drafts when a build failed."""
    from avis.folders import find

    try:
        folders = find(asked)
    except AvisError:
        return say("cli.no_drafts", slug=asked)
    kept = folders.drafts.is_dir() and any(folders.drafts.iterdir())
    return say("cli.drafts_kept" if kept else "cli.no_drafts", slug=folders.slug)


def _build_one(evaluation: Evaluation, arguments: argparse.Namespace) -> None:
    from avis.pipeline.plan import explain, tasks
    from avis.pipeline.progress import Progress
    from avis.pipeline.run import Wanted, build

    languages = evaluation.settings.languages if arguments.lang == "all" else (arguments.lang,)
    wanted = Wanted(
        documents=_documents(evaluation, arguments.document),
        languages=tuple(languages),
        audience=arguments.audience,
        formats=_formats(arguments.to),
        jobs=arguments.jobs,
        force=arguments.force,
    )
    if arguments.explain:
        planned = tasks(wanted.documents, wanted.languages, wanted.audience)
        print(explain(evaluation, planned, wanted.formats))
        return
    with Progress(evaluation.slug) as progress:
        built = build(evaluation, wanted, progress.step)
    print(say("cli.built" if built.ran else "cli.unchanged", slug=evaluation.slug))
    for path in built.drafts:
        print(f"  {path}")


def _documents(evaluation: Evaluation, asked: str) -> tuple[str, ...]:
    known = evaluation.settings.documents
    if asked == "all":
        return known
    if asked not in known:
        raise fail("RUN-007", evaluation.place("documents"), document=asked, known=", ".join(known))
    return (asked,)


def _formats(text: str) -> tuple[str, ...]:
    from avis.pipeline.plan import FORMATS

    asked = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not asked or not set(asked) <= set(FORMATS):
        raise fail("CLI-002", formats=", ".join(FORMATS))
    return asked


def _doctor(arguments: argparse.Namespace) -> int:
    from avis.doctor import examine

    findings = examine()
    for finding in findings:
        print(f"{'✓' if finding.good else '✗'} {finding.told}")
    return 0 if all(finding.good for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
