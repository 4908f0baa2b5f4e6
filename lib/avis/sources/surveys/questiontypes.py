"""What a form's type cell and header cell mean, in all the spellings that XLSForm ever took."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

META_TYPES = frozenset(
    {
        *("start", "end", "today", "email", "audit", "username", "user_name", "deviceid", "device_id"),
        *("phonenumber", "phone_number", "simserial", "sim_serial", "subscriberid", "subscriber_id"),
        *("start-geopoint", "background-audio", "background-geopoint"),
    }
)
"""Types that the device fills in; their columns go to the records."""

SILENT_TYPES = frozenset({"note", "calculate", "hidden"})
"""Rows that ask nobody anything."""

UNREAD_TYPES = frozenset({"geopoint", "geotrace", "geoshape", "image", "audio", "video", "file"})
"""Places and recordings: they can identify somebody, and nothing here counts them."""

PLAIN_TYPES = {
    "text": "text",
    "string": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "range": "decimal",
    "date": "date",
    "time": "time",
    "datetime": "datetime",
    "date time": "datetime",
    "note": "note",
    "calculate": "calculate",
    "calculation": "calculate",
    "hidden": "hidden",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "geopoint": "geopoint",
    "gps": "geopoint",
    "location": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "barcode": "barcode",
    "image": "image",
    "photo": "image",
    "audio": "audio",
    "video": "video",
    "file": "file",
    "xml-external": "note",
    "csv-external": "note",
    **{kind: kind for kind in META_TYPES},
}

_SELECT = re.compile(
    r"(?:add )?(?P<kind>select_one_external|select one external|select_one_from_file|select one from file"
    r"|select_multiple_from_file|select multiple from file|select_one|select one|select1|select_multiple"
    r"|select multiple|select all that apply|select|rank)(?: prompt using| from)?(?: (?P<list>.+?))??"
    r"(?P<other> or_other| or other| or specify other)?",
    re.IGNORECASE,
)
_PROMPT = re.compile(r"add (?P<kind>.+) prompt", re.IGNORECASE)
"""The oldest spelling of a type: « add text prompt »."""
_FRAME = re.compile(r"(?P<edge>begin|end)[ _](?P<kind>group|repeat|loop)\b.*", re.IGNORECASE)


@dataclass(frozen=True)
class QuestionType:
    """A type cell, read: `kind` is ours (`select_one`, `text`, `begin group`…), "" where it is unknown."""

    kind: str
    list: str = ""
    or_other: bool = False
    from_file: bool = False

    @property
    def is_select(self) -> bool:
        """Tell whether an answer is one or more choices of a list."""
        return self.kind in ("select_one", "select_multiple", "rank")


def read_type(cell: str) -> QuestionType:
    """Read a type cell, in today's spelling or an older one.

    Sources: the XLSForm reference, and the aliases that pyxform keeps for older forms. In XForms, plain
    `select` is a multiple choice.

    >>> read_type("select one from sexes or specify other")
    QuestionType(kind='select_one', list='sexes', or_other=True, from_file=False)
    >>> read_type("begin_repeat").kind, read_type("int").kind, read_type("smell").kind
    ('begin repeat', 'integer', '')
    """
    text = " ".join(cell.split())
    if plain := _PROMPT.fullmatch(text):
        text = plain["kind"]
    if frame := _FRAME.fullmatch(text):
        kind = "group" if frame["kind"].casefold() == "group" else "repeat"
        return QuestionType(f"{frame['edge'].casefold()} {kind}")
    if select := _SELECT.fullmatch(text):
        word = select["kind"].casefold().replace(" ", "_")
        one = word == "select1" or word.startswith("select_one")
        kind = "rank" if word == "rank" else "select_one" if one else "select_multiple"
        return QuestionType(kind, select["list"] or "", select["other"] is not None, "from_file" in word)
    folded = text.casefold()
    return QuestionType(PLAIN_TYPES.get(folded, PLAIN_TYPES.get(folded.replace("_", " "), "")))


_HEADERS = {
    "list": "list_name",
    "value": "name",
    "caption": "label",
    "relevance": "relevant",
    "skip_logic": "relevant",
    "exclusif": "exclusive",
    "autre": "other",
    "calculate": "calculation",
}
_LANGUAGES = {
    "french": "fr",
    "français": "fr",
    "francais": "fr",
    "english": "en",
    "anglais": "en",
    "pidgin": "pcm",
    "edo": "bin",
}


def read_header(cell: str) -> tuple[str, str]:
    """Read a header: what the column holds, and the code of its language.

    >>> read_header("label::French (fr)"), read_header("List Name"), read_header("label:English")
    (('label', 'fr'), ('list_name', ''), ('label', 'en'))
    >>> read_header("bind::relevant")
    ('relevant', '')
    """
    base, _, rest = (part.strip() for part in unicodedata.normalize("NFKC", cell).partition(":"))
    rest = rest.lstrip(":").strip()
    name = re.sub(r"[\s_]+", "_", base.casefold())
    if name == "bind":
        name, rest = re.sub(r"[\s_]+", "_", rest.casefold()), ""
    return _HEADERS.get(name, name), read_language(rest)


def read_language(name: str) -> str:
    """Give the code of a language that a form names.

    >>> read_language("Esperanto (eo)"), read_language("Français"), read_language("pcm")
    ('eo', 'fr', 'pcm')
    """
    text = name.strip().casefold()
    if code := re.search(r"\(\s*([a-z]{2,3})\b[^)]*\)$", text):
        return code[1]
    return _LANGUAGES.get(text, re.sub(r"\W+", "_", text).strip("_"))
