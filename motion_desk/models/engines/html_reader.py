"""The HTML reader: blocks and tables of the subset, and what it leaves out, as tags and text come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from motion_desk.models.engines.html_attributes import (
    KNOWN,
    LISTS,
    Attributes,
    declared,
    picture,
    tagged,
)
from motion_desk.models.engines.html_blocks import PLAIN, Block, Part, Piece, Run, Style
from motion_desk.models.engines.html_tables import (
    CELLS,
    GROUPS,
    PARTS,
    Building,
    hides,
    kept_attributes,
)
from motion_desk.models.engines.html_tags import BLOCKS, EMPTY, HIDDEN, NAMES, OPTIONAL_ENDS

SPACES = re.compile(r"[ \t\n\f\r]+")
# Qt takes these for breaks or objects; HTML forbids most of them.
ODD = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffc]")
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that visual editing would lose. ``line`` counts from 1; ``what`` is a noun."""

    line: int
    what: str


@dataclass(slots=True)
class _Open:
    """An element that has begun and not ended."""

    tag: str
    line: int
    style: Style
    hidden: bool
    items: int = 0
    part: bool = False
    """Whether it belongs to the table that is read, and is no tag beyond the subset."""


class Reader(HTMLParser):
    """Collects blocks and losses as the parser meets tags and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Part] = []
        self._outside: list[Part] = []
        self._table: Building | None = None
        self.losses: list[Loss] = []
        self._open: list[_Open] = []
        self._block: Block | None = None
        self._pieces: list[Piece] = []
        self._space_before = True

    def finish(self) -> None:
        """Read what is left and end all that is open."""
        self.close()
        self._end_above(0)
        self._end_block()

    # What the parser meets

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in PARTS and self._begin_part(tag, attrs):
            return
        if tag not in KNOWN:
            self._lose(NAMES.get(tag, f"the tag <{tag}>"))
        line, _ = self.getpos()
        style = self._open[-1].style if self._open else PLAIN
        hidden = tag in HIDDEN or (bool(self._open) and self._open[-1].hidden)
        style, align = tagged(style, tag), ""
        attributes = dict(reversed(attrs))
        if tag == "a":
            style = replace(style, link=self._address(attributes))
        if attrs:
            if len(attributes) < len(attrs):
                self._lose("a repeated attribute")
            said = declared(tag, attributes, style, self.get_starttag_text() or "")
            self._lose(*said.losses)
            style, align, hidden = said.style, said.align, hidden or said.hidden
        if tag in BLOCKS or tag in LISTS or tag in ("p", "li"):
            self._start_block(tag, align, hidden)
        if tag in EMPTY:
            self._single(tag, attributes, style, hidden)
        else:
            if len(self._open) < _DEEPEST:
                self._open.append(_Open(tag, line, style, hidden))
            else:
                self._lose("elements nested too deep")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # As in every browser, the slash says nothing.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, element in enumerate(self._open) if element.tag == tag]
        if not places:
            self._lose(f"an end without a beginning (</{tag}>)")
            if tag in BLOCKS or tag == "p":
                self._end_block()
            return
        self._end_above(places[-1] + 1)
        self._leave(self._open.pop())
        if tag in BLOCKS or tag in LISTS or tag in ("p", "li"):
            self._end_block()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].hidden:
            return
        if found := ODD.search(data):
            self._lose(f"the character U+{ord(found[0]):04X}")
            data = ODD.sub("", data)
        text = SPACES.sub(" ", data)
        if not text or (text == " " and self._block is None):
            return
        if self._block is None:
            self._loose_text()
        if self._space_before:
            text = text.removeprefix(" ")
        if text:
            self._space_before = text.endswith(" ")
            self._pieces.append(Run(text, self._open[-1].style if self._open else PLAIN))

    def parse_html_declaration(self, i: int) -> int:
        # As browsers do: up to the next ">", or all. Python 3.11's own way raises for "<![<".
        end = self.rawdata.find(">", i)
        end = len(self.rawdata) if end < 0 else end
        said = self.rawdata[i + 2 : end]
        if said[:7].lower() == "doctype":
            self.handle_decl(said)
        else:
            self.unknown_decl(said)
        return min(end + 1, len(self.rawdata))

    def handle_comment(self, data: str) -> None:
        conditional = data.lstrip().lower().startswith(("[if", "[endif"))
        self._lose("a conditional comment for Outlook" if conditional else "a comment")

    def handle_decl(self, decl: str) -> None:
        self._lose("the document type")

    def unknown_decl(self, data: str) -> None:
        conditional = data.lower().startswith(("[if", "[endif"))
        self._lose("a conditional comment for Outlook" if conditional else "a declaration")

    def handle_pi(self, data: str) -> None:
        self._lose("a processing instruction")

    # Attributes

    def _address(self, attributes: Attributes) -> str:
        address = (attributes.get("href") or "").strip()
        if not address:
            self._lose("a link without an address")
        elif any(element.tag == "a" for element in self._open):
            self._lose("a link in a link")
        return address

    def _single(self, tag: str, attributes: Attributes, style: Style, hidden: bool) -> None:
        """Take an element that has no end: only breaks and pictures are in the subset."""
        if hidden or tag not in ("br", "img"):
            return
        if self._block is None:
            self._loose_text()
        if tag == "br":
            self._strip_space()
            self._pieces.append(Run("\n", style))
            self._space_before = True
            return
        found, lost = picture(attributes, style.link)
        self._lose(*lost)
        if found is None:
            return
        self._pieces.append(found)
        self._space_before = False

    # Blocks

    def _start_block(self, tag: str, align: str, hidden: bool) -> None:
        if tag == "li" and self._open and self._open[-1].tag in ("li", "p"):
            self._end_above(max(p for p, each in enumerate(self._open) if each.tag == "li"))
        inside = next((e.tag for e in reversed(self._open) if e.tag in (*LISTS, "li", "p")), "")
        if inside == "p":
            # A paragraph ends where another block begins.
            place = max(place for place, each in enumerate(self._open) if each.tag == "p")
            self._end_above(place)
            inside = next((e.tag for e in reversed(self._open) if e.tag in (*LISTS, "li")), "")
        if inside == "li" and tag not in LISTS and self._block and not self._pieces:
            self._lose(f"a block in a list item (<{tag}>)")
            return
        self._end_block()
        if (tag == "li") is not (inside in LISTS):
            self._lose(f"a misplaced <{tag}>")
        if hidden:
            return
        lists = [element for element in self._open if element.tag in LISTS]
        if tag == "li" and lists:
            lists[-1].items += 1
            starts = lists[-1].items == 1
            self._begin(Block((), align, len(lists), lists[-1].tag == "ol", starts))
        elif tag == "p":
            self._begin(Block((), align))

    def _loose_text(self) -> None:
        """Begin a block for text that stands in none."""
        if self._table and not self._table.in_cell:
            self._lose("text in a table but in no cell")
        lists = [element for element in self._open if element.tag in LISTS]
        if lists:
            self._lose("text beside a list item")
            self._begin(Block((), "", len(lists), lists[-1].tag == "ol"))
        else:
            self._begin(Block(bare=not any(e.tag in BLOCKS and not e.part for e in self._open)))

    def _begin(self, block: Block) -> None:
        self._block = block
        self._pieces = []
        self._space_before = True

    def _end_block(self) -> None:
        if self._block is None:
            return
        self._strip_space()
        kept = bool(self._pieces) or self._block.depth > 0
        last = self._pieces[-1] if self._pieces else None
        if isinstance(last, Run) and last.text.endswith("\n"):
            # A last break shows nothing; alone it gives an empty paragraph its height.
            self._pieces[-1] = Run(last.text[:-1], last.style)
            self._strip_space()
        if kept:
            block = self._block
            self.blocks.append(
                Block(
                    tuple(self._pieces),
                    block.align,
                    block.depth,
                    block.ordered,
                    block.starts,
                    block.bare,
                )
            )
        self._block = None
        self._pieces = []

    def _strip_space(self) -> None:
        """Take a space away that HTML does not show at the end of a line."""
        while self._pieces and isinstance(last := self._pieces[-1], Run):
            if bare := last.text.rstrip(" "):
                self._pieces[-1] = Run(bare, last.style)
                return
            self._pieces.pop()

    # Tables

    def _begin_part(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        """Begin a table or a part of it, where one may stand here; whether that is so."""
        attributes: dict[str, str | None] = {}
        for name, value in attrs:
            attributes.setdefault(name, value)
        inside = [place for place, element in enumerate(self._open) if element.part]
        if hides(attributes) or len(self._open) >= _DEEPEST:
            return False
        if tag == "table":
            if inside or any(element.tag in (*LISTS, "li") for element in self._open):
                return False
            self._start_block(tag, "", hidden=False)
        elif not inside or any(e.tag == "table" and not e.part for e in self._open):
            return False
        else:
            # A cell ends where the next one begins, and so do rows and their groups.
            within = CELLS if tag in CELLS else {"tr", *CELLS} if tag == "tr" else PARTS - {"table"}
            ending = [place for place in inside if self._open[place].tag in within]
            if ending:
                self._end_above(ending[0])
            self._end_block()
        kept, lost = kept_attributes(tag, attributes, self.get_starttag_text() or "")
        self._lose(*lost)
        if len(attributes) < len(attrs):
            self._lose("a repeated attribute")
        if tag == "table":
            self._table = Building(kept)
        elif self._table is None:
            return False
        elif tag in GROUPS:
            self._table.group = tag
            self._lose(*(f"the attribute “{name}”" for name, _ in kept))
        elif tag == "tr":
            self._table.begin_row(kept)
        else:
            self._table.begin_cell(tag, kept, attributes)
            self._outside, self.blocks = self.blocks, []
        style = self._open[-1].style if self._open else PLAIN
        self._open.append(_Open(tag, self.getpos()[0], style, hidden=False, part=True))
        return True

    def _leave(self, element: _Open) -> None:
        """End what an element of a table began."""
        if not element.part or self._table is None:
            return
        self._end_block()
        if element.tag in CELLS:
            self._table.end_cell([part for part in self.blocks if isinstance(part, Block)])
            self.blocks = self._outside
        elif element.tag == "tr":
            self._table.row_open = False
        elif element.tag in GROUPS:
            self._table.group = ""
        else:
            table, lost = self._table.table()
            self._table = None
            self.losses += [Loss(element.line, what) for what in lost]
            self.blocks += [table] if table else []

    # What is open

    def _end_above(self, count: int) -> None:
        """End all elements but the first ``count``; only items, paragraphs and cells may be left to that."""
        for element in self._ended(count):
            if element.tag not in OPTIONAL_ENDS:
                self.losses.append(Loss(element.line, f"<{element.tag}>, which is not closed"))
            elif not element.part:
                self._end_block()
            self._leave(element)

    def _ended(self, count: int) -> Iterator[_Open]:
        while len(self._open) > count:
            yield self._open.pop()

    def _lose(self, *whats: str) -> None:
        line, _ = self.getpos()
        self.losses += [Loss(line, what) for what in whats]
