"""One passage: Markdown with roles → blocks of the document. No raw HTML, no images, no unknown links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from avis.errors import Place
from avis.i18n import say
from avis.report.document import (
    Aside,
    Block,
    Column,
    Count,
    Emphasis,
    Grid,
    Heading,
    Inline,
    Items,
    Link,
    Paragraph,
    Slot,
    Strong,
    Words,
)
from avis.writing.elision import elided
from avis.writing.naked import at
from avis.writing.roles import NAMES, Desk, is_block
from avis.writing.typography import set_french

_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_BROKEN_ROLE = re.compile(r"\{(" + "|".join(NAMES) + r")\}", re.IGNORECASE)
_DIRECTIVE = re.compile(r"\{(?P<role>[^{}]+)\}\s*(?P<id>.*)")


def parser() -> MarkdownIt:
    """Make the Markdown reader: CommonMark and tables, MyST roles, colon fences; raw HTML is text."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.validateLink = lambda url: True  # type: ignore[method-assign]  # refused by us, with its place
    return reader.use(myst_role_plugin).use(colon_fence_plugin)


@dataclass
class Reader:
    """Reads one file; keeps a cursor, since Markdown tokens inside a line do not say where they stand."""

    desk: Desk
    name: str
    stem: str
    text: str
    first_line: int = 1
    cursor: int = 0
    levels: list[int] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    quoted: int = 0
    """How many quotations we are inside of: their words are left as they are."""

    def blocks(self) -> tuple[Block, ...]:
        """Read the whole text."""
        tree = SyntaxTreeNode(parser().parse(self.text))
        return tuple(block for node in tree.children for block in self.block(node))

    def block(self, node: SyntaxTreeNode) -> list[Block]:
        """Read one block; some kinds make none, a paragraph of roles makes several."""
        if node.map:
            self.cursor = max(self.cursor, self._offset(node.map[0]))
        match node.type:
            case "paragraph":
                return self._paragraph(node)
            case "heading":
                return [self._heading(node)]
            case "bullet_list" | "ordered_list":
                items = tuple(self._inside(item) for item in node.children)
                return [Items(items=items, ordered=node.type == "ordered_list")]
            case "blockquote":
                return [self._citation(node)]
            case "fence" | "colon_fence":
                return self._directive(node)
            case "table":
                return [self._table(node)]
            case "code_block":
                self.problem("TXT-025", self._here())
                return [self._plain(node.content)]
        return []  # a thematic break: the document has headings for that

    def _inside(self, node: SyntaxTreeNode) -> tuple[Block, ...]:
        return tuple(block for child in node.children for block in self.block(child))

    def _paragraph(self, node: SyntaxTreeNode) -> list[Block]:
        children = node.children[0].children
        roles = [child for child in children if child.type != "softbreak"]
        if roles and all(child.type == "myst_role" and is_block(child.meta["name"]) for child in roles):
            found = [
                self.desk.block(child.meta["name"], child.content, self._at_role(child)) for child in roles
            ]
            return [block for block in found if block is not None]
        content = tuple(_begun(self.inlines(children)))
        return [Paragraph(content=content, language=self._foreign())] if content else []

    def _plain(self, text: str) -> Block:
        return Paragraph(content=(Words(text=text.strip()),), language=self._foreign())

    def _foreign(self) -> str:
        return self.desk.prose if self.desk.prose != self.desk.language else ""

    def _heading(self, node: SyntaxTreeNode) -> Block:
        content = self.inlines(node.children[0].children)
        if self._foreign():
            content = tuple(_in(part, self._foreign()) for part in content)
        raw = int(node.tag[1:])
        while self.levels and self.levels[-1] >= raw:
            self.levels.pop()
        self.levels.append(raw)  # levels skipped by the author are closed up
        return Heading(level=len(self.levels), id=self._id(slug(_text(content))), content=content)

    def _id(self, name: str) -> str:
        wanted = id = f"text-{self.stem}-{name}"
        count = 1
        while id in self.ids:
            count += 1
            id = f"{wanted}-{count}"
        self.ids.add(id)
        return id

    def _citation(self, node: SyntaxTreeNode) -> Block:
        self.quoted += 1
        blocks = self._inside(node)
        self.quoted -= 1
        title = say("report.compose.cited_text", self.desk.language)
        return Aside(role="explanation", title=title, blocks=blocks)

    def _directive(self, node: SyntaxTreeNode) -> list[Block]:
        match = _DIRECTIVE.fullmatch(node.info.strip())
        if match is None:
            self.problem("TXT-025", self._here())
            return [self._plain(node.content)] if node.content.strip() else []
        block = self.desk.block(match["role"].strip(), match["id"] or node.content, self._here())
        return [block] if block is not None else []

    def _table(self, node: SyntaxTreeNode) -> Block:
        rows = [row for part in node.children for row in part.children]
        slots = [tuple(Slot(content=self._slot(cell)) for cell in row.children) for row in rows]
        columns = tuple(Column(label=_text(slot.content) or "–") for slot in slots[0])
        caption = say("report.compose.table_of_text", self.desk.language)
        return Grid(id=self._id("table"), caption=caption, columns=columns, rows=tuple(slots[1:]))

    def _slot(self, cell: SyntaxTreeNode) -> tuple[Inline, ...]:
        content = self.inlines(cell.children[0].children) if cell.children else ()
        return tuple(_in(part, self._foreign()) for part in content) if self._foreign() else content

    # --- inside a line

    def inlines(self, nodes: list[SyntaxTreeNode]) -> tuple[Inline, ...]:
        """Read what stands inside a line; neighbouring words are joined."""
        return tuple(_joined(self._elisions(part for node in nodes for part in self.inline(node))))

    def _elisions(self, parts: Iterator[Inline]) -> Iterator[Inline]:
        """Warn of a French word that must lose its vowel before a figure in words (TXT-036)."""
        before = ""
        for part in parts:
            if isinstance(part, Count) and self.desk.prose == "fr" and (found := elided(before, part.text)):
                self.desk.problems.warn("TXT-036", self._here(), written=found[0], better=found[1])
            before = before + part.text if isinstance(part, Words) else ""
            yield part

    def inline(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        """Read one piece of a line."""
        match node.type:
            case "text":
                return (Words(text=self._prose(node.content)),) if node.content else ()
            case "softbreak" | "hardbreak":
                return (Words(text=" "),)
            case "code_inline":
                return (Words(text=node.content),)
            case "strong":
                return (Strong(content=self.inlines(node.children)),)
            case "em":
                return (Emphasis(content=self.inlines(node.children)),)
            case "myst_role":
                return self.desk.inline(node.meta["name"], node.content, self._at_role(node))
            case "image":
                self.problem("TXT-022", self._find("!["))
                return (Words(text=node.content),) if node.content else ()
            case "link":
                return self._link(node)
        raise AssertionError(node.type)  # the parser above makes no other kind

    def _link(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        href = str(node.attrs.get("href", ""))
        content = self.inlines(node.children)
        if not href.startswith(("https://", "mailto:", "#")):
            self.problem("TXT-023", self._find("]("))
            return content
        if href.startswith("#"):
            self.desk.links.append((href[1:], self._find("](")))
        return (Link(href=href, content=content),) if content else ()

    def _prose(self, text: str) -> str:
        if html := _HTML.search(text):
            self.problem("TXT-021", self._find(html.group()))
        if broken := _BROKEN_ROLE.search(text):
            self.problem("TXT-012", self._find(broken.group()), content=broken.group())
        return set_french(text) if self.desk.prose == "fr" and not self.quoted else text

    # --- where it stands

    def problem(self, code: str, place: Place, **facts: str) -> None:
        """Note what is wrong in this file."""
        self.desk.problems.add(code, place, **facts)

    def _at_role(self, node: SyntaxTreeNode) -> Place:
        return self._find(f"{{{node.meta['name']}}}`", move=True)

    def _find(self, fragment: str, move: bool = False) -> Place:
        offset = self.text.find(fragment, self.cursor)
        if offset < 0:
            return self._here()
        if move:
            self.cursor = offset + len(fragment)
        return at(self.text, offset, self.name, self.first_line)

    def _here(self) -> Place:
        return at(self.text, self.cursor, self.name, self.first_line)

    def _offset(self, line: int) -> int:
        offset = 0
        for _ in range(line):
            offset = self.text.find("\n", offset) + 1
        return offset


def _begun(parts: tuple[Inline, ...]) -> Iterator[Inline]:
    """Begin a sentence with a capital where a figure opens it: "About 1,150 requests…"."""
    before = ". "
    for part in parts:
        if isinstance(part, Count) and re.search(r"[.!?…]\s+$", before):
            part = Count(text=part.text[:1].upper() + part.text[1:], note=part.note, id=part.id)
        before = part.text if isinstance(part, Words) else ""
        yield part


def _joined(parts: Iterator[Inline]) -> Iterator[Inline]:
    held: Words | None = None
    for part in parts:
        if isinstance(part, Words) and held is not None and part.language == held.language:
            held = Words(text=held.text + part.text, language=held.language)
            continue
        if held is not None:
            yield held
            held = None
        if isinstance(part, Words):
            held = part
        else:
            yield part
    if held is not None:
        yield held


def _in(part: Inline, language: str) -> Inline:
    """Mark words with the language that they are in, unless they have their own."""
    if isinstance(part, Words):
        return part if part.language else Words(text=part.text, language=language)
    if isinstance(part, Strong | Emphasis):
        return type(part)(content=tuple(_in(inner, language) for inner in part.content))
    return part


def _text(content: tuple[Inline, ...]) -> str:
    told = []
    for part in content:
        told.append(_text(part.content) if isinstance(part, Strong | Emphasis | Link) else part.text)
    return "".join(told)


def slug(text: str) -> str:
    """Write words as the end of an address.

    >>> slug("Les horaires : trop tôt ?")
    'les-horaires-trop-tot'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"
