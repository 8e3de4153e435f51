"""The JSON Schema says of a document what reading and the first two rings of checks say."""

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT, WORKSPACE
from motion_desk.models.certificates import Certificates, Fingerprint
from motion_desk.models.checks import check
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import put
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.internet import Address, Host, Url
from motion_desk.models.kinds import (
    SENTENCES,
    Choice,
    Date,
    Integer,
    Kind,
    Lines,
    References,
    Rows,
    Text,
    Toggle,
)
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.services.exchange.document import DocumentError, read, write
from motion_desk.services.exchange.review import lacks_secret
from motion_desk.services.exchange.schema import schema, schema_text
from motion_desk.services.exchange.schema_kinds import BY_KIND
from tests import strategies
from tests.services.exchange.examples import (
    plain_text,
    sample_surroundings,
    strategies_surroundings,
)
from tests.strategies import PEM

COMMITTED = Path(__file__).parents[3] / "docs" / "schema" / "motion-desk.schema.json"
NAMES = [name.removesuffix(".yaml") for name, _ in bundled.samples()]


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=FormatChecker())


def schema_complaints(plain: Any) -> list[str]:
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in validator().iter_errors(plain)
    ]


def own_complaints(text: str, surroundings: Surroundings) -> list[str]:
    """What reading, the kinds and what is needed have to say; directories are another matter."""
    try:
        document = read(text, surroundings).document
    except DocumentError as error:
        # Which names there are cannot be told from one field alone.
        return [line for line in str(error).splitlines() if ": There is no " not in line]
    return [
        f"{problem.key}: {problem.sentence}"
        for problem in check(document, surroundings)
        if (problem.code in SENTENCES or problem.code == "required")
        and (problem.severity.word == "error")
        and not lacks_secret(problem, document)
    ]


def assert_agreement(plain: Any, text: str, surroundings: Surroundings) -> bool:
    """Fails where the two differ; returns whether the document is good."""
    ours, theirs = own_complaints(text, surroundings), schema_complaints(plain)
    assert bool(ours) == bool(theirs), f"ours: {ours}\nschema: {theirs}\n{text}"
    return not ours


def kinds(kind: type[Kind] = Kind) -> Iterator[type[Kind]]:
    for each in kind.__subclasses__():
        yield each
        yield from kinds(each)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_every_kind_has_an_entry() -> None:
    missing = sorted(
        kind.__name__
        for kind in kinds()
        # Other tests plant kinds of their own.
        if kind not in BY_KIND and kind.__module__.startswith("motion_desk.")
    )
    assert missing == []


def test_the_committed_schema_is_what_the_declarations_say() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), (
        "write it anew: motion-desk schema > docs/schema/motion-desk.schema.json"
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_meets_the_schema(name: str) -> None:
    text = dict(bundled.samples())[f"{name}.yaml"]
    assert schema_complaints(plain_text(text)) == []


@given(strategies.accounts(secrets=False), st.booleans())
def test_schema_and_checks_agree_on_accounts(account: Account, active: bool) -> None:
    text = write(put(account, "settings.active", active), strategies_surroundings())
    assert_agreement(plain_text(text), text, strategies_surroundings())


@given(strategies.workspaces(secrets=False))
def test_schema_and_checks_agree_on_workspaces(workspace: Workspace) -> None:
    text = write(workspace, Surroundings())
    assert_agreement(plain_text(text), text, Surroundings())


def _wrong(kind: Kind) -> list[Any]:
    """Values that are wrong for a kind, each in another way."""
    match kind:
        case Host():
            return ["mail.x.example:993", "https://mail.example", "a b", "-a.example", "1.2.3", 5]
        case Address():
            return ["nobody", "a@b@c.example", "a@1.2.3.4", ".a@b.example", "a@b_.example/"]
        case Url():
            return ["motion.example", "ftp://motion.example", "https://", "https://a b.example"]
        case Fingerprint():
            return ["ab" * 31, "AB" * 32, ":".join(["ab"] * 32), "xy" * 32, 5, ["a"]]
        case Certificates():
            begin, end = PEM.splitlines()[0], PEM.splitlines()[-1]
            key = PEM.replace("CERTIFICATE", "PRIVATE KEY")
            return ["x", begin, f"{begin}\n?\n{end}", f"{PEM}{key}", PEM.replace(end, ""), 5]
        case Text(most, trimmed):
            return ["x" * (most + 1), "a\nb", 5, True, ["a"], *([" a"] if trimmed else [])]
        case Lines(most):
            return ["x" * (most + 1), 5, {"a": "b"}] if most < 100_000 else [5, ["a"]]
        case Integer(low, high):
            return [low - 1, high + 1, "5", True, 1.5, [5]]
        case Toggle():
            return ["yes", 1, None]
        case Choice():
            return ["nonesuch", "", 1, None]
        case Date():
            return ["2027-02-30", "20270331", "soon", 5]
        case References():
            return ["Chiara Bonetti", [5], {"a": 1}]
        case Rows():
            return ["x", {"name": "x"}, [["x"]], [{"nonesuch": 1}]]
    return [5, True, ["x"]]


def _planted(name: str, field: Field) -> Iterator[Any]:
    """A sample with one wrong value of a field in it, in each way."""
    section, _, attribute = field.key.partition(".")
    for value in _wrong(field.kind):
        plain = plain_text(dict(bundled.samples())[f"{name}.yaml"])
        plain.setdefault(section, {})[attribute] = value
        yield plain


SHOWN = [
    (name, field)
    for name in NAMES
    for field in (WORKSPACE if name == "workspace" else ACCOUNT).fields.values()
]


@given(st.sampled_from(SHOWN), st.integers(0, 5))
def test_schema_and_checks_agree_on_one_planted_fault(chosen: tuple[str, Field], way: int) -> None:
    name, field = chosen
    planted = list(_planted(name, field))
    plain = planted[way % len(planted)]
    assert not assert_agreement(plain, json.dumps(plain), sample_surroundings())


@pytest.mark.parametrize("key", [*ACCOUNT.fields, *WORKSPACE.fields])
def test_a_field_of_a_sample_may_be_left_out_where_both_say_so(key: str) -> None:
    section, _, name = key.partition(".")
    for sample_name in NAMES:
        plain = plain_text(dict(bundled.samples())[f"{sample_name}.yaml"])
        if name in plain.get(section, {}):
            del plain[section][name]
            assert_agreement(plain, json.dumps(plain), _surroundings(sample_name))
            plain[section][name] = None
            assert_agreement(plain, json.dumps(plain), _surroundings(sample_name))
            return


@pytest.mark.parametrize("name", NAMES)
def test_schema_and_checks_agree_on_a_section_without_content(name: str) -> None:
    whole = plain_text(dict(bundled.samples())[f"{name}.yaml"])
    for section in whole:
        contents: list[Any] = [{}, None, [], "x"]
        for content in contents:
            plain = copy.deepcopy(whole)
            plain[section] = content
            if section not in ("motion_desk", "kind", "id"):
                assert_agreement(plain, json.dumps(plain), _surroundings(name))


@pytest.mark.parametrize("switch", ["imap.ssl", "imap.authentication", "smtp.authentication"])
def test_a_field_that_a_switch_hides_must_be_absent(switch: str) -> None:
    plain = plain_text(dict(bundled.samples())["trade-desk.yaml"])
    section, _, name = switch.partition(".")
    plain[section][name] = False
    assert not assert_agreement(plain, json.dumps(plain), sample_surroundings())
    if name == "ssl":
        del plain[section]["any_certificate"]
        assert not assert_agreement(plain, json.dumps(plain), sample_surroundings())
        del plain[section]["any_certificate_reason"], plain[section]["any_certificate_review"]
    else:
        del plain[section]["username"]
    assert assert_agreement(plain, json.dumps(plain), sample_surroundings())


CELLS = [
    ("trade-desk", "trust", "pins"),
    ("trade-desk", "trust", "authorities"),
    ("trade-desk", "advanced", "header_filters"),
    ("workspace", "authorities", "entries"),
    ("workspace", "cloud_providers", "entries"),
    ("workspace", "queues", "entries"),
]


@pytest.mark.parametrize(("name", "section", "attribute"), CELLS)
def test_schema_and_checks_agree_on_a_planted_fault_in_a_row(
    name: str, section: str, attribute: str
) -> None:
    catalogue = WORKSPACE if name == "workspace" else ACCOUNT
    kind = catalogue.fields[f"{section}.{attribute}"].kind
    assert isinstance(kind, Rows)
    for cell in fields_of(kind.types[0]):
        for value in _wrong(cell.kind):
            plain = plain_text(dict(bundled.samples())[f"{name}.yaml"])
            plain[section][attribute][0][cell.name] = value
            assert not assert_agreement(plain, json.dumps(plain), _surroundings(name)), cell.name


def test_an_inactive_account_may_be_unfinished() -> None:
    plain = {"motion_desk": 1, "kind": "account"}
    assert assert_agreement(plain, json.dumps(plain), Surroundings())
    plain |= {"settings": {"active": True}}
    assert not assert_agreement(plain, json.dumps(plain), Surroundings())


def test_a_needed_cell_below_another_is_needed_too() -> None:
    plain = plain_text(dict(bundled.samples())["trade-desk.yaml"])
    plain["dispositions"]["entries"][0]["children"][0] = {"description": "no name"}
    plain["actions"]["plan"] = []
    assert not assert_agreement(plain, json.dumps(plain), sample_surroundings())


def test_editors_are_told_what_a_field_is() -> None:
    port = schema()["$defs"]["account"]["properties"]["imap"]["properties"]["port"]
    assert port["title"] == "IMAP port"
    assert port["description"].startswith("Usually 993")
    assert (port["minimum"], port["maximum"]) == (1, 65535)
    service = schema()["$defs"]["account"]["properties"]["settings"]["properties"]["service"]
    assert service["default"] == "custom"
    assert "outlook365" in service["enum"]
    timeout = schema()["$defs"]["account"]["properties"]["transfer"]["properties"]["queue_timeout"]
    assert "Unit: s." in timeout["description"]
    assert "Shown when Transfer to queue is on." in timeout["description"]


def test_secrets_have_no_place_in_the_schema() -> None:
    assert "password" not in schema()["$defs"]["account"]["properties"]["imap"]["properties"]
    assert "client_secret" not in schema()["$defs"]["workspace"]["$defs"]["cloud_provider"]
    plain = plain_text(dict(bundled.samples())["trade-desk.yaml"])
    plain["imap"]["password"] = "x"
    assert not assert_agreement(plain, json.dumps(plain), sample_surroundings())


def _surroundings(name: str) -> Surroundings:
    return Surroundings() if name == "workspace" else sample_surroundings()
