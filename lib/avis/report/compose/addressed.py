"""The exhibits as one call may have them: which words its recipient may read, which names it may not.

Nothing else names the audience `recipient`: what nobody addressed to a call is read by no recipient.
"""

from __future__ import annotations

from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from avis.exhibits import Call, Exhibits, Setting
from avis.i18n import Text
from avis.setting import Identity

Node = TypeVar("Node")


def call_of(exhibits: Exhibits, id: str) -> Call | None:
    """Give the call with an id, none where there is none."""
    return next((call for call in exhibits.setting.calls if call.id == id), None)


def addressed(exhibits: Exhibits, call: Call) -> Exhibits:
    """Give the exhibits for the answer to one call, which is then the only call of their setting.

    A confidential answer may hold words agreed for its recipient or for everybody; one that is published
    without the association's name, words agreed for everybody, and neither that name nor those of its
    partners and funders; a public one is as the evaluation is. What is addressed already stays as it is.
    """
    if exhibits.setting.withheld:
        return exhibits
    held = replace(exhibits, setting=replace(exhibits.setting, calls=(call,)))
    if call.confidentiality == "public":
        return held
    opened = replace(held, exhibits=_opened(held.exhibits, call))
    return _withheld(opened, call) if call.confidentiality == "name_withheld" else opened


def _opened(node: Node, call: Call) -> Node:
    """Add the recipient to the readers of all words that its rule of consent lets it read."""
    if isinstance(node, tuple):
        return tuple(_opened(item, call) for item in node)  # type: ignore[return-value]
    if not isinstance(node, Struct):
        return node
    values = {name: getattr(node, name) for name in node.__struct_fields__}
    changed = {
        name: _opened(value, call) for name, value in values.items() if isinstance(value, tuple | Struct)
    }
    if "recipients" in values and _may_have(values["audiences"], values["recipients"], call):
        changed["audiences"] = tuple(dict.fromkeys((*values["audiences"], "recipient")))
    return replace(node, **changed) if changed else node


def _may_have(audiences: tuple[str, ...], recipients: tuple[str, ...], call: Call) -> bool:
    named = call.confidentiality == "confidential" and bool(set(recipients) & set(call.recipients))
    return named or "public" in audiences


def _withheld(exhibits: Exhibits, call: Call) -> Exhibits:
    """Take out of the setting what names the association; what else names it does not build (DOC-041)."""
    setting = exhibits.setting
    title: Text = call.title or call.to
    nameless = replace(
        setting,
        slug=call.id,
        title=title,
        organisation="",
        partners=(),
        funders=(),
        reports=(),
        identity=Identity(),
        request=replace(setting.request, by={}, occasion={}) if setting.request else None,
        removal_contact={},
        withheld=names_of(setting),
    )
    return replace(exhibits, setting=nameless)


def names_of(setting: Setting) -> tuple[str, ...]:
    """Give every name by which a reader would know the association: its own, its project, its partners.

    Its numbers in registers tell it as surely as its name.
    """
    texts, own = (setting.title, *setting.partners, *setting.funders), setting.identity
    found = [setting.organisation, own.declared_as, own.rna, own.siret]
    found += [name for text in texts for name in text.values()]
    return tuple(dict.fromkeys(name.strip() for name in found if name.strip()))
