"""Web engine: the one locked profile in which mails are shown; made when one first is.

A mail is not trusted. Three locks keep it from reaching anything (each was tried against a page
that wants out): its scripts do not run, every request but for the mail itself and for data in it
is blocked, and no navigation leads away. Nothing of it is kept on disk.
"""

from __future__ import annotations

import os
from functools import cache

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

SCHEME = "motion-desk-mail"
"""The address scheme under which mails are served: ``setHtml`` takes no more than 2 MB."""
_ALLOWED = frozenset((SCHEME, "data"))
_SCRIPTS_OFF = (
    QWebEngineSettings.WebAttribute.JavascriptEnabled,
    QWebEngineSettings.WebAttribute.JavascriptCanOpenWindows,
    QWebEngineSettings.WebAttribute.JavascriptCanAccessClipboard,
    QWebEngineSettings.WebAttribute.PluginsEnabled,
    QWebEngineSettings.WebAttribute.PdfViewerEnabled,
    QWebEngineSettings.WebAttribute.FullScreenSupportEnabled,
    QWebEngineSettings.WebAttribute.HyperlinkAuditingEnabled,
    QWebEngineSettings.WebAttribute.DnsPrefetchEnabled,
    QWebEngineSettings.WebAttribute.LocalStorageEnabled,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessFileUrls,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls,
)
OURS = QWebEngineScript.ScriptWorldId.ApplicationWorld
"""The world of the program's own scripts, which run though a mail's do not."""


class Mails(QWebEngineUrlSchemeHandler):
    """Serves the mails that are to be shown, by number; each until the next one is given."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._mails: dict[str, bytes] = {}

    def give(self, address: str, html: str) -> None:
        """Serve a mail under an address from here on, in place of the one before."""
        self._mails[address] = html.encode("utf-8", "replace")

    def forget(self, address: str) -> None:
        """Serve nothing there any more."""
        self._mails.pop(address, None)

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        mail = self._mails.get(job.requestUrl().path())
        if mail is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        content = QBuffer(job)
        content.setData(QByteArray(mail))
        content.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(b"text/html;charset=utf-8", content)


class Blocking(QWebEngineUrlRequestInterceptor):
    """Blocks every request that would leave the mail."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        info.block(info.requestUrl().scheme() not in _ALLOWED)


class MailPage(QWebEnginePage):
    """A page that shows the mail it is given and goes nowhere else.

    ``linked`` names a link that was clicked; it is not opened.
    """

    linked = Signal(str)

    def __init__(self, number: int, parent: QObject) -> None:
        super().__init__(profile(), parent)
        self.address = str(number)
        for attribute in _SCRIPTS_OFF:
            self.settings().setAttribute(attribute, False)

    def show_html(self, html: str) -> None:
        """Load a mail; ``loadFinished`` tells when it is there."""
        mails().give(self.address, html)
        self.load(QUrl(f"{SCHEME}:{self.address}"))

    def acceptNavigationRequest(
        self, url: QUrl | str, kind: QWebEnginePage.NavigationType, is_main_frame: bool
    ) -> bool:
        url = QUrl(url)
        if url.scheme() == SCHEME and url.path() == self.address and is_main_frame:
            return True
        if kind is QWebEnginePage.NavigationType.NavigationTypeLinkClicked:
            self.linked.emit(url.toDisplayString())
        return False

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        line: int,
        source: str,
    ) -> None:
        """What a mail complains of, such as what was blocked, is nobody's concern."""

    def createWindow(self, kind: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]  # Qt takes None for no window
        return None


@cache
def profile() -> QWebEngineProfile:
    """The profile of all mails: off the record, with its locks. Lives as long as the program."""
    application = QCoreApplication.instance()
    assert application is not None  # noqa: S101 - there is a window
    scheme = QWebEngineUrlScheme(SCHEME.encode())
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Path)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
    QWebEngineUrlScheme.registerScheme(scheme)
    made = QWebEngineProfile(application)
    made.installUrlSchemeHandler(SCHEME.encode(), mails())
    made.setUrlRequestInterceptor(blocking())
    made.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)
    made.downloadRequested.connect(lambda request: request.cancel())
    return made


@cache
def blocking() -> Blocking:
    """What blocks requests. Kept here: Qt alone does not keep what was made in Python."""
    return Blocking(QCoreApplication.instance())


@cache
def mails() -> Mails:
    """What serves the mails to the profile."""
    application = QCoreApplication.instance()
    assert application is not None  # noqa: S101 - there is a window
    return Mails(application)


def obstacle() -> str:
    """Why Chromium would end the whole program here; empty where it would not.

    It refuses to run as root with its sandbox (Qt's documentation of QTWEBENGINE_DISABLE_SANDBOX).
    """
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    unlocked = os.environ.get("QTWEBENGINE_DISABLE_SANDBOX") == "1"
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    if root and not unlocked and "--no-sandbox" not in flags:
        return "Chromium does not run as root. Start Motion Desk as an ordinary user."
    return ""
