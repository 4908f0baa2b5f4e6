"""What has no place in data about minors, found by its words; what only looks like it stays."""

from __future__ import annotations

import pytest

from avis.consent.refused import names_address, names_nationality, names_offence, names_place


@pytest.mark.parametrize(
    "header",
    [
        *("Infraction", "nb_infractions", "Délit(s)", "Condamnations", "déjà condamné", "Garde à vue", "GAV"),
        *("Casier", "casier judiciaire", "mise en cause", "Mis en examen", "motif d’interpellation", "Écrou"),
        *("Offence", "offenses", "Conviction", "convicted", "Charge", "charged with", "police custody"),
        *("arrested", "criminal record", "Avez-vous commis un délit ?", "Poursuites pénales", "sursis"),
        *("GARDE-À-VUE", "nb délits", "Infraction(s) commise(s)", "Condamné(e)", "Vol", "VOLS", "Prévenu(e)"),
        *("mandat de dépôt", "contrôle judiciaire", "audition libre", "Faits reprochés", "Poursuites", "TIG"),
        *("on remand", "Sentence", "sentence length", "theft", "Offence_Type", "usage de stupéfiants"),
    ],
)
def test_columns_about_offences_are_known_by_their_words(header: str) -> None:
    assert names_offence(header)


@pytest.mark.parametrize(
    "header",
    [
        *(
            "prise en charge",
            "charges locatives",
            "n° de casier",
            "garde d’enfants",
            "victime d’une infraction",
        ),
        *("victim of a crime", "dépôt de plainte", "arrêt de travail", "peine", "prévenue le", "médiation"),
        *("infraction subie", "vol subi", "Crime victim support", "victim of theft", "accès au droit pénal"),
        *("atelier sur le droit pénal", "information sur la garde à vue", "conviction religieuse"),
        *("charge utile", "enfants à charge", "charge de travail", "vols domestiques", "droit des étrangers"),
        *("contact en détention", "visite", "volontariat", "in charge of"),
    ],
)
def test_what_only_sounds_like_it_stays(header: str) -> None:
    assert not names_offence(header)


@pytest.mark.parametrize(
    ("text", "nationality", "place"),
    [
        ("Nationalité", True, False),
        ("pays d’origine", True, False),
        ("Quelle est votre nationalité ?", True, False),
        ("country of birth", True, False),
        ("Lieu de rencontre", False, True),
        ("quartier", False, True),
        ("city", False, True),
        ("langue", False, False),
        ("place en crèche", False, False),
        ("secteur d’activité", False, False),
        ("NATIONALITE(S)", True, False),
        ("Pays de provenance", True, False),
        ("home country", True, False),
        ("Nat.", True, False),
        ("Endroit", False, True),
        ("POINT DE RENCONTRE", False, True),
        ("Région", False, True),
        ("adresse e-mail", False, False),
        ("E-mail address", False, False),
        ("naturel", False, False),
    ],
)
def test_nationality_and_places_are_known_by_their_words(text: str, nationality: bool, place: bool) -> None:
    assert (names_nationality(text), names_place(text)) == (nationality, place)


@pytest.mark.parametrize(
    "place",
    [
        *("commissariat du 18e", "Commissariat Central de Valmarin", "12 rue des Lilas", "Rue des Lilas"),
        *(
            "maison d’arrêt de Valmarin",
            "EPM de Valmarin",
            "Foyer Les Tilleuls",
            "lycée Jaurès",
            "Hôtel Bleu",
        ),
        *(
            "Valmarin Police Station",
            "Lilac Street",
            "14 Lilac road",
            "tribunal de Valmarin",
            "quai de la Gare",
        ),
    ],
)
def test_a_place_that_leads_to_one_door_is_refused(place: str) -> None:
    assert names_address(place)


@pytest.mark.parametrize(
    "place",
    [
        *("commissariats", "en commissariat", "foyers de l’enfance", "dans la rue", "maraude de rue", "gare"),
        *(
            "maisons d’arrêt",
            "tribunal pour enfants",
            "Paris et sa région",
            "quartier des Tanneurs",
            "Hôtels",
        ),
        *("police stations", "in the street", "The street", "closed setting", "local de l’association", ""),
    ],
)
def test_a_kind_of_place_is_kept(place: str) -> None:
    assert not names_address(place)
