"""What a look is, once it has been read and checked."""

from __future__ import annotations

from avis.setting import Frozen, Words


class Logo(Frozen, frozen=True, kw_only=True):
    """A picture that stands for the association."""

    kind: str
    """`image/svg+xml` or `image/png`."""
    data: str
    """Its bytes, base64."""
    alt: Words = {}


class Look(Frozen, frozen=True, kw_only=True):
    """How documents look; empty is the house's own look. Colours are `#rrggbb`."""

    accent: str = ""
    accent_dark: str = ""
    """The accent on a dark page."""
    wash: str = ""
    """The pale ground of frames."""
    faces: tuple[str, ...] = ()
    """Names of faces, best first; what is not there is passed over."""
    fonts: str = ""
    """The folder of the files of these faces, for paper; empty where there is none."""
    logo: Logo | None = None
    signs: Words = {}
    """How the group signs, in the place of "…, collectively"."""
