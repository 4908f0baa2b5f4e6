"""The command line. Nothing heavy is imported before a command needs it: each stands in a module of its own.

Exit status: 0 done, 1 problems found in what was given, 2 wrong use.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from importlib import import_module

from avis.cli.asked import status
from avis.cli.parser import make_parser
from avis.errors import AvisError
from avis.i18n import say

OF_FILES = ("flag", "read", "protect", "comments")
"""Commands that take files, as many as one likes."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal in Latin-1 knows no « \u202f »
            stream.reconfigure(errors="backslashreplace")
    arguments = _parsed(argv)
    try:
        done: int = import_module(f"avis.cli.{arguments.command}").run(arguments)
    except AvisError as error:
        print(error, file=sys.stderr)
        return status(error)
    except KeyboardInterrupt:
        print(say("cli.stopped"), file=sys.stderr)
        return 130
    except BrokenPipeError:  # `avis check | head`
        sys.stderr.close()
        return 0
    return done


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """Take files before and after an option: argparse alone takes no second handful of them."""
    parser = make_parser()
    arguments, left = parser.parse_known_args(argv)
    if not left:
        return arguments
    if arguments.command not in OF_FILES or any(one.startswith("-") for one in left):
        parser.parse_args(argv)  # says what it does not know, and ends
    arguments.files += left
    return arguments
