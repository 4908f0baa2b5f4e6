"""`avis session`: the room where the group writes, on laptop, wall and phones; or its cards on paper."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from avis.errors import Problems, fail, tell
from avis.i18n import say

if TYPE_CHECKING:
    from avis.evaluation import Evaluation
    from avis.room.running import Tell
    from avis.room.serving import Room


def run(arguments: argparse.Namespace) -> int:
    """Open the room until somebody stops it; or print its cards. Errors: those of `running.run`, CLI-020."""
    from avis.evaluation import open_evaluation

    opened = open_evaluation(arguments.evaluation)
    if arguments.cards:
        return _print_cards(opened, arguments)
    from avis.room.running import Asked, run

    before = _taken_back(opened)
    run(opened, Asked(arguments.port, arguments.host), _teller(opened, not arguments.no_browser))
    print(say("cli.session.stopped"))
    if _taken_back(opened) > before:
        print(say("cli.session.taken_back", evaluation=arguments.evaluation))
    return 0


def _taken_back(opened: Evaluation) -> int:
    from avis.errors import Problems
    from avis.rights.withdrawals import read_withdrawals

    return len(read_withdrawals(opened.folders.root, Problems()))


def _print_cards(opened: Evaluation, arguments: argparse.Namespace) -> int:
    from avis.rights.wording import LANGUAGE
    from avis.room.cards import print_cards

    asked = [part.strip().lower() for part in (arguments.lang or "").split(",") if part.strip()]
    if not all(map(LANGUAGE.fullmatch, asked)):
        raise fail("CLI-020")
    out = Path(arguments.out) if arguments.out else opened.folders.private / "cartes"
    for path in print_cards(opened, tuple(asked) or opened.settings.languages, out):
        print(say("cli.session.cards_written", path=path))
    return 0


def _teller(opened: Evaluation, browser: bool) -> Tell:
    """Make what says, once the room is open, where it is and how to stop it."""
    from avis.room.spoken import read_words

    def tell_open(room: Room) -> None:
        title = opened.settings.title
        print(say("cli.session.opened", title=next(iter(title.values()))))
        if room.session:
            print(say("cli.session.resumed", name=room.session))
        problems = Problems()
        read_words(opened, problems)  # a language whose words are not all there is not offered
        if found := [*room.desk.problems, *problems]:
            print(tell(found), file=sys.stderr)
        for line in _where(room):
            print(line)
        print(say("cli.session.stop"), flush=True)
        if browser:
            webbrowser.open(room.lead_address)

    return tell_open


def _where(room: Room) -> list[str]:
    lines = [
        say("cli.session.lead", address=room.lead_address),
        say("cli.session.lead_private"),
        say("cli.session.wall", address=room.wall_address),
    ]
    addresses = room.phone_addresses
    if not addresses:
        return [*lines, say("cli.session.no_network")]
    lines.append(say("cli.session.phones", address=addresses[0]))
    lines += [say("cli.session.or_phones", address=address) for address in addresses[1:]]
    return [*lines, say("cli.session.firewall")]
