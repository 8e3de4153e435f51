"""The steps in the tenant and in Motion: what is to be done, what is seen to be done, all to copy."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from motion_desk.services.oauth.tenant_steps import (
    Step,
    Subject,
    Way,
    as_text,
    seen_done,
    steps,
)
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.page import card
from motion_desk.ui.panels.turns import Turns
from motion_desk.ui.sign_ins.shown import Shown
from motion_desk.ui.sign_ins.step_box import StepBox

WAYS = {
    Way.PERSON: "A person signs in (as on Motion's page)",
    Way.APPLICATION: "The application signs in by itself",
}


class StepsView(QWidget):
    """Lists the steps for one provider, for the way in which is signed in.

    Those that a person unfolded stay so; at first it is the one to begin with.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._subject: Subject | None = None
        self._steps: tuple[Step, ...] = ()
        self._open: set[str] = set()
        self._list: QWidget | None = None
        self._turns = Turns("sign-in-steps", self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        bar = QWidget(self)
        flow = Flow(bar, 6)
        self.way = Combo(self)
        self.way.setObjectName("steps:way")
        self.way.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self.way.setAccessibleName(tr("Who signs in"))
        for way, said in WAYS.items():
            self.way.addItem(tr(said), way)
        self.way.currentIndexChanged.connect(self._begin)
        copy = QPushButton(tr("Copy all steps"), self)
        copy.setObjectName("steps:copy")
        copy.setAutoDefault(False)
        copy.setToolTip(tr("As one text, to be sent to the administrator of the tenant"))
        copy.clicked.connect(self._copy)
        flow.addWidget(self.way)
        flow.addWidget(copy)
        self._column.addWidget(bar)
        self._seen = wrapped("", "muted")
        self._seen.setObjectName("steps:seen")
        self._column.addWidget(self._seen)

    def show_shown(self, shown: Shown) -> None:
        """Tell what is to be done for a provider."""
        before = self._subject
        self._subject = Subject(shown.entry, shown.kept, shown.mailboxes, shown.now)
        if before is None or before.entry.id != shown.entry.id:
            self._begin()
        else:
            self._draw()

    @property
    def is_complete(self) -> bool:
        """Whether all steps are made."""
        return self._turns.are_over

    def finish(self) -> None:
        """Make no more steps."""
        self._turns.close()

    def _way(self) -> Way:
        return Way(self.way.currentData())

    def _begin(self, _: int = 0) -> None:
        """Draw the steps anew, with the first that is wrong or not seen to be done unfolded."""
        if self._subject is not None:
            found = steps(self._subject, self._way())
            left = sorted(
                (step for step in found if step.done is not True),
                key=lambda step: step.done is None,
            )
            self._open = {step.name for step in left[:1]}
            self._draw()

    def _draw(self) -> None:
        if self._subject is None:
            return
        found = steps(self._subject, self._way())
        if found == self._steps:
            return
        self._steps = found
        self._seen.setText(seen_done(found))
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
        self._list, boxes = card(self)
        boxes.setSpacing(2)
        self._column.addWidget(self._list)
        self._turns.take(self._made_one_by_one(found, boxes, self._list))

    def _made_one_by_one(
        self, found: tuple[Step, ...], boxes: QVBoxLayout, parent: QWidget
    ) -> Iterator[None]:
        for number, step in enumerate(found, 1):
            box = StepBox(number, step, parent)
            box.unfold(step.name in self._open)
            box.folded.connect(self._note)
            boxes.addWidget(box)
            yield

    def _note(self, name: str, is_open: bool) -> None:
        (self._open.add if is_open else self._open.discard)(name)

    def _copy(self) -> None:
        if self._subject is not None:
            QGuiApplication.clipboard().setText(as_text(self._subject, self._way()))
