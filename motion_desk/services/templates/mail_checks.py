"""Mail checks: what mail programs would make of a document's templates, as problems of its fields."""

from __future__ import annotations

from collections.abc import Iterator

from motion_desk.models.document import Document
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.surfaces import Surface
from motion_desk.services.templates.sources import of_document

_SENTENCE = "Line {line}, column {column}: {remark}"


def problems_of_mails(document: Document) -> tuple[Problem, ...]:
    """What the preview's checks would warn of, for each template of an account or a workspace.

    All are warnings: a document can be used all the same. Notifications have none, for no mail
    program shows them. Takes some ten milliseconds a template: not for every key press.
    """
    return tuple(_problems(document))


def _problems(document: Document) -> Iterator[Problem]:
    for surface in Surface:
        if surface is Surface.NOTIFICATION:
            continue
        for source in of_document(surface, document):
            # Late: it reads the data of mail programs, which documents without templates need not.
            from motion_desk.services.templates.finished.review import review

            for remark in review(source.html).remarks:
                if remark.severity is not Severity.NOTE:
                    values: dict[str, object] = {"line": remark.line, "column": remark.column}
                    values |= {"remark": remark.sentence}
                    yield Problem(source.key, remark.code, _SENTENCE, values, Severity.WARNING)
