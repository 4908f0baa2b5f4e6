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

from avis.report.docx.styles import tag_of

if TYPE_CHECKING:
    from docx.document import Document as Sheet

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip can hold: no member tells when it was made."""
_NEEDLESS = ("thumbnail", "customXml", "stylesWithEffects", "extended-properties", "webSettings")
_LEFT = ("rsids", "compat", "proofState", "savePreviewPicture")
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
    _set_up(sheet.settings.element, language)
    return sheet


def _set_up(settings: Any, language: str) -> None:
    """Keep of the settings what a reader needs: nothing of sessions, proofs and previews of the blank start.

    Without the mode, Word opens a document as one of long ago.
    """
    for child in list(settings):
        if child.tag in [qn(f"w:{name}") for name in _LEFT] or child.tag.endswith("}docId"):
            settings.remove(child)
    for told in settings.findall(qn("w:themeFontLang")):
        told.attrib.clear()
        told.set(qn("w:val"), tag_of(language))
    compat, mode = OxmlElement("w:compat"), OxmlElement("w:compatSetting")
    for name, value in (("name", "compatibilityMode"), ("uri", _COMPATIBLE), ("val", "15")):
        mode.set(qn(f"w:{name}"), value)
    compat.append(mode)
    settings.find(qn("m:mathPr")).addprevious(compat)  # where the schema of settings wants it


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
