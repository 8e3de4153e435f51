"""Checks of templates: accounts and workspace are told about names, and no edit is slowed."""

from dataclasses import replace

from motion_desk.models import template_checks
from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT, WORKSPACE
from motion_desk.models.changes import change
from motion_desk.models.checks import check
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import RichText, Rows
from motion_desk.models.memory import Memory
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.sections.actions import AutoReply
from motion_desk.models.sections.answers import CannedAnswer
from motion_desk.models.sections.directory import InvitationEntry, MailTemplateEntry
from motion_desk.models.sections.variables import VariableEntry
from motion_desk.models.surfaces import Offered, Surface
from motion_desk.models.variables import Variable, known_on
from motion_desk.models.views import view
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled

VARIABLES = bundled.variables()
SURROUNDINGS = Surroundings(variables=VARIABLES)


def told(document: Document, surroundings: Surroundings = SURROUNDINGS) -> dict[str, Problem]:
    """The problems of templates by their key."""
    codes = {"unknown", "case", "near", "unclosed", "construct", "unused", "name", "twice"}
    return {each.key: each for each in check(document, surroundings) if each.code in codes}


def account(**values: object) -> Account:
    made = Account(id="a")
    for key, value in values.items():
        made = change(made, key.replace("__", "."), value)
    return made


def test_every_rich_text_says_on_which_surface_it_is_shown() -> None:
    found = {}
    for catalogue in (ACCOUNT, WORKSPACE):
        for field in catalogue.fields.values():
            types = field.kind.types if isinstance(field.kind, Rows) else ()
            cells = [cell for row in types for cell in fields_of(row)]
            for each in [field, *cells]:
                if isinstance(each.kind, RichText):
                    found[field.key, each.name] = each.surface
    assert set(found.values()) == set(Surface), found
    assert None not in found.values()


def test_the_accounts_templates_are_looked_at() -> None:
    wrong = "<p>x</p>\n{{ Subject }}"
    found = told(
        account(
            template__body=wrong,
            notification__template=wrong,
            canned_answers__entries=(CannedAnswer(id="k1", key="a", value=wrong),),
            actions__plan=(AutoReply(id="k2", text=wrong),),
        )
    )
    assert list(found) == [
        "template.body",
        "notification.template",
        "canned_answers.entries/k1/value",
        "actions.plan/k2/text",
    ]
    assert {each.code for each in found.values()} == {"case"}
    assert {each.severity for each in found.values()} == {Severity.WARNING}
    body = found["template.body"]
    assert (body.values["line"], body.values["column"]) == (2, 1)
    assert "“Subject” is written “subject”" in body.sentence


def test_the_workspaces_templates_are_looked_at_subjects_too() -> None:
    workspace = change(
        Workspace(id="w"),
        "invitations.entries",
        (InvitationEntry(id="k1", key="a", subject="{{ nobody }}", value="{{ user.Name }}"),),
    )
    workspace = change(
        workspace,
        "mail_templates.entries",
        (MailTemplateEntry(id="k2", name="b", value="{{fromaccount}} {{toAccount}}"),),
    )
    found = told(workspace)
    assert found["invitations.entries/k1/subject"].code == "unknown"
    assert found["mail_templates.entries/k2/value"].values["suggestion"] == "fromAccount"


def test_an_invitation_without_any_link_is_told_and_one_with_is_not() -> None:
    def codes(value: str) -> set[str]:
        entry = InvitationEntry(id="k1", key="a", subject="Hello", value=value)
        workspace = change(Workspace(id="w"), "invitations.entries", (entry,))
        return {each.code for each in check(workspace, SURROUNDINGS)}

    assert "unused" in codes("<p>{{ user.name }}</p>")
    assert "unused" not in codes("<p>{{ link }}</p>")
    assert "unused" not in codes('<p><a href="https://motion.example">here</a></p>')


def test_a_variable_of_the_workspace_is_known_where_it_is_offered() -> None:
    rows = (
        VariableEntry(id="v1", name="contact.size", surface=Offered.BODY, sample="XL"),
        VariableEntry(id="v2", name="everywhere.word"),
    )
    workspace = change(Workspace(id="w"), "variables.entries", rows)
    surroundings = Surroundings(workspace, (), VARIABLES)
    text = "{{ contact.size }} {{ everywhere.word }}"
    found = told(account(template__body=text, notification__template=text), surroundings)
    assert list(found) == ["notification.template"]
    known = known_on(Surface.BODY, VARIABLES, rows)
    assert known["contact.size"] == Variable("contact.size", "", "XL", known["contact.size"].status)


def test_a_name_that_cannot_stand_between_braces_is_an_error() -> None:
    rows = (VariableEntry(id="v1", name="{{ user.name }}"), VariableEntry(id="v2", name="a-b"))
    workspace = change(Workspace(id="w"), "variables.entries", rows)
    found = told(workspace, Surroundings())
    assert {each.code for each in found.values()} == {"name"}
    assert {each.severity for each in found.values()} == {Severity.ERROR}
    assert len(found) == 2


def test_one_name_may_stand_once_on_each_surface() -> None:
    def codes(*surfaces: Offered) -> set[str]:
        rows = tuple(
            VariableEntry(id=f"v{number}", name="word", surface=surface)
            for number, surface in enumerate(surfaces)
        )
        workspace = change(Workspace(id="w"), "variables.entries", rows)
        return {each.code for each in check(workspace, SURROUNDINGS)}

    assert codes(Offered.BODY, Offered.INVITATION) == set()
    assert codes(Offered.BODY, Offered.BODY) == {"twice"}


def test_a_variable_can_be_offered_on_several_surfaces_and_no_other() -> None:
    row = VariableEntry(
        id="v1", name="site.name", surface=Offered.SEVERAL, body=True, invitation=True
    )
    offered = [each for each in Surface if "site.name" in known_on(each, {}, (row,))]
    assert offered == [Surface.BODY, Surface.INVITATION]
    one = replace(row, surface=Offered.NOTIFICATION)
    assert one.surfaces == (Surface.NOTIFICATION,), "what is ticked counts for several alone"


def test_a_variable_that_is_offered_nowhere_is_warned_of() -> None:
    def codes(row: VariableEntry) -> set[str]:
        workspace = change(Workspace(id="w"), "variables.entries", (row,))
        return {each.code for each in check(workspace, SURROUNDINGS)}

    row = VariableEntry(id="v1", name="site.name", surface=Offered.SEVERAL)
    assert codes(row) == {"nowhere"}
    assert codes(replace(row, auto_reply=True)) == set()


def test_without_variables_templates_are_not_judged() -> None:
    assert told(account(template__body="{{ nobody }} {{"), Surroundings()) == {}


def test_a_template_of_many_mistakes_tells_the_first_ones() -> None:
    found = check(account(template__body="{{ nobody }}" * 5_000), SURROUNDINGS)
    assert sum(each.key == "template.body" for each in found) == template_checks.MOST


def test_a_text_is_looked_at_again_only_when_it_or_the_names_have_changed() -> None:
    memory = Memory()

    def seen(document: Account, surroundings: Surroundings = SURROUNDINGS) -> dict[str, Problem]:
        shown = view(first, document, surroundings, memory)
        return {each.key: each for each in shown.problems if each.code == "unknown"}

    first = account(template__body="{{ a }}", notification__template="{{ b }}")
    once = seen(first)
    second = change(first, "template.font_size", 12)
    again = seen(second)
    assert all(again[key] is once[key] for key in ("template.body", "notification.template"))
    third = seen(change(second, "notification.template", "{{ c }}"))
    assert third["template.body"] is once["template.body"]
    assert third["notification.template"].values["name"] == "c"
    workspace = change(Workspace(id="w"), "variables.entries", (VariableEntry(id="v", name="a"),))
    assert list(seen(second, Surroundings(workspace, (), VARIABLES))) == ["notification.template"]
