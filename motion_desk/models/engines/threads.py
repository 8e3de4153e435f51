"""Threads: which messages belong to one conversation, by what they say of each other.

As JWZ's algorithm (https://www.jwz.org/doc/threading.html) finds it, without its tree: a list of
conversations needs to know which messages belong together, and reads them by date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

FALLBACK_SECONDS = 30 * 86_400
"""How much later a reply that names no message may be than one with its subject."""
_REPLY = re.compile(r"(?:(?:re|aw|r|rif|sv|antw|rép)(?:\s*\[\d+\])?\s*:\s*)+", re.IGNORECASE)
"""“Re:” in English, German, Italian, Swedish, Dutch and French. A forwarded message is no reply."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A message: its own id, one among all, the ids that it answers, its subject and instant.

    ``at`` is in seconds since 1970, 0 where it is not known.
    """

    id: str
    earlier: tuple[str, ...]
    subject: str
    at: int


def threads(mails: Iterable[Mail]) -> tuple[tuple[Mail, ...], ...]:
    """The messages by conversation, each and all by date, whatever order they are given in.

    Messages belong together that name each other or the same message, which may be missing. What
    names itself or goes in a circle does no harm. Subjects count for replies only that name no
    message at all: such a reply goes to the last message before it, at most ``FALLBACK_SECONDS``
    earlier, with its subject. Of several messages with one id, the first by date counts.
    """
    by_id: dict[str, Mail] = {}
    for mail in sorted(mails, key=_order, reverse=True):
        by_id[mail.id] = mail
    ordered = sorted(by_id.values(), key=_order)
    groups = _Groups()
    last: dict[str, Mail] = {}
    for mail in ordered:
        for other in mail.earlier:
            groups.join(mail.id, other)
        bare, is_reply = bare_subject(mail.subject)
        before = last.get(bare) if bare else None
        if is_reply and not mail.earlier and before and mail.at - before.at <= FALLBACK_SECONDS:
            groups.join(mail.id, before.id)
        last[bare] = mail
    found: dict[str, list[Mail]] = {}
    for mail in ordered:
        found.setdefault(groups.of(mail.id), []).append(mail)
    return tuple(tuple(each) for each in found.values())


def bare_subject(subject: str) -> tuple[str, bool]:
    """A subject without what says that it is a reply, folded; and whether anything said so."""
    plain = " ".join(subject.split())
    found = _REPLY.match(plain)
    return plain[found.end() if found else 0 :].casefold(), bool(found)


def _order(mail: Mail) -> tuple[int, str, tuple[str, ...], str]:
    return mail.at, mail.id, mail.earlier, mail.subject


class _Groups:
    """Ids that belong together, each group known by one of them."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, one: str) -> str:
        """The id by which a group is known; the way to it is shortened for the next time."""
        above = self._above
        root = one
        while (next_one := above.get(root, root)) != root:
            root = next_one
        while one != root:
            above[one], one = root, above.get(one, root)
        return root

    def join(self, one: str, other: str) -> None:
        """Make one group of two."""
        self._above[self.of(one)] = self.of(other)
