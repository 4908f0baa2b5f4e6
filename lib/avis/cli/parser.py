"""The commands and their arguments, in the user's language."""

from __future__ import annotations

import argparse
from typing import NoReturn

from avis import __version__
from avis.cli.voices import COMMANDS
from avis.i18n import LANGUAGES, language, say, words


def _translated(message: str) -> str:
    """argparse asks gettext for its few words; ours come from the same file as all others."""
    known: dict[str, str] = words("cli", language())["argparse"]
    return known.get(message, message)


class _Parser(argparse.ArgumentParser):
    """argparse in the user's language: its own few words are replaced."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}{say('cli.wrong_use', message=message)}\n")


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of all commands; `command` names the module of the one that was chosen."""
    argparse._ = _translated  # type: ignore[attr-defined]  # its only hook for words of another language
    parser = _Parser(prog="avis", description=say("cli.about"), add_help=False)
    parser.add_argument("-h", "--help", action="help", help=say("cli.help.help"))
    parser.add_argument(
        "--version", action="version", version=f"avis {__version__}", help=say("cli.help.version")
    )
    commands = parser.add_subparsers(metavar=say("cli.command"), required=True, parser_class=_Parser)
    for name, add in (
        ("new", _add_new),
        ("read", _add_read),
        ("check", _add_check),
        ("build", _add_build),
        ("doctor", lambda _: None),
        *COMMANDS,
    ):
        words = say(f"cli.help.{name}")
        sub = commands.add_parser(name, help=words, description=words, add_help=False)
        sub.add_argument("-h", "--help", action="help", help=say("cli.help.help"))
        sub.set_defaults(command=name)
        add(sub)
    return parser


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("slug", nargs="?", metavar=say("cli.slug"), help=say("cli.help.slug"))
    parser.add_argument("--after", default="", metavar="EVALUATION", help=say("cli.help.after"))
    parser.add_argument("--from", dest="files", nargs="+", metavar=say("cli.file"), help=say("cli.help.from"))


def _add_read(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar=say("cli.file"), help=say("cli.help.files"))
    parser.add_argument("--form", metavar=say("cli.file"), help=say("cli.help.form"))
    kinds = ("survey", "activities", "notes", "codes", "references")
    parser.add_argument("--as", dest="wanted", choices=kinds, help=say("cli.help.as"))
    parser.add_argument("--person", default="", metavar=say("cli.column"), help=say("cli.help.person"))
    parser.add_argument("--out", metavar=say("cli.folder"), help=say("cli.help.out"))
    parser.add_argument("--json", action="store_true", help=say("cli.help.json"))


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("evaluations", nargs="*", metavar="EVALUATION", help=say("cli.help.evaluations"))
    parser.add_argument("--json", action="store_true", help=say("cli.help.json"))


def _add_build(parser: argparse.ArgumentParser) -> None:

    parser.add_argument("evaluations", nargs="*", metavar="EVALUATION", help=say("cli.help.evaluations"))
    parser.add_argument("--all", action="store_true", help=say("cli.help.all"))
    parser.add_argument(
        "--document",
        choices=("avis", "restitution", "compte-rendu", "contribution", "fiche", "portefeuille", "all"),
        default="all",
        help=say("cli.help.document"),
    )
    audiences = ("public", "funder", "members", "recipient")
    parser.add_argument("--audience", choices=audiences, default="", help=say("cli.help.audience_of_each"))
    parser.add_argument("--lang", choices=(*LANGUAGES, "all"), default="fr", help=say("cli.help.lang"))
    parser.add_argument("--to", default="html,pdf", metavar="html,pdf,docx", help=say("cli.help.to"))
    parser.add_argument("--interactive", action="store_true", help=say("cli.help.interactive"))
    parser.add_argument("--jobs", type=_jobs, default=2, metavar="N", help=say("cli.help.jobs"))
    parser.add_argument("--force", action="store_true", help=say("cli.help.force"))
    parser.add_argument("--explain", action="store_true", help=say("cli.help.explain"))


def _jobs(text: str) -> int:
    jobs = int(text)
    if not 1 <= jobs <= 64:
        raise ValueError
    return jobs
