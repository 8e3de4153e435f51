"""The pages of the open document: one is on screen, each is made when it is first chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from motion_desk.models.catalogue import Catalogue
    from motion_desk.models.views import SectionView, View
    from motion_desk.ui.form.page import SectionPage
    from motion_desk.ui.form.tools import FormTools


class SectionPages(QStackedWidget):
    """Shows the page of one section of a view. Pages are shared by all documents of a type.

    ``tools`` must be given before the first view, and ``makers``, which make the pages of panels
    by their names, before the first panel.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.tools: FormTools | None = None
        self.makers: dict[str, Callable[[QWidget], QWidget]] = {}
        self._panels: dict[str, QWidget] = {}
        self._pages: dict[str, SectionPage] = {}
        self._empty = QWidget(self)
        self.addWidget(self._empty)

    def show_view(self, view: View | None, catalogue: Catalogue | None, section: str) -> None:
        """Show a section of a view; nothing at all where there is no view."""
        if view is None or catalogue is None or not section:
            self.setCurrentWidget(self._empty)
            return
        page = self._page(catalogue, section)
        page.show_view(view.section(section), _hidden_by(section, view, catalogue))
        self.setCurrentWidget(page)

    def show_panel(self, name: str) -> None:
        """Show the page of a panel."""
        self.setCurrentWidget(self.panel(name))

    def panel(self, name: str) -> QWidget:
        """The page of a panel, made at the first call."""
        if name not in self._panels:
            self._panels[name] = self.makers[name](self)
            self.addWidget(self._panels[name])
        return self._panels[name]

    def finish(self) -> None:
        """Stop what the pages of panels run, for the window closes."""
        for page in self._panels.values():
            page.finish()  # type: ignore[attr-defined]  # panels.Finishing, beside a widget

    def page(self, section: str) -> SectionPage | None:
        """The page of a section, where it was on screen before."""
        return self._pages.get(section)

    def _page(self, catalogue: Catalogue, section: str) -> SectionPage:
        if section not in self._pages:
            # Late, with all its editors: the window is painted before the first page is needed.
            from motion_desk.ui.form.page import SectionPage

            assert self.tools is not None  # noqa: S101 - said above
            info = next(info for info in catalogue.sections if info.name == section)
            self._pages[section] = SectionPage(info, self.tools, self)
            self.addWidget(self._pages[section])
        return self._pages[section]


def _hidden_by(section: str, view: View, catalogue: Catalogue) -> tuple[SectionView, ...]:
    """The sections that choices on this one hide, though something was entered there."""
    leading = {
        info.name: {key.partition(".")[0] for key in sorted(info.visible.keys())}
        for info in catalogue.sections
    }
    return tuple(
        each
        for each in view.sections
        if not each.visible and each.kept and section in leading[each.name]
    )
