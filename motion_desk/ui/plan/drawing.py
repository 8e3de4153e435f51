"""The drawing of a flow: where its boxes and arrows lie, in pixels, and how they look."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF

from motion_desk.models.problems import Severity
from motion_desk.models.sections.actions import (
    AutoReply,
    Close,
    GotoIf,
    GotoP,
    Noop,
    System,
    TagIt,
    ToAgent,
    ToQueue,
)
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.plan.layout import DOWN, START, Arrow, Ends, Flow, Step
from motion_desk.ui.theme import Colours

SIGNS = {
    ToAgent: ("user-round", "text"),
    ToQueue: ("users", "text"),
    AutoReply: ("reply", "text"),
    Close: ("archive-restore", "text"),
    GotoIf: ("git-branch", "text"),
    GotoP: ("corner-down-right", "text"),
    Noop: ("file-text", "text"),
    System: ("terminal", "text"),
    TagIt: ("tag", "text"),
}
ENDS = {
    Ends.ANSWERED: ("circle-check", "success"),
    Ends.CLOSED: ("circle-stop", "muted"),
    Ends.UNREAD: ("mail", "warning"),
}
WRONG = {
    Severity.ERROR: ("circle-alert", "error"),
    Severity.WARNING: ("triangle-alert", "warning"),
    Severity.NOTE: ("info", "muted"),
}
LOST = ("unlink", "error")
PAD, SIGN, GAP = 10, 16, 26
"""Pixels: within a box, of an icon's side, and between two boxes."""
MARGIN = 8
WIDEST_LANE, NARROWEST_LANE = 14, 2
BEFORE_LANES, BEFORE_LABELLED_LANES = 14, 38
"""Pixels between the boxes and the first lane, the second where words stand there."""
HEAD = 4
"""Half the width of an arrow's head."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Where the boxes and lanes of a flow lie on a canvas of this width, in pixels."""

    width: int
    line: int
    lanes: int
    steps: int
    labelled: bool = False

    @classmethod
    def of(cls, flow: Flow, width: int, line: int) -> Measures:
        """The measures of a flow at a width, with lines of this height."""
        labelled = any(arrow.label and arrow.lane != DOWN for arrow in flow.arrows)
        return cls(width, line, flow.lanes, len(flow.steps), labelled)

    @property
    def before_lanes(self) -> int:
        """The room between the boxes and the first lane."""
        return BEFORE_LABELLED_LANES if self.labelled else BEFORE_LANES

    @property
    def lane(self) -> int:
        """The distance of two lanes: less where there are many."""
        room = self.width * 2 // 5 - self.before_lanes
        return max(NARROWEST_LANE, min(WIDEST_LANE, room // max(self.lanes, 1)))

    @property
    def box_height(self) -> int:
        """The height of every box: two lines."""
        return 2 * self.line + 2 * (PAD - 3)

    @property
    def box_width(self) -> int:
        """The width of every box: what the lanes leave."""
        beside = self.before_lanes + self.lanes * self.lane if self.lanes else 0
        return max(self.width - 2 * MARGIN - beside, 90)

    @property
    def height(self) -> int:
        """The height of the whole flow."""
        return 2 * MARGIN + self.steps * (self.box_height + GAP) - GAP

    def box(self, place: int) -> QRect:
        """The box of a step, by its place; the start's is the first."""
        top = MARGIN + (place - START) * (self.box_height + GAP)
        return QRect(MARGIN, top, self.box_width, self.box_height)

    def lane_x(self, lane: int) -> int:
        """The middle of a lane."""
        return MARGIN + self.box_width + self.before_lanes + lane * self.lane

    def place_at(self, y: int) -> int | None:
        """The place of the box at a height, or none between two boxes."""
        number, rest = divmod(y - MARGIN, self.box_height + GAP)
        inside = 0 <= number < self.steps and rest <= self.box_height
        return int(number) + START if inside else None

    def places(self, top: int, bottom: int) -> tuple[int, int]:
        """The first and the last place of which something lies between two heights."""
        pitch = self.box_height + GAP
        return (top - MARGIN) // pitch + START - 1, (bottom - MARGIN) // pitch + START + 1


class Type:
    """The fonts of a drawing and their measures, made once from that of the widget."""

    def __init__(self, font: QFont) -> None:
        self.small, self.bold = QFont(font), QFont(font)
        self.small.setPointSizeF(font.pointSizeF() * 0.88)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.small_metrics = QFontMetrics(self.small)
        self.bold_metrics = QFontMetrics(self.bold)


@dataclass(frozen=True, slots=True)
class Look:
    """What a drawing depends on beside the flow: colours, type, and what is marked."""

    colours: Colours
    type: Type
    chosen: str = ""
    focused: int | None = None
    hovered: int | None = None


def draw(painter: QPainter, flow: Flow, measures: Measures, look: Look, part: QRect) -> None:
    """Draw what of a flow lies in ``part``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    first, last = measures.places(part.top(), part.bottom())
    for arrow in flow.arrows:
        if arrow.span[1] >= first and arrow.span[0] <= last:
            _draw_arrow(painter, arrow, measures, look)
    for step in flow.steps:
        if first <= step.place <= last:
            painter.setOpacity(1 if step.reached else 0.6)
            _draw_step(painter, step, measures, look)
            painter.setOpacity(1)


def _tone(arrow: Arrow, colours: Colours) -> QColor:
    if arrow.looped:
        return QColor(colours.warning)
    return QColor(colours.strong_border if arrow.reached else colours.border)


def _draw_arrow(painter: QPainter, arrow: Arrow, measures: Measures, look: Look) -> None:
    colour = _tone(arrow, look.colours)
    style = Qt.PenStyle.SolidLine if arrow.reached else Qt.PenStyle.DashLine
    painter.setPen(QPen(colour, 1.6, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    box, target = measures.box(arrow.start), measures.box(arrow.end)
    if arrow.lane == DOWN:
        x = box.left() + PAD + SIGN / 2
        painter.drawLine(QPointF(x, box.bottom() + 1), QPointF(x, target.top() - HEAD))
        _draw_head(painter, QPointF(x, target.top()), colour, down=True)
        _draw_label(painter, arrow.label, QPointF(x + 10, box.bottom() + 1 + GAP * 0.66), look)
        return
    right, x = box.right() + 1, measures.lane_x(arrow.lane)
    out = box.top() + box.height() * (0.93 if arrow.second else 0.57)
    into = target.top() + box.height() * 0.2
    path = QPainterPath(QPointF(right, out))
    bend = min(5, abs(into - out) / 2)
    turn = bend if into > out else -bend
    path.lineTo(x - bend, out)
    path.quadTo(x, out, x, out + turn)
    path.lineTo(x, into - turn)
    path.quadTo(x, into, x - bend, into)
    path.lineTo(right + HEAD, into)
    painter.drawPath(path)
    _draw_head(painter, QPointF(right, into), colour, down=False)
    _draw_label(painter, arrow.label, QPointF(right + 4, out - 3), look)


def _draw_label(painter: QPainter, text: str, base: QPointF, look: Look) -> None:
    if text:
        painter.setFont(look.type.small)
        painter.setPen(QColor(look.colours.muted))
        painter.drawText(base, text)


def _draw_head(painter: QPainter, tip: QPointF, colour: QColor, *, down: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    x, y = tip.x(), tip.y()
    wings = (
        [QPointF(x - HEAD, y - 1.6 * HEAD), QPointF(x + HEAD, y - 1.6 * HEAD)]
        if down
        else [QPointF(x + 1.6 * HEAD, y - HEAD), QPointF(x + 1.6 * HEAD, y + HEAD)]
    )
    painter.drawPolygon(QPolygonF([tip, *wings]))


def _draw_step(painter: QPainter, step: Step, measures: Measures, look: Look) -> None:
    colours, box = look.colours, measures.box(step.place)
    is_chosen = bool(step.id) and step.id == look.chosen
    ground = colours.selected if is_chosen else colours.base
    if look.hovered == step.place and step.id and not is_chosen:
        ground = colours.hover
    edge = colours.accent if is_chosen else colours.border
    if step.looped and not is_chosen:
        edge = colours.warning
    painter.setPen(QPen(QColor(edge if step.id else colours.border), 2 if is_chosen else 1))
    painter.setBrush(QColor(ground if step.id else colours.panel))
    round_ = 8 if step.id else box.height() / 2
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), round_, round_)
    if look.focused == step.place:
        painter.setPen(QPen(QColor(colours.accent), 1.5, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box).adjusted(3, 3, -3, -3), round_ - 3, round_ - 3)
    _draw_words(painter, step, box, look)


def _draw_words(painter: QPainter, step: Step, box: QRect, look: Look) -> None:
    colours = look.colours
    left, right = box.left() + PAD, box.right() - PAD
    top = box.top() + PAD - 3
    line = (box.height() - 2 * (PAD - 3)) // 2
    name, tone = SIGNS.get(step.kind, ("mail", "text")) if step.kind else ("mail", "text")
    if step.ends is Ends.UNREAD:
        name, tone = ENDS[step.ends]
    side = QRect(left, top + (line - SIGN) // 2, SIGN, SIGN)
    icon(name, getattr(colours, tone)).paint(painter, side)
    for sign, colour in _signs(step):
        right -= SIGN
        place = QRect(right, side.top(), SIGN, SIGN)
        icon(sign, getattr(colours, colour)).paint(painter, place)
        right -= 5
    text = left + SIGN + 8
    small, bold = look.type.small_metrics, look.type.bold_metrics
    if said := _remark(step):
        room = small.horizontalAdvance(said)
        if right - room - 8 - text >= bold.horizontalAdvance(step.name):
            painter.setFont(look.type.small)
            painter.setPen(QColor(_remark_colour(step, colours)))
            right -= room
            painter.drawText(QRect(right, top, room, line), Qt.AlignmentFlag.AlignVCenter, said)
            right -= 8
    painter.setFont(look.type.bold)
    painter.setPen(QColor(colours.text))
    _draw_elided(painter, bold, QRect(text, top, right - text, line), step.name)
    if step.detail:
        painter.setFont(look.type.small)
        painter.setPen(QColor(colours.muted))
        place = QRect(text, top + line, box.right() - PAD - text, line)
        _draw_elided(painter, small, place, step.detail)


def _draw_elided(painter: QPainter, metrics: QFontMetrics, place: QRect, text: str) -> None:
    elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)


def _signs(step: Step) -> list[tuple[str, str]]:
    """The icons at the right of a step's first line, from right to left."""
    found = []
    if step.worst is not None:
        found.append(WRONG[step.worst])
    if step.lost:
        found.append(LOST)
    if step.id and step.ends is not Ends.NOT and step.reached:
        found.append(ENDS[step.ends])
    return found


def _remark(step: Step) -> str:
    """The words beside these icons."""
    if not step.reached:
        return tr("never reached")
    if step.lost:
        return tr("leads nowhere")
    if step.id and step.ends is Ends.ANSWERED:
        return tr("a person answers")
    if step.id and step.ends is Ends.CLOSED:
        return tr("closed")
    return ""


def _remark_colour(step: Step, colours: Colours) -> str:
    if not step.reached:
        return colours.muted
    if step.lost:
        return colours.error
    return colours.success if step.ends is Ends.ANSWERED else colours.muted
