"""What has no place in data about minors, known by its words: offences, nationality, addresses.

Data on offences and convictions are kept to public authority (GDPR art. 10; French law of 6 January 1978,
art. 46), and with minors never come here. Headers, questions and the names of places are read, never what
stands in the cells of people.
"""

from __future__ import annotations

import re

from avis.spelling import fold, header_key

_OFFENCE = (
    *("infractions?", "delits?", "delinquan(?:ce|te?s?)", "crimes?", "criminel(?:le)?s?", "criminal"),
    *("condamn(?:ations?|ee?s?)", "convictions?", "convicted", "gardes?_a_vue", "gav", "police_custody"),
    *("in_custody", "casiers?_(?:judiciaires?|viergee?s?|b[123])", "bulletin_n?_?[123]", "police_records?"),
    *("mise?s?_en_causes?", "mise?s?_en_examen", "poursuites?_(?:penales?|judiciaires?)", "penale?s?"),
    *("poursuivie?s?_en_justice", "prosecut(?:ed|ions?)", "offen[cs]es?", "offender?s?", "felon(?:y|ies)"),
    *("misdemeanou?rs?", "arrests?", "arrested", "charged(?:_with)?", "charges_against", "sentenced"),
    *(
        "interpell(?:ations?|ee?s?)",
        "ecrou",
        "incarcer(?:ations?|ee?s?|ated)",
        "racolage",
        "recidiv(?:e|iste)s?",
    ),
    *("antecedents_(?:judiciaires?|policiers?)", "fichier_(?:de_police|taj)", "rappels?_a_la_loi", "sursis"),
    *(
        "peines?_(?:de_prison|prononcees?|fermes?)",
        "motifs?_(?:de_(?:la_)?detention|du_placement_en_detention)",
    ),
    *("vols?_(?:simples?|aggraves?|avec_violences?|a_l_etalage)", "detention_provisoire", "probation"),
    *("mandats?_de_depot", "controles?_judiciaires?", "auditions?_libres?", "faits_(?:reproches|commis)"),
    *("juges?_d_instruction", "remand(?:ed)?", "sentence_length", "thefts?", "shoplifting"),
    "(?:usage|detention|trafic)_de_stupefiants",
)
_WHOLE = frozenset(
    {
        *("casier", "charge", "charges", "chef_d_accusation", "accusation", "accusations", "garde_vue"),
        *("vol", "vols", "recel", "poursuites", "poursuivi", "poursuivie", "poursuivi_e", "prevenu"),
        *("prevenu_e", "sentence", "sentences", "spip", "tig", "faed", "taj"),
    }
)
"""Headers that mean it alone: « prise en charge » and a locker's number do not."""
_SUFFERED = re.compile(
    r"(?<![a-z])(?:(?:victimes?|victims?|plaintes?|complaints?|plaignante?s?|subie?s?|temoins?|witness(?:es)?)"
    r"_(?:d_une?_|d_|de_(?:l_)?|du_|des_|of_(?:an?_)?|pour_|about_)?(?:infractions?|delits?|crimes?|offen[cs]es?|vols?|thefts?)"
    r"|(?:infractions?|delits?|crimes?|vols?)_subie?s?|crime_victims?|droits?_pena(?:l|ux)"
    r"|(?:informations?|ateliers?|formations?|droits?|sensibilisations?)_(?:sur_|en_)(?:la_)?gardes?_a_vue"
    r"|convictions?_(?:religieuses?|politiques?|personnelles?))(?![a-z])"
)
"""What somebody suffered is no offence of hers, nor what a workshop is about, nor what she believes."""
_IS_OFFENCE = re.compile(rf"(?:^|_)(?:{'|'.join(_OFFENCE)})(?:_|$)")

_NATIONALITY = re.compile(
    r"(?:^|_)(?:nationalit(?:e|es|y|ies)|citoyennetes?|citizenships?|ethni(?:e|es|que|ques|c|city)"
    r"|pays_(?:d_)?(?:de_)?(?:origine|naissance)|origine_(?:geographique|nationale)"
    r"|pays_(?:de_)?provenance|ressortissante?s?|home_countr(?:y|ies)"
    r"|countr(?:y|ies)_of_(?:origin|birth|nationality))(?:_|$)|^nat$"
)
_PLACE = re.compile(
    r"(?:^|_)(?:lieux?|villes?|communes?|departements?|quartiers?|arrondissements?|code_postal|cp|adresses?"
    r"|territoires?|etablissements?|cit(?:y|ies)|towns?|districts?|post_?codes?|zip(?:_code)?|address(?:es)?"
    r"|locations?|neighbou?rhoods?|meeting_place|place_of_\w+|endroits?|points?_de_rencontre|regions?|zones?"
    r"|gares?|squats?|camps?|bidonvilles?)(?:_|$)|^places?$"
)
_NO_PLACE = re.compile(
    r"adresses?_(?:e_?mail|mail|electronique|ip)|(?:e_?mail|mail|ip)_address(?:es)?|zone_de_(?:texte|saisie)"
)


def names_offence(text: str) -> bool:
    """Tell whether a header or a question speaks of what somebody did, or is said to have done.

    >>> asked = ("Garde à vue (date)", "Avez-vous été condamnée ?", "convictions", "Charge")
    >>> [names_offence(text) for text in asked]
    [True, True, True, True]
    >>> innocent = ("prise en charge", "n° de casier", "victime d’une infraction", "peine", "en détention")
    >>> [names_offence(text) for text in innocent]
    [False, False, False, False, False]
    """
    key = header_key(text)
    return key in _WHOLE or bool(_IS_OFFENCE.search(_SUFFERED.sub("", key)))


def names_nationality(text: str) -> bool:
    """Tell whether a header or a question asks from which country somebody is.

    >>> [names_nationality(text) for text in ("Nationalité", "country_of_origin", "langue", "pays de séjour")]
    [True, True, False, False]
    """
    return bool(_NATIONALITY.search(header_key(text)))


def names_place(text: str) -> bool:
    """Tell whether a header or a question asks where somebody is or was met.

    >>> [names_place(text) for text in ("Lieu", "ville_de_rencontre", "meeting place", "place en crèche")]
    [True, True, True, False]
    """
    return bool(_PLACE.search(_NO_PLACE.sub("", header_key(text))))


_HOUSES = (
    *(
        "commissariats?(?: de police| central)?",
        "postes? de police",
        "gendarmeries?",
        "brigades?(?: des mineurs)?",
    ),
    *(
        "foyers?(?: de l' enfance| d' (?:accueil|urgence|hebergement))?",
        "maisons? d' arret",
        "prisons?",
        "epm",
    ),
    *(
        "etablissements? penitentiaires?(?: pour mineurs)?",
        "centres? (?:de detention|penitentiaires?)",
        "mecs",
    ),
    *(
        "centres? educatifs? (?:fermes?|renforces?)",
        "cef",
        "cer",
        "colleges?",
        "lycees?(?: professionnels?)?",
    ),
    *("ecoles?(?: maternelles?| primaires?| elementaires?)?", "hopita(?:l|ux)", "hotels?", "squats?"),
    *(
        "centres? d' (?:hebergement|accueil)(?: d' urgence)?",
        "tribuna(?:l|ux)(?: judiciaires?| pour enfants)?",
    ),
    *("rues?", "avenues?", "boulevards?", "bd", "quais?", "impasses?", "allees?", "squares?", "chemins?"),
)
_HOUSE = re.compile(rf"(?<![\w-])(?:{'|'.join(_HOUSES)})(?![\w-])")
_LINKS = frozenset({"de", "la", "l'", "du", "des", "d'", "le", "les", "a", "au", "aux", "n°", "no", "no."})
_WIDE = frozenset(
    {
        *(
            "ville",
            "villes",
            "region",
            "departement",
            "departements",
            "pays",
            "secteur",
            "quartier",
            "quartiers",
        ),
        *("enfance", "enfants", "mineurs", "jeunes", "jour", "nuit", "police", "justice", "france"),
    }
)
"""What comes after the kind of a place and names none."""
_NUMBERED = re.compile(
    r"\b\d+ ?(?:bis |ter )?,? ?(?:rue|avenue|boulevard|quai|place|impasse|allee|square|road|street)\b"
)
_NAMED_BEFORE = re.compile(
    r"(?<!\w)([A-Z0-9][\w'’-]*) (?i:police station|prison|young offender institution|school|college|hospital"
    r"|hostel|hotel|court|street|road|avenue|children’s home|children's home)\b"
)
_NO_NAME = frozenset({"the", "a", "an", "in", "at", "near", "outside", "around", "closed", "any", "one"})


def names_address(place: str) -> bool:
    """Tell whether the name of a place points to one establishment, police station or street.

    >>> exact = ("commissariat du 18e", "Foyer Les Tilleuls", "12 rue des Lilas", "Valmarin Police Station")
    >>> [names_address(place) for place in exact]
    [True, True, True, True]
    >>> wide = ("commissariats", "foyer de l’enfance", "dans la rue", "Paris et sa région", "closed setting")
    >>> [names_address(place) for place in wide]
    [False, False, False, False, False]
    """
    words = re.sub(r"['’]", "' ", place).split()
    told = " ".join(fold(word) for word in words)
    if _NUMBERED.search(told):
        return True
    if any(_is_named(words[told[: found.end()].count(" ") + 1 :]) for found in _HOUSE.finditer(told)):
        return True
    before = _NAMED_BEFORE.findall(" ".join(place.split()))
    return any(word.lower() not in _NO_NAME for word in before)


def _is_named(rest: list[str]) -> bool:
    """Tell whether what follows the kind of a place names one: « du 18e », « Les Tilleuls »."""
    links = next((at for at, word in enumerate(rest) if fold(word) not in _LINKS), len(rest))
    if links == len(rest) or fold(rest[links]) in _WIDE:
        return False
    name = rest[links]
    return links > 0 or name[0].isupper() or name[0].isdigit()
