"""Headers that ask somebody who she is, and headers that are somebody's address: neither is passed on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from avis.files.addresses import PHONE
from avis.i18n import say
from avis.spelling import header_key

_ASKED = frozenset(
    {
        *(
            "nom",
            "noms",
            "prenom",
            "prenoms",
            "telephone",
            "tel",
            "portable",
            "courriel",
            "courriels",
            "mail",
        ),
        *("mails", "email", "adresse", "adresses", "naissance", "name", "names", "firstname", "surname"),
        *("lastname", "phone", "telephones", "mobile", "address", "birth"),
    }
)
"""Words for what tells who somebody is."""
_AROUND = frozenset(
    {
        *(
            "votre",
            "vos",
            "ton",
            "ta",
            "tes",
            "mon",
            "ma",
            "mes",
            "le",
            "la",
            "les",
            "l",
            "un",
            "une",
            "et",
            "ou",
        ),
        *(
            "de",
            "d",
            "du",
            "quel",
            "quelle",
            "quels",
            "quelles",
            "est",
            "sont",
            "indiquez",
            "indiquer",
            "ecrivez",
        ),
        *("ecrire", "saisissez", "saisir", "entrez", "renseignez", "donnez", "notez", "merci", "veuillez"),
        *("your", "my", "the", "a", "an", "and", "or", "of", "what", "is", "are", "please", "enter", "give"),
        *("famille", "usage", "complet", "complete", "jeune", "fille", "date", "jour", "numero", "n", "no"),
        *(
            "number",
            "full",
            "first",
            "last",
            "family",
            "electronique",
            "e",
            "postale",
            "postal",
            "personnelle",
        ),
        *(
            "personnel",
            "fixe",
            "domicile",
            "home",
            "code",
            "facultatif",
            "optionnel",
            "obligatoire",
            "optional",
        ),
        *("required", "si", "vous", "souhaitez", "voulez", "etre", "pour", "recontacte", "recontactee", "es"),
        *("contact", "contacte", "contactee", "participant", "participante", "personne", "enfant", "parent"),
        *(
            "person",
            "child",
            "s",
            "to",
            "be",
            "if",
            "you",
            "wish",
            "want",
            "contacted",
            "nous",
            "on",
            "puisse",
        ),
    }
)
"""Words that may stand around them; any other word makes it a question about something else."""

_ADDRESS = re.compile(rf"[^\s@]{{1,64}}@[^\s@]{{1,190}}\.[^\s@]+|{PHONE}")
"""A whole header that is an e-mail address or a telephone number."""


def asks_who(text: str) -> bool:
    """Tell whether a header, a name or a label asks for a name, an address or a telephone number.

    >>> asks_who("Votre prénom et nom"), asks_who("Numéro de téléphone (facultatif)"), asks_who("first_name")
    (True, True, True)
    >>> asks_who("Nom de l’association"), asks_who("Avez-vous un téléphone ?"), asks_who("Votre code")
    (False, False, False)
    """
    words = set(header_key(text).split("_"))
    return bool(words & _ASKED) and words <= _ASKED | _AROUND


def safe_headers(headers: Sequence[str]) -> list[str]:
    """Give headers that may be shown: where one is an address, the row is data, and columns are numbered.

    >>> len(set(safe_headers(["Awa", "awa@example.org"])) & {"Awa", "awa@example.org"})
    0
    >>> safe_headers(["Avis", "Adresse"])
    ['Avis', 'Adresse']
    """
    if not any(_ADDRESS.fullmatch(header.strip()) for header in headers):
        return list(headers)
    return [
        say("sources.header.numbered", n=number) if header else "" for number, header in enumerate(headers, 1)
    ]
