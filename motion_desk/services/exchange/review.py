"""Review: all problems of documents' texts, each with its place, as ``check`` lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.changes import summary
from motion_desk.models.checks import check
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.services.exchange.faults import DocumentError, Fault
from motion_desk.services.exchange.form import CATALOGUES
from motion_desk.services.exchange.onto import meant
from motion_desk.services.exchange.reading import Imported, Parsed
from motion_desk.services.templates.mail_checks import problems_of_mails


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of a document's text. ``label`` is the field's, or what stands in its place."""

    source_name: str
    line: int
    column: int
    severity: Severity
    key: str
    label: str
    code: str
    sentence: str


def problems_of(document: Document, surroundings: Surroundings) -> tuple[Problem, ...]:
    """The problems of a document that was read, save that it holds no secrets: none does."""
    return tuple(
        problem for problem in check(document, surroundings) if not lacks_secret(problem, document)
    )


def of_expectations(account: Account, workspace: Workspace) -> tuple[Problem, ...]:
    """What of an account's expectations is not met, and its regular expressions that are none."""
    if not (account.advanced.header_filters or account.expectations != Account().expectations):
        return ()
    # Late: the engine of regular expressions is for those who have any.
    from motion_desk.services.expectations import unmet
    from motion_desk.services.messages.patterns import Patterns

    return unmet(account, workspace, Patterns())


def lacks_secret(problem: Problem, document: Document) -> bool:
    """Whether the problem is that a secret is needed."""
    return problem.code == "required" and catalogue_of(document).field(problem.key).secret


def as_fault(problem: Problem, imported: Imported, document: Document) -> Fault:
    """A problem of ``document``, which was made from the imported one, at its place."""
    return Fault(*imported.place(problem.key, document), problem.key, problem.sentence)


def review(
    documents: Sequence[Parsed],
    directory: Workspace | None,
    accounts: Sequence[AccountSummary] = (),
) -> list[Finding]:
    """What is wrong with documents that stand side by side, in their order and by line.

    A workspace among them is the directory for the accounts, or else ``directory``; where there
    is neither, names are taken for known. ``accounts`` are those already there: the documents
    take the places of those that they describe.
    """
    read: dict[int, Imported] = {}
    findings: dict[int, list[Finding]] = {number: [] for number in range(len(documents))}
    for number, parsed in enumerate(documents):
        if parsed.kind == "workspace":
            imported, findings[number] = _read(parsed, None)
            if imported and isinstance(imported.document, Workspace):
                read[number] = imported
                directory = imported.document
    names_are_known = directory is not None
    for number, parsed in enumerate(documents):
        if parsed.kind == "account":
            imported, findings[number] = _read(
                parsed, directory, create_missing=not names_are_known
            )
            if imported:
                read[number] = imported
                # What is taken for known joins the directory of the next document.
                directory = imported.workspace
    for number, imported in read.items():
        peers = tuple(_peers(number, read, accounts))
        surroundings = Surroundings(directory or Workspace(), peers, bundled.variables())
        findings[number].extend(_of_problems(imported, surroundings))
    return [
        finding
        for found in findings.values()
        for finding in sorted(found, key=lambda each: (each.line, each.column))
    ]


def review_stored(workspace: Workspace, accounts: Sequence[Account]) -> list[Finding]:
    """What is wrong with a workspace and its accounts as they are stored, in their order.

    Their names stand in place of a file's; there are no lines, which is line 0.
    """
    variables, summaries = bundled.variables(), [summary(each) for each in accounts]
    here = Surroundings(workspace, (), variables)
    problems = (*check(workspace, here), *problems_of_mails(workspace))
    found = [_finding("Workspace", (0, 0), each, workspace) for each in problems]
    for account, own in zip(accounts, summaries, strict=True):
        peers = tuple(each for each in summaries if each is not own)
        problems = (
            *check(account, Surroundings(workspace, peers, variables)),
            *problems_of_mails(account),
            *of_expectations(account, workspace),
        )
        name = own.name or own.key or own.id
        found += (_finding(name, (0, 0), each, account) for each in problems)
    return found


def _read(
    parsed: Parsed, directory: Workspace | None, *, create_missing: bool = False
) -> tuple[Imported | None, list[Finding]]:
    try:
        surroundings = Surroundings(directory or Workspace())
        return parsed.read(surroundings, create_missing=create_missing), []
    except DocumentError as error:
        return None, list(_of_faults(error, parsed))


def _peers(
    number: int, read: Mapping[int, Imported], accounts: Sequence[AccountSummary]
) -> Iterator[AccountSummary]:
    """The other accounts of a document: those among the texts, and those already there."""
    own = {
        at: summary(imported.document)
        for at, imported in read.items()
        if isinstance(imported.document, Account)
    }
    described = [meant(each.id, each.key, accounts) for each in own.values()]
    yield from (each for at, each in own.items() if at != number)
    yield from (account for account in accounts if account not in described)


def _of_faults(error: DocumentError, parsed: Parsed) -> Iterator[Finding]:
    for fault in error.faults:
        place = fault.line, fault.column
        label = _label(fault.key, parsed.kind)
        yield Finding(
            parsed.source_name, *place, Severity.ERROR, fault.key, label, "text", fault.sentence
        )


def _of_problems(imported: Imported, surroundings: Surroundings) -> Iterator[Finding]:
    document = imported.document
    problems = (*problems_of(document, surroundings), *problems_of_mails(document))
    if isinstance(document, Account):
        problems += of_expectations(document, surroundings.workspace)
    for problem in problems:
        yield _finding(imported.source_name, imported.place(problem.key), problem, document)


def _finding(
    source_name: str, place: tuple[int, int], problem: Problem, document: Document
) -> Finding:
    return Finding(
        source_name,
        *place,
        problem.severity,
        problem.key,
        catalogue_of(document).field(problem.key).label,
        problem.code,
        problem.sentence,
    )


def _label(key: str, kind: str) -> str:
    """The label of the field that a fault is about; the key itself where it is no field's."""
    if key.partition("/")[0] in CATALOGUES[kind].fields:
        return CATALOGUES[kind].field(key).label
    return key or "Document"
