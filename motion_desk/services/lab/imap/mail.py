"""The commands of who is logged in, above all on messages (RFC 3501, 6.3 and 6.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from motion_desk.services.lab.faults.behaviour import Fault
from motion_desk.services.lab.imap import fetching, folders, searching
from motion_desk.services.lab.imap.folders import FULL, READ_ONLY, Folders, Tell
from motion_desk.services.lab.imap.grammar import GrammarError, Value, called
from motion_desk.services.lab.imap.selected import FLAGS, Selected, flags_listed
from motion_desk.services.lab.mailboxes import SEEN, Mailboxes


class Mail:
    """One client’s commands on the mailboxes of one person.

    Untagged replies go to ``tell``; each command returns its tagged one, without the tag.
    Commands raise ``GrammarError`` for arguments that they do not understand.
    """

    def __init__(self, mailboxes: Mailboxes, fault: Fault, tell: Tell) -> None:
        self._folders = Folders(mailboxes, fault, tell)
        self._fault = fault
        self._tell = tell
        self._selected: Selected | None = None

    def answer(self, name: str, values: Sequence[Value], *, by_uid: bool) -> str:
        """Obey a command; ``by_uid`` says that it followed the word UID."""
        if by_uid and name not in _BY_UID:
            return "BAD Unknown command"
        if name in folders.COMMANDS:
            answer = called(folders.COMMANDS[name], self._folders, *values)
        elif name in _SELECTING:
            answer = called(_SELECTING[name], self, *values)
        elif name not in _ON_MESSAGES:
            return "BAD Unknown command"
        elif self._selected is None:
            return "BAD Select a mailbox first"
        elif by_uid and name != "EXPUNGE":
            answer = called(_ON_MESSAGES[name], self, self._selected, *values, by_uid=True)
        else:
            answer = called(_ON_MESSAGES[name], self, self._selected, *values)
        # Numbers must not change under a client that goes by them (RFC 3501, 7.4.1).
        if by_uid or name not in ("FETCH", "STORE", "SEARCH"):
            self.news()
        return answer

    def news(self) -> None:
        """Tell what others did to the selected mailbox."""
        self._all(self._selected.news() if self._selected else ())

    def select(self, mailbox: Value) -> str:
        return self._select(mailbox, writable=not self._fault.read_only, verb="SELECT")

    def examine(self, mailbox: Value) -> str:
        return self._select(mailbox, writable=False, verb="EXAMINE")

    def check(self, _selected: Selected) -> str:
        return "OK CHECK completed"

    def close(self, selected: Selected) -> str:
        if selected.writable:
            list(selected.expunge(selected.known))  # in silence, as CLOSE does
        self._selected = None
        return "OK CLOSE completed"

    def unselect(self, _selected: Selected) -> str:
        self._selected = None
        return "OK UNSELECT completed"

    def expunge(self, selected: Selected, uids: Value | None = None) -> str:
        if not selected.writable:
            return READ_ONLY
        among = selected.known if uids is None else selected.chosen(uids, by_uid=True)
        self._all(selected.expunge(list(among)))
        return "OK EXPUNGE completed"

    def search(self, selected: Selected, *words: Value, by_uid: bool = False) -> str:
        hits = searching.found(selected.known, words)
        numbers = selected.numbers(hits, by_uid=by_uid)
        self._tell(b"* SEARCH" + b"".join(b" %d" % number for number in numbers) + b"\r\n")
        return "OK SEARCH completed"

    def fetch(self, selected: Selected, which: Value, what: Value, *, by_uid: bool = False) -> str:
        items = fetching.asked(what)
        if by_uid and "UID" not in items:
            items = ["UID", *items]
        self._all(selected.fetch(selected.chosen(which, by_uid=by_uid), items))
        return "OK FETCH completed"

    def store(
        self, selected: Selected, which: Value, what: Value, *flags: Value, by_uid: bool = False
    ) -> str:
        if not selected.writable:
            return READ_ONLY
        if not flags:
            raise GrammarError("no flags")
        messages = selected.chosen(which, by_uid=by_uid)
        names = flags[0] if len(flags) == 1 else flags
        self._all(selected.store(messages, what, names, by_uid=by_uid))
        return "OK STORE completed"

    def copy(
        self, selected: Selected, which: Value, mailbox: Value, *, by_uid: bool = False
    ) -> str:
        folder = self._folders.named(mailbox)
        if folder is None:
            return "NO [TRYCREATE] There is no such mailbox"
        if self._fault.full:
            return FULL
        for message in selected.chosen(which, by_uid=by_uid):
            folder.put(message.content, message.received, message.flags)
        return "OK COPY completed"

    def _select(self, mailbox: Value, *, writable: bool, verb: str) -> str:
        self._selected = None
        folder = self._folders.opened(mailbox)
        if isinstance(folder, str):
            return folder
        self._selected = Selected(folder, writable=writable)
        permanent = FLAGS if writable else ()
        unseen = [n for n, each in enumerate(folder.messages, 1) if SEEN not in each.flags]
        self._tell(b"* FLAGS %b\r\n" % flags_listed(FLAGS))
        self._tell(b"* OK [PERMANENTFLAGS %b] Flags that last\r\n" % flags_listed(permanent))
        self._tell(b"* %d EXISTS\r\n* 0 RECENT\r\n" % len(folder.messages))
        if unseen:
            self._tell(b"* OK [UNSEEN %d] First unseen\r\n" % unseen[0])
        self._tell(b"* OK [UIDVALIDITY %d] UIDs valid\r\n" % folder.validity)
        self._tell(b"* OK [UIDNEXT %d] Predicted next UID\r\n" % folder.next_uid)
        if self._fault.full:
            self._tell(b"* OK [ALERT] The mailbox is full: no more mail is put into it.\r\n")
        return f"OK [{'READ-WRITE' if writable else 'READ-ONLY'}] {verb} completed"

    def _all(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self._tell(line)


_SELECTING: dict[str, Callable[..., str]] = {"SELECT": Mail.select, "EXAMINE": Mail.examine}
_ON_MESSAGES: dict[str, Callable[..., str]] = {
    "CHECK": Mail.check,
    "CLOSE": Mail.close,
    "UNSELECT": Mail.unselect,
    "EXPUNGE": Mail.expunge,
    "SEARCH": Mail.search,
    "FETCH": Mail.fetch,
    "STORE": Mail.store,
    "COPY": Mail.copy,
}
_BY_UID = ("EXPUNGE", "SEARCH", "FETCH", "STORE", "COPY")

NAMES = frozenset({*folders.COMMANDS, *_SELECTING, *_ON_MESSAGES, "UID"})
"""All commands of who is logged in."""
