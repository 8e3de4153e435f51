"""The preview pane: the template that is being edited as it would arrive, beside its editor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.surfaces import Surface
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.preview.data_choice import DataChoice
from motion_desk.ui.preview.mail import made_mail
from motion_desk.ui.preview.notes import note_of_mail, note_of_source, note_of_text
from motion_desk.ui.preview.previewing import Previewing
from motion_desk.ui.preview.remarks import Remarks
from motion_desk.ui.preview.saving import Saving
from motion_desk.ui.preview.sending import Sample, SampleSending
from motion_desk.ui.preview.sound import Sound
from motion_desk.ui.preview.subject import Subject, subject_of, text_of
from motion_desk.ui.test.reading import Elided, fixed_font

if TYPE_CHECKING:
    from motion_desk.models.document import Document
    from motion_desk.services.templates.preview import Asked, Considered, Look, Preview

MAIL, TEXT, SOURCE, CHECKS = range(4)
WIDTHS = (
    ("unfold-horizontal", "As wide as the preview", 0),
    ("monitor", "Desktop, 800 pixels", 800),
    ("tablet", "Tablet, 768 pixels", 768),
    ("smartphone", "Phone, 375 pixels", 375),
)
"""The widths in which a mail is shown, in pixels; 0 takes all the room there is."""
KILO = 1000
MOST = 200_000
"""Characters of a source or text that are shown: more would hold up the window."""


class PreviewPane(QWidget):
    """Shows what ``show_subject`` named, in step with the desk; ``closed`` when it is to go away.

    ``went`` names a place in the template's source, as line and column from 1.
    """

    closed = Signal()
    went = Signal(str, int, int)

    def __init__(self, tools: PanelTools, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tools = tools
        self._subject: Subject | None = None
        self._preview: Preview | None = None
        self._considered: Considered | None = None
        self.previewing = Previewing(self)
        self.previewing.made.connect(self._show)
        self.previewing.considered.connect(self._show_considered)
        self.previewing.refused.connect(self._refuse)
        self._title = QLabel(self)
        self._title.setProperty("role", "caption")
        self.mail = made_mail(self)
        self.text, self.source = self._reading("preview:text"), self._reading("preview:source")
        self.text.setAccessibleName(tr("The plain-text part"))
        self.source.setAccessibleName(tr("The HTML that is sent"))
        self._sound = Sound(self)
        self._saving = Saving(tools, self.mail, self._show_mail)
        self._asked: Asked | None = None
        self.sending = SampleSending(tools, self)
        self.remarks = Remarks(tools.theme, self)
        self._wrong = wrapped("", "error")
        self._wrong.setObjectName("preview:wrong")
        self._wrong.hide()
        self._note = wrapped("", "muted")
        self._note.setObjectName("preview:note")
        self._note.hide()
        self.foot = Elided(self)
        self.foot.setObjectName("preview:foot")
        self.foot.setProperty("role", "muted")
        self._lay_out()
        self.mail.hovered.connect(self._show_link)
        self.mail.linked.connect(self._show_link)
        self.mail.failed.connect(self._tell_ended)
        self.mail.zoomed.connect(self._draw_note)
        self.remarks.chosen.connect(self._go)
        tools.desk.shown.connect(self._follow)

    # What is shown

    def show_subject(self, subject: Subject) -> None:
        """Preview a template from here on."""
        if subject != self._subject:
            self._subject = subject
            self._title.setText(tr("Preview: {}").format(tr(subject.title)))
            is_mail = subject.surface is not Surface.NOTIFICATION
            self.sound.setVisible(not is_mail)
            self.tabs.setTabText(MAIL, tr("Mail") if is_mail else tr("Pop-up"))
            self._forget()
            self.data.offer(subject.surface, subject.document)
        self._follow(now=True)

    def _forget(self) -> None:
        """Let nothing of the template before stand for the next one."""
        self.previewing.give_up()
        self._asked, self._preview, self._considered = None, None, None
        self._wrong.hide()
        self.mail.scroll_to_top()
        for view in (self.text, self.source):
            view.clear()
        self.remarks.show_nothing()
        self.tabs.setTabText(CHECKS, tr("Checks"))

    def _follow(self, _: object = None, *, now: bool = False) -> None:
        """Ask for a preview of what is on the screen now."""
        subject, document = self._subject, self._document()
        if not self.isVisible() or subject is None:
            return
        if document is None or subject_of(document, subject.key) is None:
            self._show_nothing()
            return
        from motion_desk.services.templates.preview import Asked, font_of

        source, line = text_of(document, subject)
        data = self.data.chosen.values if self.data.chosen else {}
        notification = getattr(document, "notification", None)
        settings = getattr(document, "settings", None)
        asked = Asked(
            source,
            subject.surface,
            data,
            self._look(),
            line,
            font_of(document) if subject.surface.value == "body" else "",
            getattr(settings, "name", ""),
            bool(notification and notification.shake),
        )
        self._asked = asked
        self.previewing.ask(asked, now=now)

    def _document(self) -> Document | None:
        """The document that holds the template, as it is on the screen."""
        current = self._tools.desk.current
        subject = self._subject
        if current is None or subject is None or current.draft.id != subject.document:
            return None
        return current.draft

    def _show_nothing(self) -> None:
        self._subject = None
        self._forget()
        self._title.setText(tr("Preview"))
        self.foot.show_text(tr("Choose a template to see it here."))
        self.mail.show_html("")

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        self._wrong.hide()
        self.mail.show_html(preview.page)
        self._draw_view()
        self._draw_foot()

    def _draw_view(self) -> None:
        """Draw the view that is on the screen, where it is not the mail, and its note."""
        place = self.tabs.currentIndex()
        self._draw_note()
        if place == TEXT and self._considered is not None:
            self.text.setPlainText(cut(self._considered.text))
        elif place == SOURCE and self._preview is not None:
            self.source.setPlainText(cut(self._preview.html))
        elif place == CHECKS and self._considered is not None:
            is_mail = self._subject is None or self._subject.surface is not Surface.NOTIFICATION
            self.remarks.show_review(self._considered.review, is_mail=is_mail)

    def _draw_note(self) -> None:
        """Say what the view is a model of."""
        place, said = self.tabs.currentIndex(), ""
        surface = self._subject.surface if self._subject else None
        if surface is not None and place == MAIL:
            said = note_of_mail(surface, self._look(), self._preview, self.mail.zoom)
        elif surface is not None and place == TEXT:
            said = note_of_text(surface)
        elif surface is not None and place == SOURCE:
            said = note_of_source()
        self._note.setText(said)
        self._note.setVisible(bool(said))

    def _draw_foot(self) -> None:
        preview = self._preview
        if preview is None:
            return
        parts = [tr("{} kB").format(f"{preview.weight / KILO:.1f}")]
        if preview.subject:
            parts.insert(0, tr("Subject: {}").format(preview.subject))
        if missing := preview.rendered.missing:
            parts.append(tr("without a value: {}").format(", ".join(missing)))
        if preview.rendered.constructs:
            parts.append(
                tr("not documented by Motion: {}").format(len(preview.rendered.constructs))
            )
        self.foot.show_text(" · ".join(parts))

    def _show_link(self, address: str) -> None:
        if address:
            self.foot.show_text(tr("Link, not opened here: {}").format(address))
        else:
            self._draw_foot()

    def _show_considered(self, found: Considered) -> None:
        self._considered = found
        self.tabs.setTabText(CHECKS, tr("Checks ({})").format(len(found.review.remarks)))
        self._draw_view()

    def _refuse(self, sentence: str) -> None:
        """Say why there is no page; the template's last one stays below, where there was one."""
        if self._preview is not None:
            sentence += " " + tr("Below is what could be shown last.")
        self._wrong.setText(sentence)
        self._wrong.show()
        if self._preview is None:
            self.mail.show_html("")
            self.foot.show_text("")

    def _tell_ended(self) -> None:
        self._refuse(
            tr("The web engine's process has ended. Change the text to show the mail again.")
        )

    # What a person does

    def _look(self) -> Look:
        from motion_desk.services.templates.preview import Look

        return list(Look)[max(0, self.looks.currentIndex())]

    def _go(self, line: int, column: int) -> None:
        if self._subject is not None:
            self.went.emit(self._subject.key, line, column)

    def _save(self) -> None:
        document = self._document()
        if self._preview is not None and self._subject is not None:
            settings = getattr(document, "settings", None)
            title = f"{getattr(settings, 'name', '')} {self._subject.title}"
            self._saving.save(self._preview, title, getattr(settings, "address", ""))

    def _send(self) -> None:
        """Offer to send what is previewed, with the chosen data, as a sample."""
        document = self._document()
        if document is not None and self._asked is not None and self._subject is not None:
            at = self._send_button.mapToGlobal(self._send_button.rect().bottomLeft())
            self.sending.offer(Sample(self._asked, document, tr(self._subject.title)), at)

    def _show_mail(self) -> None:
        self.tabs.setCurrentIndex(MAIL)

    def _choose_view(self, place: int) -> None:
        self._views.setCurrentIndex(place)
        self._draw_view()

    def finish(self) -> None:
        """End what runs, for the window closes."""
        self.previewing.close()
        self.sending.finish()
        self.mail.close_page()

    # Layout

    def _lay_out(self) -> None:
        from motion_desk.services.templates.preview import Look

        self._send_button = self._button("send", tr("Send a test…"), "preview:send")
        self._send_button.clicked.connect(self._send)
        save = self._button(
            "download", tr("Save as message, page, picture or PDF…"), "preview:save"
        )
        save.clicked.connect(self._save)
        close = self._button("x", tr("Close the preview"), "preview:close")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._send_button)
        head.addWidget(save)
        head.addWidget(close)
        self.data = DataChoice(self._tools, self)
        self.looks = self._combo("preview:look", tr("Colours"))
        self.looks.addItems([tr(look.label) for look in Look])
        tools = QWidget(self)
        flow = Flow(tools, 4)
        flow.addWidget(self.data)
        flow.addWidget(self.looks)
        self.data.turned.connect(partial(self._follow, now=True))
        self.looks.currentIndexChanged.connect(lambda _: self._follow(now=True))
        group, widths = QWidget(self), QButtonGroup(self)
        row = QHBoxLayout(group)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for name, label, pixels in WIDTHS:
            button = self._button(name, tr(label), f"preview:{name}")
            button.setCheckable(True)
            button.setChecked(not pixels)
            button.clicked.connect(partial(self.mail.set_width, pixels))
            widths.addButton(button)
            row.addWidget(button)
        self.images = self._button("image-off", tr("Without pictures"), "preview:images")
        self.images.setCheckable(True)
        self.images.toggled.connect(self._set_images)
        row.addWidget(self.images)
        self.sound = self._button("volume-2", tr("Play a notification's sound"), "preview:sound")
        self.sound.clicked.connect(self._play)
        row.addWidget(self.sound)
        flow.addWidget(group)
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("preview:views")
        self.tabs.setAccessibleName(tr("Views of the preview"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._views = QStackedWidget(self)
        for title, view in (
            (tr("Mail"), self.mail),
            (tr("Plain text"), self.text),
            (tr("HTML"), self.source),
            (tr("Checks"), self.remarks),
        ):
            self.tabs.addTab(title)
            self._views.addWidget(view)
        self.tabs.currentChanged.connect(self._choose_view)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(tools)
        column.addWidget(self.tabs)
        column.addWidget(self._wrong)
        column.addWidget(self._note)
        column.addWidget(self._views, 1)
        column.addWidget(self.foot)

    def _play(self) -> None:
        """Play what an agent may hear, or say why this computer cannot."""
        if said := self._sound.play():
            self._tools.tell(said)

    def _set_images(self, off: bool) -> None:
        self.mail.set_images(not off)
        if self._preview is not None:
            self.mail.show_html(self._preview.page)

    def _reading(self, name: str) -> QPlainTextEdit:
        view = QPlainTextEdit(self)
        view.setObjectName(name)
        view.setReadOnly(True)
        view.setFont(fixed_font())
        return view

    def _combo(self, name: str, label: str) -> Combo:
        combo = Combo(self)
        combo.setObjectName(name)
        combo.setAccessibleName(label)
        combo.setToolTip(label)
        combo.setMinimumContentsLength(14)
        return combo

    def _button(self, sign: str, label: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIcon(icon(sign))
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(label)
        button.setToolTip(label)
        return button


def cut(text: str) -> str:
    """A text as it is shown: its beginning, where it is too long for that."""
    if len(text) <= MOST:
        return text
    return text[:MOST] + "\n\n" + tr("… {} characters more.").format(len(text) - MOST)
