"""The flow of the plan on the page of actions: drawn beside the list, and always in step with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout

from motion_desk.models.changes import value_at
from motion_desk.models.sections.actions import PLAN
from motion_desk.models.views import FieldView, SectionView
from motion_desk.ui.form.additions import Addition, Place
from motion_desk.ui.form.page import SectionPage
from motion_desk.ui.form.rows import RowsEditor
from motion_desk.ui.form.tools import FormTools
from motion_desk.ui.form.words import tr
from motion_desk.ui.plan.canvas import FlowCanvas
from motion_desk.ui.plan.drawing import MARGIN
from motion_desk.ui.plan.layout import flow_of

LEAST_HEIGHT = 300
BELOW_HEIGHT = 640
"""Pixels: the most that the flow takes below the list."""


class PlanFlow(Addition):
    """Draws where each action leads. A click on one chooses it in the list, and the other way."""

    PLACE = Place.BESIDE
    TITLE = "Flow"

    def __init__(self, form: FormTools, page: SectionPage) -> None:
        super().__init__(page)
        self.setObjectName("plan_flow")
        self._form = form
        self._page = page
        self._drawn: tuple[FieldView, str] | None = None
        self._room = 0
        self._editor: RowsEditor | None = None
        self._beside = False
        title = QLabel(tr(self.TITLE), self)
        title.setProperty("role", "heading")
        self.canvas = FlowCanvas(form.theme)
        self.area = QScrollArea(self)
        self.area.setObjectName("flow_area")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.canvas)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 5, 0, 5)
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(self.area)
        column.addStretch(1)
        self.canvas.opened.connect(self._open)
        self.canvas.moved.connect(self._bring_into_view)

    # What the program shows

    def show_view(self, view: SectionView) -> None:
        """Draw the plan as it is on screen, and what comes before it."""
        [field] = view.fields
        if self._editor is None:
            editor = self._page.rows[PLAN].editor
            assert isinstance(editor, RowsEditor)  # noqa: S101 - the plan's field is of rows
            self._editor = editor
            self._editor.chose.connect(self._mark)
        waits = self._waits()
        if self._drawn != (field, waits):
            self._drawn = field, waits
            self.canvas.show_flow(flow_of(field.rows, field.value, waits))
            self._fit()
        self._mark(self._editor.chosen)

    def _waits(self) -> str:
        """What comes before the plan where the conversation is somebody's already."""
        account = self._form.desk.account
        if account is None:
            return ""
        agent = value_at(account, "settings.wait_agent")
        queue = value_at(account, "settings.wait_queue")
        said = tr("Assigned agent {agent} s, then queue {queue} s")
        known = isinstance(agent, int) and isinstance(queue, int)
        return said.format(agent=agent, queue=queue) if known else ""

    def stand(self, room: int, *, beside: bool) -> None:
        """Take the height that there is beside the list, or less below it; in pixels."""
        self._beside = beside
        self._room = room
        self._fit()

    def _fit(self) -> None:
        most = max(LEAST_HEIGHT, self._room - 20) if self._beside else BELOW_HEIGHT
        self.area.setFixedHeight(min(self.canvas.height() + 2, most))

    def _mark(self, row_id: str) -> None:
        if row_id != self.canvas.chosen:
            self.canvas.mark(row_id)
            self._bring_into_view()

    # What a person does

    def _open(self, row_id: str) -> None:
        for row in self._drawn[0].rows if self._drawn else ():
            if row.id == row_id:
                self._page.go_to(row.cells[0].key)

    def _bring_into_view(self) -> None:
        box = self.canvas.measures().box(self.canvas.cursor_place)
        self.area.ensureVisible(box.left(), box.center().y(), 0, box.height() // 2 + MARGIN)
