"""Arguments of the commands about people: their words, their consent, what identifies them, what went out."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from avis.i18n import LANGUAGES, say


def _evaluation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("evaluation", metavar="EVALUATION", help=say("cli.help.evaluation"))


def _flag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar=say("cli.file"), help=say("cli.help.flag_files"))
    parser.add_argument("--register", metavar=say("cli.file"), help=say("cli.help.register"))
    parser.add_argument("--json", action="store_true", help=say("cli.help.json"))


def _vault(parser: argparse.ArgumentParser) -> None:
    actions = ("key", "init", "add", "remove", "show")
    parser.add_argument("action", choices=actions, help=say("cli.help.vault_action"))
    parser.add_argument("target", metavar="EVALUATION", help=say("cli.help.vault_target"))
    parser.add_argument("files", nargs="*", metavar=say("cli.file"), help=say("cli.help.vault_files"))
    parser.add_argument("--key", metavar=say("cli.file"), help=say("cli.help.key"))
    parser.add_argument("--to", action="append", default=[], metavar="age1…", help=say("cli.help.vault_to"))


def _consent(parser: argparse.ArgumentParser) -> None:
    _evaluation(parser)
    parser.add_argument("--lang", metavar="fr,en,pcm", help=say("cli.help.consent_lang"))
    parser.add_argument("--slips", type=int, default=0, metavar="N", help=say("cli.help.slips"))
    parser.add_argument("--out", metavar=say("cli.folder"), help=say("cli.help.consent_out"))
    parser.add_argument("--templates", action="store_true", help=say("cli.help.consent_templates"))
    parser.add_argument("--words", nargs="+", default=[], metavar="ID", help=say("cli.help.consent_words"))


def _withdraw(parser: argparse.ArgumentParser) -> None:
    _evaluation(parser)
    parser.add_argument("who", nargs="*", metavar=say("cli.who"), help=say("cli.help.who"))
    parser.add_argument("--meeting", metavar="ID", help=say("cli.help.meeting"))
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--change", metavar=say("cli.file"), help=say("cli.help.change"))
    ways.add_argument("--suspend", action="store_true", help=say("cli.help.suspend"))
    ways.add_argument("--resume", action="store_true", help=say("cli.help.resume"))
    ways.add_argument("--counts", action="store_true", help=say("cli.help.counts"))
    parser.add_argument("--history", action="store_true", help=say("cli.help.history"))
    parser.add_argument("--agreed", action="store_true", help=say("cli.help.agreed"))
    parser.add_argument("--yes", action="store_true", help=say("cli.help.yes"))
    parser.add_argument("--no-build", action="store_true", help=say("cli.help.no_build"))


def _access(parser: argparse.ArgumentParser) -> None:
    _evaluation(parser)
    parser.add_argument("who", metavar=say("cli.who"), help=say("cli.help.who"))
    parser.add_argument("--out", metavar=say("cli.file"), help=say("cli.help.access_out"))


def _retention(parser: argparse.ArgumentParser) -> None:
    _evaluation(parser)
    parser.add_argument("--yes", action="store_true", help=say("cli.help.yes"))


def _assess(parser: argparse.ArgumentParser) -> None:
    _evaluation(parser)


def _incident(parser: argparse.ArgumentParser) -> None:
    _evaluation(parser)
    parser.add_argument("--known-at", metavar="2024-03-15T14:00", help=say("cli.help.known_at"))
    parser.add_argument("--lost", nargs="+", metavar=say("cli.file"), help=say("cli.help.lost"))
    encrypted = ("yes", "no", "unknown")
    parser.add_argument(
        "--encrypted", type=_encrypted, choices=encrypted, default="unknown", help=say("cli.help.encrypted")
    )
    parser.add_argument("--out", metavar=say("cli.folder"), help=say("cli.help.incident_out"))


def _encrypted(text: str) -> str:
    """Take a yes or a no in both languages, as everywhere; argparse refuses what is neither."""
    from avis.spelling import TRUTHS, fold

    plain = fold(text)
    known = {"unknown": "unknown", "inconnu": "unknown", "ne sait pas": "unknown", "?": "unknown"}
    return known.get(plain) or {True: "yes", False: "no"}.get(TRUTHS.get(plain), text)  # type: ignore[arg-type]


def _release(parser: argparse.ArgumentParser) -> None:
    _evaluation(parser)
    audiences = ("public", "funder", "members")
    parser.add_argument("--audience", choices=audiences, default="public", help=say("cli.help.audience"))
    parser.add_argument("--call", default="", metavar=say("cli.call"), help=say("cli.help.call"))
    parser.add_argument("--lang", choices=(*LANGUAGES, "all"), default="all", help=say("cli.help.lang"))


def _sent(parser: argparse.ArgumentParser) -> None:
    _evaluation(parser)
    parser.add_argument("edition", nargs="?", metavar="EDITION", help=say("cli.help.edition"))
    parser.add_argument("--to", metavar=say("cli.recipient"), help=say("cli.help.sent_to"))
    parser.add_argument("--organisation", action="store_true", help=say("cli.help.sent_organisation"))
    parser.add_argument("--at", metavar="URL", help=say("cli.help.sent_at"))
    parser.add_argument("--on", metavar="2024-03-15", help=say("cli.help.sent_on"))
    parser.add_argument("--draft", action="store_true", help=say("cli.help.sent_draft"))
    audiences = ("public", "funder", "members")
    parser.add_argument("--audience", choices=audiences, default="public", help=say("cli.help.sent_audience"))
    parser.add_argument("--call", default="", metavar=say("cli.call"), help=say("cli.help.sent_call"))


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar=say("cli.folder"), help=say("cli.help.verify_folder"))
    parser.add_argument("--evaluation", metavar="EVALUATION", help=say("cli.help.verify_evaluation"))


def _protect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar=say("cli.file"), help=say("cli.help.protect_files"))
    parser.add_argument("--threshold", type=int, default=11, metavar="11", help=say("cli.help.threshold"))
    parser.add_argument("--known", metavar=say("cli.file"), help=say("cli.help.protect_known"))
    parser.add_argument("--hierarchy", metavar=say("cli.file"), help=say("cli.help.hierarchy"))
    parser.add_argument(
        "--combine", action="append", default=[], metavar="age: 15-17 + 18-24", help=say("cli.help.combine")
    )
    costs = ("useful", "cells", "people")
    parser.add_argument("--cost", choices=costs, default="useful", help=say("cli.help.cost"))
    parser.add_argument("--exact", action="store_true", help=say("cli.help.exact"))
    parser.add_argument("--audit-only", action="store_true", help=say("cli.help.audit_only"))
    parser.add_argument("--out", metavar=say("cli.folder"), help=say("cli.help.protect_out"))
    parser.add_argument("--json", action="store_true", help=say("cli.help.json"))


def _session(parser: argparse.ArgumentParser) -> None:
    _evaluation(parser)
    parser.add_argument("--port", type=_port, metavar="8731", help=say("cli.help.session_port"))
    parser.add_argument("--host", default="", metavar="192.168.1.5", help=say("cli.help.session_host"))
    parser.add_argument("--cards", action="store_true", help=say("cli.help.cards"))
    parser.add_argument("--lang", metavar="fr,en", help=say("cli.help.session_lang"))
    parser.add_argument("--out", metavar=say("cli.folder"), help=say("cli.help.session_out"))
    parser.add_argument("--no-browser", action="store_true", help=say("cli.help.no_browser"))


def _port(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65535:
        raise ValueError
    return port


def _comments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar=say("cli.file"), help=say("cli.help.comments_files"))
    parser.add_argument("--evaluation", metavar="EVALUATION", help=say("cli.help.comments_evaluation"))
    parser.add_argument("--against", metavar=say("cli.file"), help=say("cli.help.comments_against"))
    parser.add_argument("--initials", action="store_true", help=say("cli.help.comments_initials"))
    parser.add_argument("--out", metavar=say("cli.folder"), help=say("cli.help.comments_out"))
    parser.add_argument("--json", action="store_true", help=say("cli.help.json"))


COMMANDS: tuple[tuple[str, Callable[[argparse.ArgumentParser], None]], ...] = (
    ("flag", _flag),
    ("vault", _vault),
    ("consent", _consent),
    ("withdraw", _withdraw),
    ("access", _access),
    ("retention", _retention),
    ("assess", _assess),
    ("incident", _incident),
    ("release", _release),
    ("sent", _sent),
    ("verify", _verify),
    ("protect", _protect),
    ("session", _session),
    ("comments", _comments),
    ("carry", _evaluation),
)
"""Each stands in a module of its own, under the same name."""
