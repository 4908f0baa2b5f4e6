"""The file around a DOCX: what of its blank start is kept, what it says of itself, the same bytes each time.

A DOCX tells much that nobody reads: who saved it, when, on which machine, a picture of its first page. None
of it is kept: title and language alone stand in its properties.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from docx import Document as open_blank
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

if TYPE_CHECKING:
    from docx.document import Document as Sheet

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip can hold: no member tells when it was made."""
_NEEDLESS = ("thumbnail", "customXml", "stylesWithEffects", "extended-properties", "webSettings")
_COMPATIBLE = "http://schemas.microsoft.com/office/word"


def blank(title: str, language: str) -> Sheet:
    """Give an empty document that says its title and language, and nothing of who made it."""
    sheet = open_blank()
    for owner in (sheet.part.package, sheet.part):
        for id, relation in list(owner.rels.items()):
            if relation.reltype.rpartition("/")[2] in _NEEDLESS:
                del owner.rels[id]
    properties = sheet.core_properties
    told: Any = properties._element
    for child in list(told):
        told.remove(child)
    properties.title, properties.language = title, language
    _set_compatible(sheet.settings.element)
    return sheet


def _set_compatible(settings: Any) -> None:
    """Say which Word it is written for: without it, Word opens a document as one of long ago."""
    for child in list(settings):
        if child.tag in (qn("w:rsids"), qn("w:compat")):
            settings.remove(child)
    compat, mode = OxmlElement("w:compat"), OxmlElement("w:compatSetting")
    mode.set(qn("w:name"), "compatibilityMode")
    mode.set(qn("w:uri"), _COMPATIBLE)
    mode.set(qn("w:val"), "15")
    compat.append(mode)
    _insert(settings, compat)


def _insert(settings: Any, compat: Any) -> None:
    """Put `compat` where the schema of settings wants it: right behind the first of these that is there."""
    before = ("characterSpacingControl", "defaultTabStop", "zoom")
    for name in before:
        found = settings.find(qn(f"w:{name}"))
        if found is not None:
            found.addnext(compat)
            return
    settings.insert(0, compat)


def pack(sheet: Sheet) -> bytes:
    """Give the bytes of a document, the same for the same content: members in order of name, no time."""
    made, packed = io.BytesIO(), io.BytesIO()
    sheet.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(member, source.read(name))
    return packed.getvalue()
