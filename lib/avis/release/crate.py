"""What describes an edition to machines and catalogues: RO-Crate 1.2, and how to cite it (CFF 1.2.0).

They name the association and no person. No licence is given where nobody gave one: the conditions are told.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from avis.editions import manifest as manifests
from avis.exhibits import Audience, Exhibits, Setting
from avis.i18n import LANGUAGES, Language, pick, say
from avis.release.annex import encode
from avis.report.outline import tidy

NAME = "ro-crate-metadata.json"
CITATION = "CITATION.cff"
VERSION = "https://w3id.org/ro/crate/1.2"
CONTEXT = [f"{VERSION}/context", {"sha256": "http://schema.org/sha256"}]
KINDS = {
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv",
    ".json": "application/json",
    ".cff": "application/yaml",
}
CONDITIONS, ASSOCIATION = "#conditions", "#association"


def describe(
    exhibits: Exhibits,
    files: Mapping[str, bytes],
    titles: Mapping[str, str],
    languages: tuple[Language, ...],
    audience: Audience,
    edition: str,
    on: str,
) -> bytes:
    """Give `ro-crate-metadata.json` of an edition; `titles` are those of files that have a better name."""
    main = languages[0]
    by = hand(exhibits.setting, main)
    conditions = say(f"release.conditions.{audience}", main, by=by)
    root = {
        **_dataset(exhibits.setting, main, edition),
        "datePublished": on,
        "inLanguage": list(languages),
        "conditionsOfAccess": conditions,
        "hasPart": [{"@id": _id(name)} for name in (*files, manifests.NAME)],
    }
    graph = [
        {"@id": NAME, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": VERSION}},
        root,
        {"@id": ASSOCIATION, "@type": "Organization", "name": by},
        {
            "@id": CONDITIONS,
            "@type": "CreativeWork",
            "name": say("release.conditions.name", main),
            "description": conditions,
        },
        *(_file(name, data, titles.get(name, "")) for name, data in files.items()),
        {
            "@id": manifests.NAME,
            "@type": "File",
            "name": say("release.crate.manifest", main),
            "encodingFormat": KINDS[".json"],
        },
    ]
    return encode({"@context": CONTEXT, "@graph": graph})


def _dataset(setting: Setting, language: Language, edition: str) -> dict[str, Any]:
    described = say("release.crate.description", language, by=hand(setting, language), id=edition)
    if setting.fictional:
        described = f"{say('report.compose.banner.fictional', language)} {described}"
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": tidy(pick(setting.title, language)[0]),
        "description": described,
        "identifier": edition,
        "publisher": {"@id": ASSOCIATION},
        "license": {"@id": CONDITIONS},
        "usageInfo": {"@id": CONDITIONS},
    }


def _file(name: str, data: bytes, title: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@id": _id(name),
        "@type": "File",
        "name": title or name,
        "encodingFormat": KINDS[PurePosixPath(name).suffix],
        "contentSize": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    language = next((lang for lang in LANGUAGES if f".{lang}." in name), "")
    return {**told, "inLanguage": language} if language else told


def _id(name: str) -> str:
    """Files are named by relative addresses."""
    return quote(name)


def cite(exhibits: Exhibits, languages: tuple[Language, ...], edition: str, on: str) -> bytes:
    """Give `CITATION.cff`: who made it, its title, its day; no person, no licence."""
    main, setting = languages[0], exhibits.setting
    lines = {
        "cff-version": "1.2.0",
        "message": say("release.citation", main),
        "type": "dataset",
        "title": tidy(pick(setting.title, main)[0]),
        "version": edition,
        "date-released": on,
    }
    told = "".join(f"{key}: {_quoted(value)}\n" for key, value in lines.items())
    return f"{told}authors:\n  - name: {_quoted(hand(setting, main))}\n".encode()


def hand(setting: Setting, language: Language) -> str:
    """Tell who made an edition: the association, or whoever made a page about it from public facts."""
    if setting.public_source is not None:
        return say("report.compose.maker", language)
    return tidy(setting.organisation)


def _quoted(text: str) -> str:
    """Write a text as YAML and JSON both read it."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
