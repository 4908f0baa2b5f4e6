"""The questionnaire as an XLSForm, written with a fixed date so that its bytes never change."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlsxwriter

VERSION = "2023-01"

SURVEY = [
    ("type", "name", "label::Français (fr)", "label::English (en)", "relevant", "required"),
    ("start", "start", "", "", "", ""),
    ("end", "end", "", "", "", ""),
    ("note", "bienvenue", "Vous pouvez sauter chaque question.", "You may skip any question.", "", ""),
    ("text", "code", "Le code écrit sur votre carte", "The code written on your card", "", ""),
    (
        "select_one langues or_other",
        "langue",
        "Dans quelle langue préférez-vous parler de vos droits ?",
        "In which language do you prefer to talk about your rights?",
        "",
        "",
    ),
    (
        "select_one oui_non_nsp",
        "ou_aller",
        "Pour une question sur vos droits, savez-vous où aller ?",
        "If you have a question about your rights, do you know where to go?",
        "",
        "",
    ),
    (
        "select_one accord5",
        "comprendre",
        "Après un rendez-vous, je comprends ce que je peux demander.",
        "After an appointment, I understand what I can ask for.",
        "",
        "",
    ),
    (
        "select_one accord5",
        "accueil",
        "À l’accueil, je me sens bien reçue.",
        "At the desk, I feel well received.",
        "",
        "",
    ),
    (
        "select_one attente",
        "attente",
        "Combien de temps avez-vous attendu votre dernier rendez-vous ?",
        "How long did you wait for your last appointment?",
        "",
        "",
    ),
    (
        "select_one interprete",
        "interprete",
        "La dernière fois, un interprète était-il là ?",
        "The last time, was an interpreter there?",
        "",
        "",
    ),
    (
        "select_multiple obstacles or_other",
        "obstacles",
        "Qu’est-ce qui vous empêche parfois de venir ?",
        "What sometimes keeps you from coming?",
        "",
        "",
    ),
    (
        "select_one oui_non",
        "garde",
        "Avez-vous besoin d’une garde d’enfants pour venir ?",
        "Do you need childcare in order to come?",
        "",
        "",
    ),
    (
        "integer",
        "enfants",
        "Pour combien d’enfants ?",
        "For how many children?",
        "${garde} = 'oui'",
        "",
    ),
    (
        "integer",
        "trajet",
        "Combien de minutes dure votre trajet ?",
        "How many minutes does your journey take?",
        "",
        "",
    ),
    (
        "text",
        "suggestion",
        "Que faudrait-il changer en premier ?",
        "What should change first?",
        "",
        "",
    ),
]

CHOICES = [
    ("list_name", "name", "label::Français (fr)", "label::English (en)"),
    ("langues", "francais", "français", "French"),
    ("langues", "anglais", "anglais", "English"),
    ("langues", "edo", "edo", "Edo"),
    ("langues", "pidgin", "pidgin", "Pidgin"),
    ("oui_non_nsp", "oui", "oui", "yes"),
    ("oui_non_nsp", "non", "non", "no"),
    ("oui_non_nsp", "nsp", "je ne sais pas", "I don’t know"),
    ("oui_non", "oui", "oui", "yes"),
    ("oui_non", "non", "non", "no"),
    ("accord5", "pas_du_tout", "pas du tout", "not at all"),
    ("accord5", "plutot_pas", "plutôt pas", "rather not"),
    ("accord5", "entre_deux", "entre les deux", "in between"),
    ("accord5", "plutot_oui", "plutôt oui", "rather yes"),
    ("accord5", "tout_a_fait", "tout à fait", "completely"),
    ("attente", "moins_1_semaine", "moins d’une semaine", "less than a week"),
    ("attente", "une_2_semaines", "une à deux semaines", "one to two weeks"),
    ("attente", "trois_4_semaines", "trois à quatre semaines", "three to four weeks"),
    ("attente", "plus_1_mois", "plus d’un mois", "more than a month"),
    ("interprete", "oui", "oui", "yes"),
    ("interprete", "non", "non", "no"),
    ("interprete", "pas_besoin", "je n’en avais pas besoin", "I did not need one"),
    ("obstacles", "horaires", "les horaires", "the opening hours"),
    ("obstacles", "trajet", "le trajet", "the journey"),
    ("obstacles", "enfants", "la garde des enfants", "childcare"),
    ("obstacles", "langue", "la langue", "the language"),
    ("obstacles", "documents", "les documents à apporter", "the documents to bring"),
    ("obstacles", "aucun", "rien ne m’empêche", "nothing keeps me"),
]

SETTINGS = [
    ("form_title", "form_id", "version", "default_language"),
    ("Ouvrir la porte", "ouvrir_la_porte", VERSION, "Français (fr)"),
]


def write_form(path: Path) -> None:
    """Write `form.xlsx` with its sheets `survey`, `choices` and `settings`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": "Ouvrir la porte", "created": dt.datetime(2023, 1, 9)})
    for name, rows in (("survey", SURVEY), ("choices", CHOICES), ("settings", SETTINGS)):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
