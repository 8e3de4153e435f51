"""CSS: what a style sheet or style attribute uses, names and declares; the door to tinycss2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tinycss2 import ast

KEPT = frozenset(
    {
        "background",
        "background-color",
        "background-image",
        "color",
        "display",
        "direction",
        "font-size",
        "font-weight",
        "height",
        "max-height",
        "mso-hide",
        "opacity",
        "overflow",
        "visibility",
        "width",
    }
)
"""The properties whose values are kept; of all others only the use is."""
_OLD_PSEUDO_ELEMENTS = frozenset({"after", "before", "first-letter", "first-line"})
_ACTIVE_PROPERTIES = frozenset({"behavior", "-moz-binding"})
LONGEST_ATTRIBUTE = 20_000
"""Characters of a style attribute in which what hides an element is looked for."""
_DEEPEST = 30
_CACHED = 4096
"""Characters: a longer text is not kept in the cache."""


class Found(NamedTuple):
    """Something found in CSS, with its line and column there, both from 1."""

    what: str
    line: int
    column: int


@dataclass(slots=True)
class Piece:
    """What one style sheet or style attribute holds.

    ``uses`` are words such as ``property:padding`` (all of them: ``uses.py``), ``addresses`` what
    ``url()`` and ``@import`` name, ``active`` what would run or bind code in old programs.
    ``last`` holds, for a style attribute, the value that wins of each property in ``KEPT``.
    """

    uses: list[Found] = field(default_factory=list)
    addresses: list[Found] = field(default_factory=list)
    imports: list[Found] = field(default_factory=list)
    active: list[Found] = field(default_factory=list)
    last: dict[str, Found] = field(default_factory=dict)


def attribute(text: str) -> Piece:
    """What a style attribute holds. Never fails; linear in its length. Must not be changed."""
    return _kept_attribute(text) if len(text) <= _CACHED else _attribute(text)


def sheet(text: str) -> Piece:
    """What a style sheet holds. Never fails; linear in its length."""
    import tinycss2  # late: only where there is CSS

    piece = Piece()
    nodes = tinycss2.parse_stylesheet(_prepared(text))
    _Gathering(piece).gather(nodes, in_rule=False)
    return piece


def _attribute(text: str) -> Piece:
    import tinycss2  # late: only where there is CSS

    piece = Piece()
    nodes = tinycss2.parse_blocks_contents(_prepared(text))
    _Gathering(piece, keeps=True).gather(nodes, in_rule=False)
    return piece


# A mail has the same few styles in most of its cells, and is read again at each key press.
_kept_attribute = lru_cache(maxsize=2048)(_attribute)


def _prepared(text: str) -> str:
    # tinycss2 counts a form feed as the end of a line; nobody else does.
    return text.replace("\f", " ")


class _Gathering:
    def __init__(self, piece: Piece, keeps: bool = False) -> None:
        self._piece = piece
        self._keeps = keeps
        self._important: set[str] = set()

    def gather(self, nodes: Iterable[ast.Node], *, in_rule: bool) -> None:
        """Gather from rules and declarations. Blocks wait on a list: nesting has no bound."""
        import tinycss2  # late: only where there is CSS

        waiting: list[tuple[Iterable[ast.Node], bool]] = [(nodes, in_rule)]
        while waiting:
            batch, inside = waiting.pop()
            for node in batch:
                kind = node.type
                if kind == "declaration":
                    self._declaration(node)
                elif kind == "qualified-rule":
                    if inside:
                        self._use("css:nesting", node)
                    self._selectors(node.prelude)
                    waiting.append((tinycss2.parse_blocks_contents(node.content), True))
                elif kind == "at-rule":
                    self._at_rule(node)
                    if node.content is not None:
                        content = tinycss2.parse_blocks_contents(node.content)
                        waiting.append((content, inside))
                elif kind == "comment":
                    self._use("css:comment", node)

    def _use(self, what: str, node: ast.Node) -> None:
        self._piece.uses.append(Found(what, node.source_line, node.source_column))

    def _declaration(self, node: ast.Node) -> None:
        name = node.lower_name
        self._use("css:variable" if name.startswith("--") else f"property:{name}", node)
        if name in _ACTIVE_PROPERTIES:
            self._piece.active.append(Found(name, node.source_line, node.source_column))
        if node.important:
            self._use("css:important", node)
        for each in _flat(node.value):
            self._value(name, each)
        if self._keeps and name in KEPT:
            self._keep(name, node)

    def _keep(self, name: str, node: ast.Node) -> None:
        import tinycss2  # late: only where there is CSS

        if name in self._important and not node.important:
            return
        if node.important:
            self._important.add(name)
        # tinycss2 writes nested blocks by calling itself: a thousand end the stack.
        is_plain = _depth(node.value) <= _DEEPEST
        value = tinycss2.serialize(node.value).strip() if is_plain else "(nested too deep)"
        self._piece.last.pop(name, None)
        self._piece.last[name] = Found(value, node.source_line, node.source_column)

    def _value(self, name: str, node: ast.Node) -> None:
        match node.type:
            case "ident":
                self._use(f"keyword:{node.lower_value}", node)
                self._use(f"value:{name}:{node.lower_value}", node)
            case "dimension":
                self._use(f"unit:{node.lower_unit}", node)
            case "percentage":
                self._use("unit:%", node)
            case "function":
                self._use(f"function:{node.lower_name}", node)
                if node.lower_name == "expression":
                    found = Found("expression()", node.source_line, node.source_column)
                    self._piece.active.append(found)
            case "comment":
                self._use("css:comment", node)
        self._address(node, self._piece.addresses)

    def _address(self, node: ast.Node, into: list[Found]) -> None:
        if node.type == "url":
            into.append(Found(node.value, node.source_line, node.source_column))
        elif node.type == "function" and node.lower_name in ("url", "src", "image-set"):
            into += [
                Found(each.value, each.source_line, each.source_column)
                for each in node.arguments
                if each.type == "string"
            ]

    def _at_rule(self, node: ast.Node) -> None:
        name = node.lower_at_keyword
        self._use(f"at:{name.removeprefix('-webkit-').removeprefix('-moz-')}", node)
        if name == "import":
            into = self._piece.imports
            into += [
                Found(each.value, node.source_line, node.source_column)
                for each in node.prelude
                if each.type == "string"
            ]
            for each in node.prelude:
                self._address(each, into)
            if not into:
                into.append(Found("", node.source_line, node.source_column))
        elif name == "media":
            for each in _flat(node.prelude):
                if each.type == "() block":
                    names = (part for part in each.content if part.type == "ident")
                    for part in names:
                        self._use(f"media:{part.lower_value}", part)

    def _selectors(self, prelude: list[ast.Node]) -> None:
        waiting = [prelude]
        while waiting:
            for word, node in _selector_words(waiting.pop()):
                self._use(word, node)
                if node.type == "function":
                    waiting.append(node.arguments)


_COMBINATORS: Mapping[str, str] = {
    ">": "selector:child",
    "+": "selector:adjacent",
    "~": "selector:sibling",
    ",": "selector:grouping",
}
_SIMPLE: Mapping[str, str] = {
    "ident": "selector:type",
    "[] block": "selector:attribute",
    "*": "selector:universal",
    "&": "css:nesting",
}


def _selector_words(prelude: list[ast.Node]) -> Iterator[tuple[str, ast.Node]]:
    """The uses in one list of selectors; those inside of functions not."""
    colons, dotted, gap = 0, False, False
    parts, chain = 0, 0
    for node in prelude:
        literal = node.value if node.type == "literal" else ""
        if node.type == "comment":
            continue
        if node.type == "whitespace":
            gap = parts > 0
            continue
        if literal in _COMBINATORS:
            yield _COMBINATORS[literal], node
            gap, parts, chain = False, 0, 0
            continue
        if gap:
            yield "selector:descendant", node
            gap, parts, chain = False, 0, 0
        if literal in (":", "."):
            colons += literal == ":"
            dotted = literal == "."
            continue
        parts += 1
        if colons:
            yield _pseudo(node, colons), node
        elif dotted or node.type == "hash":
            yield "selector:class" if dotted else "selector:id", node
            chain += 1
            if chain == 2:
                yield "selector:chaining", node
        elif word := _SIMPLE.get(literal or node.type):
            yield word, node
        colons, dotted = 0, False


def _pseudo(node: ast.Node, colons: int) -> str:
    name: str = node.lower_value if node.type == "ident" else getattr(node, "lower_name", "")
    name = name.removeprefix("-webkit-input-").removeprefix("-moz-")
    is_element = colons > 1 or name in _OLD_PSEUDO_ELEMENTS
    return f"pseudo-element:{name}" if is_element else f"pseudo:{name}"


def _depth(nodes: Iterable[ast.Node]) -> int:
    """How deep blocks and functions stand in each other, counted up to what is too deep."""
    level, depth = list(nodes), 0
    while level and depth <= _DEEPEST:
        level = [part for node in level for part in _inside(node)]
        depth += 1
    return depth


def _inside(node: ast.Node) -> list[ast.Node]:
    inside = getattr(node, "arguments", None) or getattr(node, "content", None)
    return inside if isinstance(inside, list) else []


def _flat(nodes: Iterable[ast.Node]) -> Iterator[ast.Node]:
    """Tokens and all inside of their blocks and functions."""
    waiting = [iter(nodes)]
    while waiting:
        for node in waiting[-1]:
            yield node
            if inside := _inside(node):
                waiting.append(iter(inside))
                break
        else:
            waiting.pop()
