"""What the import linter and ruff cannot see, each rule a function from source text to offences.

An offence is a short text that begins with its line number; no offence is an empty list.
"""

import ast
import re
import sys
from collections.abc import Collection, Iterator

LONGEST_FILE = 400
HEAVY = (
    "PySide6.QtWebEngine",
    "OpenSSL",
    "aiosmtpd",
    "alembic",
    "cryptography",
    "css_inline",
    "dns",
    "imapclient",
    "jinja2",
    "keyring",
    "msal",
    "regex",
    "requests",
    "sqlalchemy",
    "tinycss2",
)
SURE = 4
"""Seconds below which a bound judges the machine: how quick it is, how busy."""
CLOCK = re.compile(r"\b(monotonic|perf_counter|thread_time|process_time|time\.time)\(\)")
# Harmless parts of importlib: they find data, not modules.
PLAIN_IMPORTLIB = ("importlib.resources", "importlib.metadata")
QT_NAME = re.compile(r"Q[A-Z][a-z]\w*|Qt\w*|PySide\d*|shiboken\d*")
# Written apart, so that this file does not name what it forbids.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("crates", "io"),
        ("golang", "org"),
        ("pkg", "dev"),
    ]
]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that is imported anywhere below `tree`."""
    for node in ast.walk(tree):
        yield from imports_of(node)


def imports_of(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of what one statement imports; relative names begin with dots."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield node.lineno, alias.name
    elif isinstance(node, ast.ImportFrom):
        origin = "." * node.level + (node.module or "")
        for alias in node.names:
            yield node.lineno, f"{origin}.{alias.name}"


def is_in(name: str, packages: Collection[str]) -> bool:
    """Whether an imported name is one of `packages` or inside one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def imports_beyond(source: str, allowed: Collection[str]) -> list[str]:
    """Imports of anything but the standard library and the packages in `allowed`."""
    free = {*sys.stdlib_module_names, *allowed}
    return [
        f"{line}: imports {name}"
        for line, name in imports(ast.parse(source))
        if not is_in(name, free)
    ]


def hidden_imports(source: str) -> list[str]:
    """Ways to import that no linter sees."""
    tree = ast.parse(source)
    offences = [
        f"{line}: imports {name}"
        for line, name in imports(tree)
        if is_in(name, ["importlib", "imp", "pkgutil", "runpy"])
        and not is_in(name, PLAIN_IMPORTLIB)
    ]
    return offences + [
        f"{line}: uses {name}"
        for line, name in identifiers(tree)
        if name in {"__import__", "import_module"}
    ]


def identifiers(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of every name and attribute that is used or set."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, lineno=line) | ast.Attribute(attr=name, lineno=line):
                yield line, name
            case ast.ClassDef(name=name, lineno=line) | ast.FunctionDef(name=name, lineno=line):
                yield line, name
            case ast.arg(arg=name, lineno=line):
                yield line, name


def qt_names(source: str) -> list[str]:
    """Identifiers and imports that are Qt's."""
    tree = ast.parse(source)
    imported = ((line, part) for line, name in imports(tree) for part in name.split("."))
    return [
        f"{line}: names {name}"
        for line, name in [*identifiers(tree), *imported]
        if QT_NAME.fullmatch(name)
    ]


def eager_imports(source: str, banned: Collection[str]) -> list[str]:
    """Imports of `banned` names (by their beginning) that happen as soon as the module is loaded."""
    return [
        f"{line}: imports {name} when loaded"
        for node in loaded_statements(ast.parse(source))
        for line, name in imports_of(node)
        if any(name == each or name.startswith(each) for each in banned)
    ]


def loaded_statements(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: not the bodies of functions, nor what is for types."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                continue
            case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
                continue
            case _:
                yield child
                yield from loaded_statements(child)


def too_long(source: str) -> list[str]:
    """A file that nobody reads in one go."""
    lines = source.count("\n")
    return [f"{lines}: more than {LONGEST_FILE} lines"] if lines > LONGEST_FILE else []


def no_opening_sentence(source: str) -> list[str]:
    """A module that does not say what it is."""
    opening = ast.get_docstring(ast.parse(source)) or ""
    first = opening.partition("\n")[0]
    return [] if first.endswith((".", ":", "?", "!")) else ["1: does not open with a sentence"]


def clock_judges(source: str) -> list[str]:
    """Assertions that less than `SURE` seconds have passed, which a busy machine makes fail."""
    tree = ast.parse(source)
    found = []
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            timed = _timed(function)
            found += [
                f"{node.lineno}: {ast.unparse(node)}"
                for each in ast.walk(function)
                if isinstance(each, ast.Assert)
                for node in ast.walk(each.test)
                if isinstance(node, ast.Compare)
                and isinstance(node.ops[-1], ast.Lt | ast.LtE)
                and _is_short(node.comparators[-1])
                and (CLOCK.search(ast.unparse(node)) or timed & _names(node))
            ]
    return found


def _timed(function: ast.FunctionDef) -> set[str]:
    """Names whose values in a function come from a clock."""
    timed: set[str] = set()
    for _ in range(3):  # begun, then what is made of it, then the longest of these
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and node.value is not None:
                if CLOCK.search(ast.unparse(node.value)) or timed & _names(node.value):
                    timed |= {each for target in node.targets for each in _names(target)}
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                given = {name for each in node.args for name in _names(each)}
                if node.func.attr == "append" and (
                    timed & given or any(CLOCK.search(ast.unparse(each)) for each in node.args)
                ):
                    timed |= _names(node.func.value)
    return timed


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _is_short(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and 0 < node.value < SURE
    )


def registry_hosts(text: str) -> list[str]:
    """Names of package registries: everybody's own settings choose theirs."""
    return [
        f"{number}: names a package registry"
        for number, line in enumerate(text.splitlines(), 1)
        if any(host in line.lower() for host in REGISTRY_HOSTS)
    ]
