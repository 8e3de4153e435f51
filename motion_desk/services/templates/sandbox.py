"""The sandbox: what Jinja may do with a template that nobody trusts.

Runs in a process of its own, which ``child`` limits and shuts off; it imports Jinja and the
standard library only. Data are texts: a name with dots is looked up as one name, so a template
never gets hold of an object that leads to others.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, NoReturn

from jinja2 import ChainableUndefined, DictLoader, Template, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

MOST_OUTPUT = 20 * 1024 * 1024
"""Characters that a template may become."""

LONGEST_NAME = 255
"""Characters of a name that are shown."""

FILE = "<template>"
"""What tracebacks call the template."""
_BATCH = 4096
_ALIAS = "value_of_name_"
_OWN_NAMES = frozenset({"caller", "kwargs", "loop", "range", "self", "super", "varargs"})
"""Names that mean something in Jinja, where no data is given for them."""
_WRITABLE = (str, int, float, list, tuple, dict)


class TooLargeError(Exception):
    """The result is larger than ``MOST_OUTPUT``."""


class Missing(ChainableUndefined):
    """A name without a value: it stays visible, and whatever is asked of it is missing too."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Missing:
        if name.startswith("__"):
            raise AttributeError(name)
        return Missing(name=f"{self._undefined_name}.{name}")

    def __getitem__(self, name: object) -> Missing:  # type: ignore[override]  # its never returns
        return Missing(name=f"{self._undefined_name}.{name}"[:LONGEST_NAME])

    def __str__(self) -> str:
        return f"{{{{ {self._undefined_name} }}}}"

    def __html__(self) -> str:
        return f"{OPENING}{self._undefined_name}{CLOSING}"


# Nobody can write these into a template or its data, for they are made for this process alone.
OPENING = f"[[{secrets.token_hex(12)}:"
CLOSING = f":{secrets.token_hex(12)}]]"


class Method:
    """A method of a text, number or list: it can be called, and is no text itself."""

    __slots__ = ("_method",)

    def __init__(self, method: Callable[..., Any]) -> None:
        self._method = method

    def __call__(self, *values: Any, **named: Any) -> Any:
        return self._method(*values, **named)

    def __repr__(self) -> str:
        raise SecurityError("a method is not called, and is no text")

    def __html__(self) -> str:
        return repr(self)


class Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox without files, extensions and helpers, and with names that stay visible.

    ``plain``: what is made is no HTML, and values stay as they are.
    """

    def __init__(self, *, plain: bool) -> None:
        super().__init__(
            autoescape=not plain,
            undefined=Missing,
            keep_trailing_newline=True,
            finalize=written,
            loader=DictLoader({}),  # there is no other template, whatever is asked for
        )
        self.globals = {"range": self.globals["range"]}
        for name in ("attr", "pprint", "random", "xmlattr"):
            del self.filters[name]

    def getattr(self, obj: Any, attribute: str) -> Any:
        return _guarded(super().getattr(obj, attribute))

    def getitem(self, obj: Any, argument: Any) -> Any:
        return _guarded(super().getitem(obj, argument))

    def handle_exception(self, source: str | None = None) -> NoReturn:
        # Jinja's own rewrites tracebacks by compiling code, which nobody would see here.
        raise sys.exc_info()[1] or RuntimeError("there is no error")

    def unsafe_undefined(self, obj: Any, attribute: str) -> Missing:
        raise SecurityError(f"“{attribute}” may not be looked at")


def _guarded(value: Any) -> Any:
    if isinstance(value, Missing) or not callable(value):
        return value
    return Method(value)


def written(value: Any) -> Any:
    """What is put into the page for a value. Raises ``SecurityError`` for what is no text."""
    if isinstance(value, Missing) or type(value) is Markup or isinstance(value, _WRITABLE):
        return value
    if value is None:
        return ""
    raise SecurityError(f"a {type(value).__name__} is no text")


class UnreadableError(Exception):
    """Jinja cannot read the template. ``line`` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Prepared(NamedTuple):
    """A template that was compiled: the names that it looks up, and expressions it cannot read.

    ``unreadable`` are offsets of expressions that stay in the page as they are.
    """

    template: Template
    alias_by_name: Mapping[str, str]
    unreadable: tuple[int, ...]


def prepare(
    environment: Environment,
    source: str,
    literals: Sequence[int],
    expressions: Sequence[tuple[int, int]],
) -> Prepared:
    """The template of a text. Raises ``UnreadableError``.

    ``literals`` are the offsets of opening braces that stay as they are; ``expressions`` those of
    whole expressions, start and end, which stay as they are where Jinja cannot read them.
    """
    unreadable = tuple(
        start for start, end in expressions if not _is_read(environment, source[start:end])
    )
    literal = sorted({*literals, *unreadable})
    try:
        tree = environment.parse(_with_literals(source, literal))
        names = _Names(tree)
        names.visit(tree)
        # from_string does not take a tree, though compile does.
        code = environment.compile(tree, "template", FILE)
    except TemplateSyntaxError as error:
        raise UnreadableError(error.message or "", error.lineno) from None
    template = environment.template_class.from_code(environment, code, {**environment.globals})
    return Prepared(template, names.alias_by_name, unreadable)


def _is_read(environment: Environment, text: str) -> bool:
    try:
        environment.parse(text)
    except TemplateSyntaxError:
        return False
    return True


def _with_literals(source: str, offsets: Iterable[int]) -> str:
    pieces = []
    at = 0
    for offset in offsets:
        pieces += [source[at:offset], "{{ '", source[offset : offset + 2], "' }}"]
        at = offset + 2
    return "".join([*pieces, source[at:]])


class _Names:
    """Replaces names, with all their dots, by single names of our own.

    ``user.name`` then is one look-up in place of two and a search for attributes, and cannot be
    anything but a text. Names that the template makes itself are left alone.
    """

    def __init__(self, tree: nodes.Template) -> None:
        self.alias_by_name: dict[str, str] = {}
        self._local = {
            node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")
        }
        self._local |= {node.name for node in tree.find_all(nodes.Macro)}

    def visit(self, node: nodes.Node) -> None:
        """Replace names below a node."""
        for field, value in node.iter_fields():
            if isinstance(value, list):
                for place, child in enumerate(value):
                    if isinstance(child, nodes.Node):
                        value[place] = self._replaced(child)
            elif isinstance(value, nodes.Node):
                called = isinstance(node, nodes.Call) and field == "node"
                setattr(node, field, self._replaced(value, called=called))

    def _replaced(self, node: nodes.Node, *, called: bool = False) -> nodes.Node:
        if called and isinstance(node, nodes.Getattr):
            self.visit(node)  # {{ user.name.upper() }}: the method is not part of the name
            return node
        name = self._name(node)
        if not name or name.partition(".")[0] in self._local | _OWN_NAMES:
            self.visit(node)
            return node
        alias = self.alias_by_name.setdefault(name, f"{_ALIAS}{len(self.alias_by_name)}")
        return nodes.Name(alias, "load", lineno=node.lineno, environment=node.environment)

    def _name(self, node: nodes.Node) -> str:
        """The name that a chain of attributes spells; empty for what is no such chain."""
        words: list[str] = []
        while isinstance(node, nodes.Getattr):
            words.append(node.attr)
            node = node.node
        if not isinstance(node, nodes.Name) or node.ctx != "load":
            return ""
        return ".".join(reversed([*words, node.name]))


def rendered(prepared: Prepared, data: Mapping[str, str | None]) -> str:
    """The page that a template becomes; names without value stand between the marks.

    Raises ``TooLargeError``, and whatever the template makes go wrong.
    """
    values: dict[str, object] = {}
    for name, alias in prepared.alias_by_name.items():
        value = data.get(name)
        values[alias] = Missing(name=name) if value is None else value
    template = prepared.template
    # Not template.render, which would make one text of it however long that gets.
    pieces = template.root_render_func(template.new_context(values))
    batches: list[str] = []
    length = 0
    while batch := "".join(islice(pieces, _BATCH)):
        length += len(batch)
        if length > MOST_OUTPUT:
            raise TooLargeError
        batches.append(batch)
    return "".join(batches)
