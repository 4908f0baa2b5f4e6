"""Exhibits and passages → documents. One function a kind of document."""

from __future__ import annotations

from avis.report.compose_avis import compose_avis
from avis.report.compose_fiche import compose_fiche

__all__ = ["compose_avis", "compose_fiche"]
