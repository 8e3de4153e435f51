"""The HTML reader: blocks and tables of the subset, and what it leaves out, as tags and text come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser

from motion_desk.models.engines.html_attributes import (
    KNOWN,
    LISTS,
    RAISED,
    Attributes,
    Declared,
    declare,
    picture,
    tagged,
)
from motion_desk.models.engines.html_blocks import (
    HEADINGS,
    Block,
    Part,
    Piece,
    Run,
    Style,
)
from motion_desk.models.engines.html_elements import (
    PAGE,
    Element,
    directed,
    lost_around,
    placed,
    strip_end,
)
from motion_desk.models.engines.html_losses import UNSEEN_TAGS, Loss
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
_BREAKS = re.compile(r"\r\n?|\f")
_DEEPEST = 100


class Reader(HTMLParser):
    """Collects blocks and losses as the parser meets tags and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Part] = []
        self._outside: list[Part] = []
        self._table: Building | None = None
        self.losses: list[Loss] = []
        self._open: list[Element] = []
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
            self._lose(NAMES.get(tag, f"the tag <{tag}>"), shows=tag not in UNSEEN_TAGS)
        self._end_implied(tag)
        outer = self._outer
        if tag in RAISED and outer.style.raised:
            self._lose("raised or lowered text in such text")
        said = Declared(tagged(outer.style, tag), outer.align, outer.direction, outer.hidden)
        said.hidden |= tag in HIDDEN
        said.preserved = outer.preserved or tag == "pre"
        attributes = dict(reversed(attrs))
        if tag == "a":
            said.style = replace(said.style, link=self._address(attributes))
        if attrs:
            if len(attributes) < len(attrs):
                self._lose("a repeated attribute", shows=False)
            declare(said, tag, attributes, self.get_starttag_text() or "")
            for what, shows in said.losses:
                self._lose(what, shows=shows)
        element = Element(
            *(tag, self.getpos()[0], said.style, said.hidden, said.align, said.direction),
            preserved=said.preserved,
            turned=outer.turned or said.turned,
            titled=outer.titled or tag in HEADINGS,
            quotes=outer.quotes + (tag == "blockquote"),
        )
        if tag in BLOCKS or tag in LISTS or tag in ("p", "li"):
            self._start_block(element, said.flush or tag == "div")
        if tag in EMPTY:
            self._single(tag, attributes, said.style, said.hidden)
        elif len(self._open) < _DEEPEST:
            self._open.append(element)
        else:
            self._lose("elements nested too deep")

    @property
    def _outer(self) -> Element:
        """The innermost element that is open, or what stands for the page."""
        return self._open[-1] if self._open else PAGE

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # As in every browser, the slash says nothing.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, element in enumerate(self._open) if element.tag == tag]
        if not places:
            self._lose(f"an end without a beginning (</{tag}>)", shows=False)
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
        preserved = self._outer.preserved
        text = _BREAKS.sub("\n", data) if preserved else SPACES.sub(" ", data)
        # Between blocks, blanks are the source's own, but for those that a line begins with.
        blank = "\n" in text or not preserved
        if not text or (blank and not text.strip(" \t\n") and self._block is None):
            return
        if self._block is None:
            self._loose_text()
            text = text.removeprefix("\n")
        if self._space_before and not preserved:
            text = text.removeprefix(" ")
        if text:
            if self._outer.turned and text.strip():
                self._lose("the attribute “dir”")
            self._space_before = text.endswith(("\n", " "))
            self._pieces.append(Run(text, self._outer.style))

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
        self._lose("a conditional comment for Outlook" if conditional else "a comment", shows=False)

    def handle_decl(self, decl: str) -> None:
        self._lose("the document type", shows=False)

    def unknown_decl(self, data: str) -> None:
        conditional = data.lower().startswith(("[if", "[endif"))
        self._lose(
            "a conditional comment for Outlook" if conditional else "a declaration", shows=False
        )

    def handle_pi(self, data: str) -> None:
        self._lose("a processing instruction", shows=False)

    # Attributes

    def _address(self, attributes: Attributes) -> str:
        address = (attributes.get("href") or "").strip()
        if not address:
            self._lose("a link without an address", shows="href" in attributes)
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
            strip_end(self._pieces)
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

    def _end_implied(self, tag: str) -> None:
        """End the item or paragraph that HTML ends by itself where this tag begins."""
        if tag == "li" and self._outer.tag in ("li", "p"):
            if (item := self._innermost(("li",))) is not None:
                self._end_above(item)
        elif tag in BLOCKS or tag in LISTS or tag in ("p", "li"):
            place = self._innermost((*LISTS, "li", "p"))
            if place is not None and self._open[place].tag == "p":
                self._end_above(place)

    def _innermost(self, tags: Sequence[str]) -> int | None:
        """The place, among what is open, of the innermost element with one of these tags."""
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].tag in tags:
                return place
        return None

    def _start_block(self, element: Element, flush: bool) -> None:
        """Begin a block where an element has text of its own; ``flush``: it has no gaps."""
        place = self._innermost((*LISTS, "li"))
        inside = self._open[place].tag if place is not None else ""
        if inside == "li" and element.tag not in LISTS and element.tag != "li":
            self._lose(f"a block in a list item (<{element.tag}>)", shows=not flush)
            if self._block:
                self._break_line()
                return
        self._end_block()
        if (element.tag == "li") is not (inside in LISTS):
            self._lose(f"a misplaced <{element.tag}>")
        if self._outer.titled:
            self._lose(f"a block in a heading (<{element.tag}>)")
        if element.hidden:
            return
        if element.tag == "li" and inside:
            lists = [each for each in self._open if each.tag in LISTS]
            lists[-1].items += 1
            around = next((each.direction for each in reversed(self._open) if each.tag == "li"), "")
            if element.direction != lists[-1].direction != around:
                self._lose("the direction of a list with an item of another")
            self._begin_item(lists, element, starts=lists[-1].items == 1)
        elif element.tag == "p" or element.tag in HEADINGS:
            tag = "div" if flush else element.tag.removeprefix("p")
            self._begin(placed(Block(tag=tag), element))
        elif element.tag == "blockquote":
            last = self.blocks[-1] if self.blocks else None
            if isinstance(last, Block) and last.quotes >= element.quotes:
                self._lose("the space between two quotations")

    def _break_line(self) -> None:
        """Begin a new line in the block, unless it has no text yet."""
        strip_end(self._pieces)
        if self._pieces:
            self._pieces.append(Run("\n", self._outer.style))
            self._space_before = True

    def _begin_item(self, lists: list[Element], element: Element, starts: bool = False) -> None:
        item = Block(depth=len(lists), ordered=lists[-1].tag == "ol", starts=starts)
        self._begin(placed(item, element))

    def _loose_text(self) -> None:
        """Begin a block for text that stands in none."""
        if self._table and not self._table.in_cell:
            self._lose("text in a table but in no cell")
        lists = [element for element in self._open if element.tag in LISTS]
        if lists:
            self._lose("text beside a list item")
            self._begin_item(lists, self._outer)
            return
        around = next((e for e in reversed(self._open) if e.part or e.tag in BLOCKS), PAGE)
        if around.part or around is PAGE:
            self._begin(Block(bare=True))
        else:
            tag = "div" if around.tag in ("div", "blockquote") else ""
            self._begin(placed(Block(tag=tag), around))

    def _begin(self, block: Block) -> None:
        self._block = block
        self._pieces = []
        self._space_before = True

    def _end_block(self) -> None:
        if self._block is None:
            return
        strip_end(self._pieces)
        kept = bool(self._pieces) or self._block.depth > 0
        last = self._pieces[-1] if self._pieces else None
        if isinstance(last, Run) and last.text.endswith("\n"):
            # A last break shows nothing; alone it gives an empty paragraph its height.
            self._pieces[-1] = Run(last.text[:-1], last.style)
            strip_end(self._pieces)
        if kept:
            self.blocks.append(replace(self._block, pieces=tuple(self._pieces)))
        self._block = None
        self._pieces = []

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
            self._end_implied(tag)
            self._start_block(Element(tag, self.getpos()[0]), flush=False)
            self._lose(*lost_around(self._outer))
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
        for what, shows in lost:
            self._lose(what, shows=shows)
        if len(attributes) < len(attrs):
            self._lose("a repeated attribute", shows=False)
        if tag == "table":
            self._table = Building(directed(kept, self._outer.direction))
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
        self._open.append(Element(tag, self.getpos()[0], self._outer.style, part=True))
        return True

    def _leave(self, element: Element) -> None:
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
                what = f"<{element.tag}>, which is not closed"
                self.losses.append(Loss(element.line, what, shows=False))
            elif not element.part:
                self._end_block()
            self._leave(element)

    def _ended(self, count: int) -> Iterator[Element]:
        while len(self._open) > count:
            yield self._open.pop()

    def _lose(self, *whats: str, shows: bool = True) -> None:
        line, _ = self.getpos()
        self.losses += [Loss(line, what, shows) for what in whats]
