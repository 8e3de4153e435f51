"""The commands of who is logged in that concern mailboxes as a whole (RFC 3501, 6.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from motion_desk.services.lab import utf7
from motion_desk.services.lab.faults.behaviour import SPECIAL, Fault
from motion_desk.services.lab.imap.fetching import MONTHS
from motion_desk.services.lab.imap.grammar import (
    GrammarError,
    Value,
    as_bytes,
    as_text,
    listed,
    string,
)
from motion_desk.services.lab.imap.selected import flags_listed
from motion_desk.services.lab.mailboxes import INBOX, SEEN, Folder, Mailboxes

Tell = Callable[[bytes], None]
"""Takes an untagged reply, whole lines."""

FULL = "NO [OVERQUOTA] The mailbox is full."
READ_ONLY = "NO [NOPERM] The mailbox is read-only."
QUOTA = 2**20
"""Kilobytes that all mailboxes of a person may take."""

_RIGHTS = "lrswipkxtecda"  # RFC 4314: all of them
_DATE_TIME = re.compile(r" ?(\d{1,2})-(\w{3})-(\d{4}) (\d\d:\d\d:\d\d [+-]\d{4})")


class Folders:
    """The mailboxes of one person, for one client.

    Each command returns its tagged reply, without the tag, and raises ``GrammarError`` for
    arguments that it does not understand.
    """

    def __init__(self, mailboxes: Mailboxes, fault: Fault, tell: Tell) -> None:
        self._mailboxes = mailboxes
        self._fault = fault
        self._tell = tell

    def named(self, mailbox: Value) -> Folder | None:
        """The folder of a name, whatever its rights; ``None`` where there is none."""
        return self._mailboxes.folder(_name(mailbox))

    def opened(self, mailbox: Value) -> Folder | str:
        """The folder with a name, or what opening it is refused with."""
        if self._fault.mailbox_refusal:
            return self._fault.mailbox_refusal
        folder = self._mailboxes.folder(_name(mailbox))
        return folder or "NO [NONEXISTENT] There is no such mailbox"

    def namespace(self) -> str:
        prefix = "INBOX." if self._mailboxes.layout.delimiter == "." else ""
        delimiter = self._mailboxes.layout.delimiter
        self._tell(b"* NAMESPACE ((%b %b)) NIL NIL\r\n" % (string(prefix), string(delimiter)))
        return "OK NAMESPACE completed"

    def list_all(self, reference: Value, pattern: Value) -> str:
        return self._list(reference, pattern, "LIST")

    def lsub(self, reference: Value, pattern: Value) -> str:
        return self._list(reference, pattern, "LSUB")

    def status(self, mailbox: Value, items: Value) -> str:
        folder = self.opened(mailbox)
        if isinstance(folder, str):
            return folder
        unseen = sum(SEEN not in message.flags for message in folder.messages)
        values = {
            "MESSAGES": len(folder.messages),
            "RECENT": 0,
            "UIDNEXT": folder.next_uid,
            "UIDVALIDITY": folder.validity,
            "UNSEEN": unseen,
        }
        names = [as_text(item).upper() for item in (items if isinstance(items, tuple) else ())]
        if not names or not values.keys() >= set(names):
            raise GrammarError("a status that the lab does not have")
        pairs = (f"{name} {values[name]}".encode() for name in names)
        self._tell(b"* STATUS %b %b\r\n" % (_encoded(folder.name), listed(pairs)))
        return "OK STATUS completed"

    def create(self, mailbox: Value) -> str:
        made = self._mailboxes.create(_name(mailbox).removesuffix(self._mailboxes.layout.delimiter))
        return "OK CREATE completed" if made else "NO [ALREADYEXISTS] Mailbox already exists"

    def delete(self, mailbox: Value) -> str:
        gone = self._mailboxes.delete(_name(mailbox))
        return "OK DELETE completed" if gone else "NO [NONEXISTENT] There is no such mailbox"

    def subscribe(self, mailbox: Value) -> str:
        """Accept a wish to subscribe or not to: here every mailbox is subscribed to."""
        _name(mailbox)
        return "OK completed"

    def append(self, mailbox: Value, *rest: Value) -> str:
        if not rest:
            raise GrammarError("no message")
        folder = self.named(mailbox)
        if folder is None:
            return "NO [TRYCREATE] There is no such mailbox"
        if self._fault.full:
            return FULL
        if self._fault.read_only:
            return READ_ONLY
        *details, content = rest
        flags: Sequence[str] = ()
        received = datetime.now(UTC)
        for detail in details:
            if isinstance(detail, tuple):
                flags = [as_text(each) for each in detail]
            else:
                received = _moment(as_text(detail))
        message = folder.put(as_bytes(content), received, flags)
        return f"OK [APPENDUID {folder.validity} {message.uid}] APPEND completed"

    def quota(self, _root: Value = "") -> str:
        folders = (self._mailboxes.folder(name) for name in self._mailboxes.names())
        held = sum(len(each.content) for folder in folders if folder for each in folder.messages)
        used = QUOTA if self._fault.full else held // 1024
        self._tell(b'* QUOTA "" (STORAGE %d %d)\r\n' % (used, QUOTA))
        return "OK GETQUOTA completed"

    def quota_root(self, mailbox: Value) -> str:
        self._tell(b'* QUOTAROOT %b ""\r\n' % _encoded(_name(mailbox)))
        self.quota()
        return "OK GETQUOTAROOT completed"

    def rights(self, mailbox: Value) -> str:
        name = _name(mailbox)
        if self._mailboxes.folder(name) is None:
            return "NO [NONEXISTENT] There is no such mailbox"
        held = "lr" if self._fault.read_only else _RIGHTS
        rights = "l" if self._fault.mailbox_refusal else held
        self._tell(b"* MYRIGHTS %b %b\r\n" % (_encoded(name), rights.encode()))
        return "OK MYRIGHTS completed"

    def _list(self, reference: Value, pattern: Value, verb: str) -> str:
        wanted = _name(reference) + _name(pattern)
        delimiter = self._mailboxes.layout.delimiter
        if not wanted:
            self._tell(b'* LIST (\\Noselect) %b ""\r\n' % string(delimiter))
            return "OK LIST completed"
        names = self._mailboxes.names()
        if not {"*", "%"} & set(wanted) and (folder := self._mailboxes.folder(wanted)):
            names = [folder.name]
        not_delimiter = f"[^{re.escape(delimiter)}]*"
        pattern_text = "".join(
            {"*": ".*", "%": not_delimiter}.get(sign, re.escape(sign)) for sign in wanted
        )
        for name in names:
            matches = re.fullmatch(pattern_text, name, re.DOTALL)
            if matches or (name == INBOX and wanted.upper() == INBOX):
                self._tell(
                    b"* %b %b %b %b\r\n"
                    % (verb.encode(), self._attributes(name), string(delimiter), _encoded(name))
                )
        return f"OK {verb} completed"

    def _attributes(self, name: str) -> bytes:
        start = name + self._mailboxes.layout.delimiter
        has_children = any(other.startswith(start) for other in self._mailboxes.names())
        attributes = ["\\HasChildren" if has_children else "\\HasNoChildren"]
        use = name.removeprefix("INBOX.")
        return flags_listed([*attributes, "\\" + use] if use in SPECIAL else attributes)


def _name(value: Value) -> str:
    """A mailbox's name as it was sent. Raises ``GrammarError``."""
    try:
        return utf7.decoded(as_text(value))
    except ValueError:
        raise GrammarError("a mailbox name that is not modified UTF-7") from None


def _encoded(name: str) -> bytes:
    return string(utf7.encoded(name))


def _moment(text: str) -> datetime:
    found = _DATE_TIME.fullmatch(text)
    if found is None:
        raise GrammarError("no date and time")
    day, month, year, rest = found.groups()
    try:
        number = MONTHS.index(month.capitalize()) + 1
        return datetime.strptime(f"{year}-{number:02}-{int(day):02} {rest}", "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        raise GrammarError("no date and time") from None


COMMANDS: dict[str, Callable[..., str]] = {
    "NAMESPACE": Folders.namespace,
    "LIST": Folders.list_all,
    "LSUB": Folders.lsub,
    "STATUS": Folders.status,
    "CREATE": Folders.create,
    "DELETE": Folders.delete,
    "SUBSCRIBE": Folders.subscribe,
    "UNSUBSCRIBE": Folders.subscribe,
    "APPEND": Folders.append,
    "GETQUOTA": Folders.quota,
    "GETQUOTAROOT": Folders.quota_root,
    "MYRIGHTS": Folders.rights,
}
