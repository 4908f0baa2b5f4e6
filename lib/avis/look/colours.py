"""Colours that can be read: contrast, the nearest colour that passes, colours that everybody tells apart.

Contrast is WCAG 2.2's (1.4.3, 4.5 to 1 for text). Eyes that lack a kind of cones are simulated by the
matrices of Machado, Oliveira and Fernandes (2009), at full severity.
"""

from __future__ import annotations

LEAST, EASY = 4.5, 7.0
"""Contrast of words with their ground, at the least, and where the choice is ours."""
PAPERS = ("#ffffff", "#fdfcf9")
"""The grounds of a printed page and of a light screen."""
NIGHTS = ("#14181c", "#1c2631")
"""The grounds of a dark screen: the page, and its frames."""
INK, SOFT = "#1b2228", "#505a63"
"""The words that stand in frames."""
APART = 0.05
"""How far two colours of a chart stand apart at the least, in OKLab, for every kind of eyes: like ours."""
_EYES = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
)

Light = tuple[float, float, float]


def channels(colour: str) -> Light:
    """Give red, green and blue of `#rrggbb`, from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def linear(colour: str) -> Light:
    """Give the light that a colour sends, channel by channel."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour))
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, from 1 to 21.

    >>> round(contrast("#000000", "#ffffff"), 1), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    lights = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def weakest(colour: str, grounds: tuple[str, ...]) -> float:
    """Give the contrast of a colour with the ground that suits it least."""
    return min(contrast(colour, ground) for ground in grounds)


def mixed(colour: str, other: str, part: float) -> str:
    """Mix a part of another colour into a colour.

    >>> mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{int((a + (b - a) * part) * 255 + 0.5):02x}" for a, b in pairs)


def nearest(colour: str, grounds: tuple[str, ...], toward: str, least: float = LEAST) -> str:
    """Give the first colour on the way to black or white that can be read on every ground.

    >>> nearest("#e08020", PAPERS, "#000000")
    '#aa6118'
    """
    steps = (mixed(colour, toward, step / 100) for step in range(101))
    return next((step for step in steps if weakest(step, grounds) >= least), toward)


def tell_apart(colour: str, others: tuple[str, ...]) -> bool:
    """Tell whether a colour is told from others by every kind of eyes.

    >>> tell_apart("#1f5a96", ("#d98c00",)), tell_apart("#c98a10", ("#d98c00",))
    (True, False)
    """
    return all(_distance(colour, other, eyes) >= APART for other in others for eyes in _EYES)


def _distance(one: str, other: str, eyes: tuple[Light, ...]) -> float:
    seen = (_oklab(_seen(linear(colour), eyes)) for colour in (one, other))
    first, second = seen
    return float(sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5)


def _seen(light: Light, eyes: tuple[Light, ...]) -> Light:
    red, green, blue = (max(0.0, sum(m * c for m, c in zip(row, light, strict=True))) for row in eyes)
    return red, green, blue


def _oklab(light: Light) -> Light:
    """Björn Ottosson's OKLab (2020): distances in it are near to those that eyes see."""
    r, g, b = light
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )
