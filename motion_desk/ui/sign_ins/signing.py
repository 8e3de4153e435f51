"""Signing: the one sign-in that may be under way in a window, from its beginning to what is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from motion_desk.ui.following import Following
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.sign_ins import asking
from motion_desk.ui.sign_ins.attempt import Attempt, Phase, Refusal, refusal_of
from motion_desk.ui.sign_ins.course import Wanted, begin

if TYPE_CHECKING:
    from motion_desk.models.sections.directory import CloudProviderEntry
    from motion_desk.services.jobs import Job
    from motion_desk.services.oauth.provider import Provider
    from motion_desk.services.oauth.sign_in import Event, SignedIn


class Signing(QObject):
    """Makes one sign-in at a time. It goes on whatever page is on the screen.

    ``changed`` tells that the attempt is another one or further than before; ``kept`` that the
    keyring holds something else of a provider, by its id. Outside of tests, ``begin`` begins the
    job and ``open_page`` opens an address in a browser, saying whether it could.
    """

    changed = Signal()
    kept = Signal(str)

    def __init__(self, tools: PanelTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self.begin: Callable[[Wanted], Job[Event]] = begin
        self.open_page: Callable[[str], bool] = open_page
        self.attempt: Attempt | None = None
        self._number = 0
        self._following: Following[Event] = Following(
            "sign-in", self, self._happened, self._failed, self._over
        )
        tools.lab.changed.connect(self._look_at_lab)

    @property
    def under_way(self) -> bool:
        """Whether a sign-in is being made."""
        return self.attempt is not None and self.attempt.under_way

    def sign_in(self, entry: CloudProviderEntry, flow: str, login: str = "") -> None:
        """Begin a sign-in, in a way of ``Flow``; nothing happens while one is under way."""
        if self.under_way:
            return
        self._number += 1
        number = self._number
        lab = self._tools.lab.shown is not None
        self._show(Attempt(entry, flow, lab, login=login))

        def ready(wanted: Wanted) -> None:
            if number == self._number and self.under_way:  # not stopped meanwhile
                self._step(phase=Phase.ASKING)
                self._following.follow(self.begin(wanted))

        def failed(error: Exception) -> None:
            if number == self._number and self.under_way:
                self._failed(error)

        if lab:
            from motion_desk.services.oauth.provider import provider_of

            provider = provider_of(entry)
            self._tools.lab.when_ready(
                lambda running: ready(Wanted(provider, flow, login, lab=running)), failed
            )
            return

        def prepared(found: tuple[Provider, str]) -> None:
            ready(Wanted(found[0], flow, login, found[1]))

        self._tools.session.ask(lambda store: asking.prepared(store, entry, flow), prepared, failed)

    def stop(self) -> None:
        """Give up the sign-in that is under way; nothing is kept of it."""
        if self.attempt and self.attempt.phase is not Phase.KEEPING:
            self._give_up(tr("Stopped. Nothing was kept."))

    def dismiss(self) -> None:
        """Forget how the last sign-in ended."""
        if not self.under_way:
            self.attempt = None
            self.changed.emit()

    def open(self) -> None:
        """Open the page of the sign-in that is under way."""
        if self.attempt and self.attempt.address:
            self._step(opened=self.open_page(self.attempt.address))

    def close(self) -> None:
        """Stop what is under way, and show nothing of it any more."""
        self._number += 1
        self._following.close()
        self.attempt = None

    # What happens

    def _happened(self, event: Event) -> None:
        # It is loaded: the event was made there.
        from motion_desk.services.oauth.sign_in import OpenPage, ShowCode

        attempt = self.attempt
        if attempt is None or not attempt.under_way:
            return
        if isinstance(event, ShowCode):
            until = monotonic() + event.seconds
            self._step(phase=Phase.CODE, code=event.code, address=event.address, until=until)
        elif isinstance(event, OpenPage):
            until = monotonic() + event.seconds
            self._step(phase=Phase.PAGE, address=event.address, until=until)
            if not attempt.lab:
                self.open()
        else:
            self._signed_in(attempt, event)

    def _signed_in(self, attempt: Attempt, event: SignedIn) -> None:
        got = {"login": event.login, "token": event.token}
        if attempt.lab:
            self._step(phase=Phase.DONE, said=tr("At the lab; nothing was kept."), **got)
            return
        if not self._is_same(attempt.entry):
            text = tr("The cloud provider was changed meanwhile. Nothing was kept; sign in again.")
            self._step(phase=Phase.FAILED, refusal=Refusal(text))
            return
        self._step(phase=Phase.KEEPING, **got)
        provider, flow, cache = attempt.entry.id, attempt.flow, event.cache
        number = self._number

        def kept(place: str) -> None:
            if number != self._number:
                return
            said = tr("Kept in {}.").format(place)
            if not place:
                said = tr("Kept until the program is closed, for there is no keyring.")
            self._step(phase=Phase.DONE, said=said)
            self.kept.emit(provider)

        def failed(error: Exception) -> None:
            if number == self._number:
                self._failed(error)
                self.kept.emit(provider)

        self._tools.session.ask(
            lambda store: asking.keep(store, provider, cache, flow), kept, failed
        )

    def _failed(self, error: Exception) -> None:
        # With its thread came whatever this needs.
        from motion_desk.services.oauth.trouble import SignInError

        if self.attempt is None:
            return
        if isinstance(error, SignInError):
            refusal = refusal_of(error, self.attempt)
        else:
            refusal = Refusal(str(getattr(error, "sentence", "")))
        if not refusal.sentence:
            self._tools.session.failed.emit(error)
            refusal = Refusal(tr("Something failed that should not. Nothing was kept."))
        self._step(phase=Phase.FAILED, refusal=refusal)

    def _over(self) -> None:
        """The job has ended; unless it said how, somebody asked for it."""
        if self.attempt and self.attempt.phase in (Phase.ASKING, Phase.CODE, Phase.PAGE):
            self._step(phase=Phase.STOPPED, said=tr("Stopped. Nothing was kept."))

    def _look_at_lab(self) -> None:
        """What goes to the lab must not come back to the person's own keyring, and vice versa."""
        attempt = self.attempt
        if attempt is None or attempt.lab == (self._tools.lab.shown is not None):
            return
        if attempt.phase is Phase.KEEPING:  # it was the person's before the lab came
            return
        if attempt.under_way:
            self._give_up(tr("Stopped, for the lab was turned on or off. Nothing was kept."))
        else:
            self.dismiss()

    def _give_up(self, said: str) -> None:
        if self.under_way:
            self._number += 1
            self._following.close()
            self._step(phase=Phase.STOPPED, said=said)

    def _is_same(self, entry: CloudProviderEntry) -> bool:
        """Whether the provider still is the one that somebody has signed in to."""
        return any(
            (each.id, each.tenant, each.client_id) == (entry.id, entry.tenant, entry.client_id)
            for each in self._tools.desk.workspace.cloud_providers.entries
        )

    def _step(self, **more: object) -> None:
        if self.attempt is not None:
            self._show(replace(self.attempt, **more))  # type: ignore[arg-type]  # by their names

    def _show(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.changed.emit()


def open_page(address: str) -> bool:
    """Open an address in this computer's browser; whether that could be done."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    return QDesktopServices.openUrl(QUrl(address))
