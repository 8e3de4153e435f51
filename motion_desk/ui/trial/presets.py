"""Filters of a scanner: a menu of presets below the header filters, and the way to the trial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.filter_presets import (
    PRESETS,
    Basis,
    Preset,
    missing,
    preset_named,
    with_preset,
)
from motion_desk.models.sections.routing import HEADER_FILTERS, HeaderFilter
from motion_desk.models.views import SectionView
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.additions import Addition, Place
from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.tools import PanelTools

if TYPE_CHECKING:
    from motion_desk.ui.form.page import SectionPage
    from motion_desk.ui.form.tools import FormTools


class FilterPresets(Addition):
    """Offers the presets; one is shown before it is added, and is added as one step."""

    PLACE = Place.BELOW

    def __init__(self, form: FormTools, page: SectionPage, tools: PanelTools) -> None:
        super().__init__(page)
        self.setObjectName("filter-presets")
        self._tools, self._page = tools, page
        self._filters: tuple[HeaderFilter, ...] = ()
        self._preset: Preset | None = None
        line = QWidget(self)
        flow = Flow(line, 8)
        flow.addWidget(self._made_menu(line))
        flow.addWidget(self._made_try(line))
        self.preview = QFrame(self)
        self.preview.setObjectName("filter-presets:preview")
        self.preview.setProperty("role", "card")
        self._fill_preview()
        self.preview.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(line)
        column.addWidget(self.preview)

    def _made_menu(self, parent: QWidget) -> QPushButton:
        text = tr("Add filters of a scanner…")
        button = self.button = QPushButton(icon("list-plus"), text, parent)
        button.setObjectName("filter-presets:menu")
        button.setIconSize(QSize(15, 15))
        button.setAutoDefault(False)
        menu = QMenu(button)
        for preset in PRESETS:
            action = menu.addAction(preset.title)
            action.setObjectName(f"filter-presets:{preset.word}")
            action.triggered.connect(lambda _=False, word=preset.word: self.show_preset(word))
        button.setMenu(menu)
        return button

    def _made_try(self, parent: QWidget) -> QPushButton:
        button = QPushButton(icon("scan-search"), tr("Try these filters on messages…"), parent)
        button.setObjectName("filter-presets:try")
        button.setIconSize(QSize(15, 15))
        button.setAutoDefault(False)
        button.clicked.connect(self._try)
        return button

    def _fill_preview(self) -> None:
        card = self.preview
        self._title = wrapped("", "heading")
        self._title.setObjectName("filter-presets:title")
        self._about = wrapped("", "muted")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._shown: list[QWidget] = []
        self.add = QPushButton(card)
        self.add.setObjectName("filter-presets:add")
        self.add.setProperty("role", "primary")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._add)
        self.cancel = QPushButton(tr("Cancel"), card)
        self.cancel.setObjectName("filter-presets:cancel")
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.put_away)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addLayout(self._lines)
        column.addSpacing(4)
        column.addLayout(buttons)

    # What the program shows

    def show_view(self, view: SectionView) -> None:
        account = self._tools.desk.account
        filters = account.advanced.header_filters if account else ()
        if filters != self._filters:
            self._filters = filters
            if self._preset is not None:
                self._draw(self._preset)

    def _draw(self, preset: Preset) -> None:
        new = missing(preset, self._filters)
        self._title.setText(tr("Filters for {}").format(preset.title))
        self._about.setText(tr(preset.about))
        for line in self._shown:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._shown = []
        for each in preset.filters:
            is_new = each in new
            said = each.row.said
            where = tr("{basis}: {source}").format(basis=tr(each.basis.value), source=each.source)
            if not is_new:
                said = tr("{} – is there already").format(said)
            self._shown.append(self._line(said, where, each.basis, is_new=is_new))
        for line in self._shown:
            self._lines.addWidget(line)
        count = len(new)
        text = tr("Add {} filters").format(count) if count != 1 else tr("Add 1 filter")
        self.add.setText(text if count else tr("All are there already"))
        self.add.setEnabled(count > 0)

    def _line(self, said: str, where: str, basis: Basis, *, is_new: bool) -> QWidget:
        line = QWidget(self.preview)
        sign = "plus" if is_new else "circle-check"
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(sign, "" if is_new else "muted"), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(wrapped(breakable(said), "" if is_new else "muted"))
        role = "muted" if basis is Basis.DOCUMENTED else "warning"
        texts.addWidget(wrapped(breakable(where), role))
        row.addLayout(texts, 1)
        return line

    # What a person does

    def show_preset(self, word: str) -> None:
        """Show what a preset, by its word, would add."""
        self._preset = preset_named(word)
        self._draw(self._preset)
        self.preview.show()
        self.add.setFocus()
        # Once it is laid out; until then it has no place.
        QTimer.singleShot(0, self, self._bring_into_view)

    def _bring_into_view(self) -> None:
        self._page.ensureWidgetVisible(self.preview)

    def put_away(self) -> None:
        """Show no preset."""
        self._preset = None
        self.preview.hide()
        self.button.setFocus()

    def _add(self) -> None:
        account, preset = self._tools.desk.account, self._preset
        if account is None or preset is None:
            return
        count = len(missing(preset, account.advanced.header_filters))
        self.put_away()
        desk = self._tools.desk
        desk.settle()
        desk.edit(HEADER_FILTERS, with_preset(preset, account.advanced.header_filters))
        desk.settle()
        said = tr("{count} filters for {title} added at the end. Undo takes them back.")
        if count == 1:
            said = tr("1 filter for {title} added at the end. Undo takes it back.")
        self._tools.tell(said.format(count=count, title=preset.title))

    def _try(self) -> None:
        if account := self._tools.desk.account:
            self._tools.open(account.id, "trial")
