"""Columns that say who somebody is: they never leave the file, and are named once in `left_out`."""

from __future__ import annotations

import re
from collections.abc import Collection

import pandas as pd

from avis.files.addresses import EMAIL, IPV4, IPV6, PHONE
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.tables import Cells, Table
from avis.spelling import fold, header_key
from avis.tables import PERSONAL

TOOL_PERSONAL = frozenset(
    {
        *("email_address", "adresse_de_messagerie", "courrier_electronique", "adresse_electronique"),
        *("username", "user_name", "nom_d_utilisateur", "user_id", "uid", "ip", "ip_address", "adresse_ip"),
        *("remote_ip_address", "hostname", "token", "jeton", "device_id", "deviceid", "votre_e_mail"),
        *("votre_adresse_e_mail", "votre_email", "votre_nom", "votre_prenom", "votre_telephone"),
        *("your_email", "your_email_address", "your_name", "your_phone_number", "votre_numero_de_telephone"),
    }
)
"""Headers, as `header_key` writes them, that forms on the web give to such columns."""
_ADDRESS = re.compile(rf"(?:{EMAIL}|{IPV4}|{IPV6}|{PHONE})", re.I)
"""A whole cell that is an e-mail address, an IP address or a telephone number."""
LONGEST_ADDRESS = 254
"""Characters of an address at most (RFC 5321); a longer cell is none, and costs no search."""
_SHARE = 0.5
"""Share of the filled cells that are such addresses, from which a column is one of addresses."""


def is_personal(header: str) -> bool:
    """Tell whether a header says that its column holds names or addresses.

    >>> is_personal("Adresse e-mail"), is_personal("Nom d’utilisateur"), is_personal("Votre avis")
    (True, True, False)
    """
    return header_key(header) in PERSONAL | TOOL_PERSONAL


def personal_columns(table: Table, kept: Collection[str] = ()) -> set[int]:
    """Give the numbers of the columns that must not pass, by their header or by what stands in them.

    `kept` are headers that a codebook declares as questions: their cells are looked at all the same.
    """
    declared = {fold(header) for header in kept}
    return {
        number
        for number, header in enumerate(table.headers)
        if (is_personal(header) and fold(tidy(header)) not in declared)
        or _holds_addresses(table.column(number))
    }


def _holds_addresses(cells: Cells) -> bool:
    distinct = pd.Series(pd.unique(cells), dtype="str").str.strip()
    filled = distinct[distinct != ""]
    short = filled[filled.str.len() <= LONGEST_ADDRESS]
    return bool(len(filled) and short.str.fullmatch(_ADDRESS).sum() >= _SHARE * len(filled))
