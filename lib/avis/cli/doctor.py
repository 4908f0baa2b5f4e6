"""`avis doctor`: what is missing on this computer."""

from __future__ import annotations

import argparse


def run(arguments: argparse.Namespace) -> int:
    """Print what was examined, one line each."""
    from avis.doctor import examine

    findings = examine()
    for finding in findings:
        print(f"{'✓' if finding.good else '✗'} {finding.told}")
    return 0 if all(finding.good for finding in findings) else 1
