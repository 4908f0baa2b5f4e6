"""The fourteen systems: the figures of the public pages as each fiche prints them, and what else it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Literal

from bs4 import BeautifulSoup
from pypdf import PdfReader

from avis.exhibits import Exhibits
from avis.report.compose import compose
from avis.report.document import Document
from avis.report.html.page import render_html
from avis.report.pdf.paper import render_pdf

ROOT = Path(__file__).parents[2]
EVALUATIONS = ROOT / "evaluations"
Kind = Literal["acts", "attendances", "people", "engaged", "productions"]


@dataclass(frozen=True)
class Told:
    """A figure of a public page: its line in each language, the number, whose work it is."""

    fr: str
    en: str
    n: int
    kind: Kind
    about: bool = False
    beside: bool = False
    """A figure that stands beside what the project counted: an earlier project's, a part of a total."""

    def label(self, lang: str) -> str:
        return self.fr if lang == "fr" else self.en

    def printed(self, lang: str) -> str:
        """Write the number as a reader of that language finds it, spaces made plain.

        >>> Told("jeunes", "young people", 12000, "people", about=True).printed("fr")
        'environ 12 000'
        """
        digits = f"{self.n:,}" if lang == "en" else f"{self.n:,}".replace(",", " ")
        return digits if not self.about else f"{'environ' if lang == 'fr' else 'about'} {digits}"


SYSTEMS: dict[str, tuple[Told, ...]] = {
    "all-in-favor": (
        Told("Maraudes faites ensemble", "Joint outreach rounds", 66, "acts"),
        Told("Avocates et avocats engagés", "Engaged lawyers", 22, "engaged"),
        Told("Médiatrices pair-aidantes engagées", "Engaged peer mediators", 7, "engaged"),
        Told("Avis publié", "Avis published", 1, "productions"),
    ),
    "emploi-territoire-rural": (
        Told("Projets partenaires", "Partner projects", 5, "acts"),
        Told("Avis d’évaluation participative", "Participatory evaluation avis", 1, "productions"),
    ),
    "autonomisation-juridique": (
        Told(
            "Épisodes de podcast (6 à 10 de la saison 2)",
            "Podcast episodes (6 to 10 of season 2)",
            5,
            "productions",
        ),
        Told("Pair-aidantes formées", "Peer mediators trained", 4, "engaged"),
        Told("Formations données à l’OCRTEH", "Training sessions given to OCRTEH", 2, "acts"),
        Told(
            "Contributions écrites aux Nations unies",
            "Written contributions to the United Nations",
            3,
            "productions",
        ),
    ),
    "cinema-crepitement": (
        Told("Acteurs accueillis en stage", "Actors hosted for a training period", 2, "engaged"),
        Told("Membres qui les ont accompagnés", "Members who accompanied them", 4, "engaged"),
        Told("Parmi elles, figurantes", "Among them, extras", 3, "engaged"),
        Told("Parmi elles, coach sur le tournage", "Among them, coach on the set", 1, "engaged"),
        Told("Épisode de podcast (5 de la saison 2)", "Podcast episode (5 of season 2)", 1, "productions"),
    ),
    "dont-pay-with-your-life": (
        Told(
            "Podcasts (première saison de True Talk)",
            "Podcasts (first season of True Talk)",
            8,
            "productions",
        ),
        Told("Médiatrice formée", "Mediator trained", 1, "engaged"),
        Told(
            "Projet d’avant : jeunes réunis par une page Facebook",
            "Earlier project: young people gathered by a Facebook page",
            12000,
            "people",
            about=True,
            beside=True,
        ),
        Told(
            "Projet d’avant : webséries de GPI",
            "Earlier project: web series by GPI",
            4,
            "productions",
            beside=True,
        ),
        Told(
            "Projet d’avant : paroles produites par l’AFJ",
            "Earlier project: first-person accounts produced by AFJ",
            6,
            "productions",
            beside=True,
        ),
    ),
    "empowering-survivors": (
        Told(
            "Règlement intérieur écrit par les membres",
            "Set of internal rules written by members",
            1,
            "productions",
        ),
    ),
    "entre-pairs": (),
    "eva": (),
    "history-ourstory": (
        Told("Membres qui ont participé", "Members who took part", 28, "people"),
        Told("Ateliers autour d’un film", "Workshops around a film", 15, "acts"),
        Told("Intervenantes extérieures", "Outside speakers", 7, "engaged"),
        Told("Ateliers en 2022", "Workshops in 2022", 7, "acts", beside=True),
        Told("Ateliers en 2023", "Workshops in 2023", 8, "acts", beside=True),
    ),
    "force-du-groupe": (
        Told("Rendez-vous individuels", "Individual appointments", 150, "acts"),
        Told("Femmes reçues en rendez-vous", "Women received at appointments", 88, "people"),
        Told(
            "Femmes engagées dans les groupes et les ateliers",
            "Women engaged in the groups and workshops",
            32,
            "people",
        ),
        Told("Groupes de parole", "Support groups", 27, "acts"),
        Told("Ateliers d’art-thérapie", "Art-therapy workshops", 13, "acts"),
        Told("Pair-aidantes formées", "Peer mediators trained", 4, "engaged"),
    ),
    "mpeio": (),
    "traite-protection-enfance": (
        Told(
            "Document de recommandations collectives",
            "Document of collective recommendations",
            1,
            "productions",
        ),
    ),
    "true-talk": (),
    "hors-la-rue": (),
}
"""By folder: every figure of the page, in the order of the fiche; nothing where the page gives none."""

ALSO: dict[str, set[int]] = {
    "all-in-favor": {18, 2021, 2024},  # the 18th arrondissement
    "emploi-territoire-rural": {2023, 2024},
    "autonomisation-juridique": {2022, 2023, 2024, 6, 10},  # episodes 6 to 10
    "cinema-crepitement": {2022, 5},  # episode 5
    "dont-pay-with-your-life": {2018, 2019, 2020, 2022, 25},  # under 25
    "empowering-survivors": {2021, 2023},
    "entre-pairs": {2022, 2024},
    "eva": {2023, 2024, 30, 6, 3},  # under 30; 6 partners in 3 countries, each named
    "history-ourstory": {2022, 2023, 12, 678},  # titles of films
    "force-du-groupe": {2023, 2024},
    "mpeio": {2022, 2023},
    "traite-protection-enfance": {2021, 2022},
    "true-talk": {2021, 2024, 5, 10},  # episodes 5 to 10, named elsewhere on the page
    "hors-la-rue": {2016},
}
"""By folder: the years and other numbers of the page that a fiche says and that count nothing."""
READ = 2026
"""The year in which the pages were read."""


@dataclass(frozen=True)
class Fiche:
    """A fiche in one language, and what a reader finds in it."""

    document: Document

    @cached_property
    def page(self) -> BeautifulSoup:
        """The page without what calls and numbers its notes, and without the notes."""
        soup = BeautifulSoup(render_html(self.document), "html.parser")
        for extra in soup.select("head, script, style, sup, nav, .ref, .why, .notes, tr.group"):
            extra.decompose()
        return soup

    @cached_property
    def text(self) -> str:
        return plain(self.page.get_text(" "))

    @cached_property
    def rows(self) -> dict[str, list[str]]:
        """The rows of the tables of figures: the header of a row, and its slots."""
        found: dict[str, list[str]] = {}
        for row in self.page.select("#table-counted tbody tr, #table-figures tbody tr"):
            head, *slots = (plain(cell.get_text(" ")) for cell in row.select("th, td"))
            assert head not in found, "one row a label"
            found[head] = slots
        return found

    @cached_property
    def paper(self) -> str:
        """The words of the PDF, those before its notes."""
        reader = PdfReader(BytesIO(render_pdf(self.document)))
        return plain(" ".join(page.extract_text() for page in reader.pages))


def fiche_of(exhibits: Exhibits, lang: Literal["fr", "en"]) -> Fiche:
    return Fiche(compose("fiche", exhibits, (), lang, "public"))


def plain(text: str) -> str:
    """Make all spaces plain, and none of those that a reader does not see.

    >>> plain("environ 12\\u202f000 :")
    'environ 12 000 :'
    """
    return re.sub(r"\s+", " ", re.sub(r"[\u00ad\u2060\u200b]", "", text)).strip()


def numbers(text: str) -> set[int]:
    """Give the numbers of a text, those of both languages' thousands whole.

    >>> sorted(numbers("environ 12 000 en 2019, about 12,000; le 18e"))
    [18, 2019, 12000]
    """
    found = re.findall(r"(?<![\d,.])(\d{1,3}(?:[ ,]\d{3})+|\d+)(?!\d)", text)
    return {int(re.sub(r"\D", "", one)) for one in found}
