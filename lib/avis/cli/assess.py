"""`avis assess`: drafts of the impact assessment and of the sheet for the register of processing."""

from __future__ import annotations

import argparse

from avis.i18n import say


def run(arguments: argparse.Namespace) -> int:
    """Write the drafts that are missing; what people wrote stays as it is."""
    from avis.evaluation import open_evaluation
    from avis.rights.assessment import draft_names, write_drafts

    opened = open_evaluation(arguments.evaluation)
    written = write_drafts(opened)
    for name in draft_names(opened.settings):
        print(say("cli.assess.written" if name in written else "cli.assess.kept", name=name))
    print(say("cli.assess.next"))
    return 0
