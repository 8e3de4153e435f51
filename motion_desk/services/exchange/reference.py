"""Reference: every field of both documents in Markdown, as it is declared."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from motion_desk.models.catalogue import Catalogue, SectionInfo
from motion_desk.models.certificates import Certificates, Fingerprint
from motion_desk.models.directory import is_named
from motion_desk.models.fields import Field, Follow, fields_of
from motion_desk.models.kinds import (
    Choice,
    Integer,
    Lines,
    Reference,
    References,
    RichText,
    Row,
    Rows,
    SecretText,
    Text,
)
from motion_desk.models.plain import dump, word
from motion_desk.models.rules import ALWAYS
from motion_desk.services import bundled
from motion_desk.services.exchange.form import CATALOGUES, CHILDREN, type_key
from motion_desk.services.exchange.said import rule_of_document, rule_of_row
from motion_desk.services.exchange.schema_fields import SAID_BY_STATUS, joined

_OPENING = """\
# Reference of fields

This file is written by `motion-desk reference`. Each field stands under its key, which is also
its path in a document (`imap.port` is `port:` under `imap:`).
"""

_ABOUT = {
    "account": "One email account of a Motion server: `kind: account`.",
    "workspace": "What the accounts of one Motion server share: `kind: workspace`.",
}

Said = Callable[[Field], str]
"""Says when a field is shown."""


def reference() -> str:
    """The reference of all fields, as Markdown."""
    lines = [_OPENING]
    for kind, catalogue in CATALOGUES.items():
        lines.append(f"# {kind.capitalize()}\n\n{_ABOUT[kind]}\n")
        for info in catalogue.sections:
            lines.extend(_section(info, catalogue))
    return "\n".join(lines)


def _section(info: SectionInfo, catalogue: Catalogue) -> Iterator[str]:
    yield f'## <a id="{info.name}"></a>{info.title}\n'
    shown = f"Shown when {rule_of_document(info.visible, catalogue)}."
    yield f"{joined(info.about, '' if info.visible == ALWAYS else shown, _link(info.source))}\n"

    def said(field: Field) -> str:
        return rule_of_document(field.visible, catalogue)

    for field in info.fields:
        yield f'### <a id="{field.key}"></a>{field.label}\n'
        yield f"{_entry(field, said, catalogue, info.source)}\n"
        if isinstance(field.kind, Rows):
            for row in field.kind.types:
                yield from _row(field, field.kind, row)


def _row(field: Field, kind: Rows, row: type[Row]) -> Iterator[str]:
    if len(kind.types) > 1:
        title = str(getattr(row, "TITLE", row.__name__))
        anchor = f"{field.key}/{word(row)}"
        yield f'#### <a id="{anchor}"></a>{title}: `{type_key(kind)}: {word(row)}`\n'
        yield f"{(row.__doc__ or '').partition(chr(10))[0]}\n"

    def said(cell: Field) -> str:
        return rule_of_row(cell.visible, row)

    for cell in fields_of(row):
        yield f"* `{cell.name}` **{cell.label}** – {_entry(cell, said, None, field.source)}"
    if kind.tree:
        yield f"* `{CHILDREN}` – The rows below this one, each written like it."
    yield ""


def _entry(field: Field, said: Said, catalogue: Catalogue | None, source: str) -> str:
    facts = [f"`{field.key}`"] if catalogue else []
    facts.append(_kind(field))
    if field.required:
        facts.append("needed")
    if default := _default(field):
        facts.append(default)
    shown = "" if field.visible == ALWAYS else f"Shown when {said(field)}."
    follows = _follows(field.follow, catalogue) if field.follow and catalogue else ""
    sentences = joined(
        ", ".join(facts) + ".",
        field.help,
        shown,
        follows,
        field.warning,
        field.note,
        SAID_BY_STATUS[field.status],
        f"Needs Motion {field.since}." if field.since else "",
        _link(field.source) if field.source != source else "",
    )
    # Braces are a template's, for whoever publishes this with a site generator.
    return sentences.replace("{{", "`{{").replace("}}", "}}`")


def _follows(follow: Follow, catalogue: Catalogue) -> str:
    leader = catalogue.fields[follow.leader]
    if follow.values is None:
        return f"Follows {leader.label}."
    cases = (
        f"{value} while it is {leader.kind.format(leading)}"
        for leading, value in follow.values.items()
    )
    return f"Follows {leader.label}: {', '.join(cases)}."


def _kind(field: Field) -> str:
    match field.kind:
        case Integer(low, high):
            unit = f" {field.unit}" if field.unit else ""
            return f"whole number from {low} to {high}{unit}"
        case Choice(options):
            return f"one of {', '.join(f'`{option.value}`' for option in options)}"
        case Reference(to):
            return f"one of {_target(to)}"
        case References(to):
            return f"list of {_target(to)}"
        case Rows():
            return "list"
        case SecretText():
            return "secret (never in documents)"
        case RichText():
            return "HTML source"
        case Fingerprint():
            return f"{field.kind.expected} of 64 digits, 0 to 9 and a to f"
        case Certificates(most):
            return f"certificates as PEM text, of at most {most} characters"
        case Lines(most):
            return f"text of several lines, of at most {most} characters"
        case Text(most):
            return f"{field.kind.expected} of at most {most} characters"
    return field.kind.expected


def _target(to: str) -> str:
    catalogue = next(each for each in CATALOGUES.values() if to in each.fields)
    kind = catalogue.fields[to].kind
    if not isinstance(kind, Rows):
        raise TypeError(f"{to} has no rows")
    said = "by path" if kind.tree else "by name"
    if not any(map(is_named, kind.types)):
        said = f"by position (`{kind.one} 3`)"
    return f"the [{catalogue.section_of[to].title}](#{to}), {said}"


def _default(field: Field) -> str:
    plain = dump(field.kind, field.default)
    if field.secret or plain in ("", None, []):
        return ""
    return f"default `{json.dumps(plain, ensure_ascii=False)}`"


def _link(source: str) -> str:
    page = bundled.page(source)
    return f"[{page.title}]({page.url})"
