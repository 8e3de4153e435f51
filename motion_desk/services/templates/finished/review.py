"""Review: everything that is worth a remark in a finished mail, with line and column."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from motion_desk.services.templates.finished.active import active_findings
from motion_desk.services.templates.finished.compatibility import (
    Feature,
    Used,
    Verdict,
    compatibility_findings,
    score,
    snapshot,
    used,
)
from motion_desk.services.templates.finished.contrast import contrast_findings
from motion_desk.services.templates.finished.damage import damage_findings, decoded
from motion_desk.services.templates.finished.direction import direction_findings
from motion_desk.services.templates.finished.document import read
from motion_desk.services.templates.finished.images import images
from motion_desk.services.templates.finished.links import link_findings
from motion_desk.services.templates.finished.places import Places
from motion_desk.services.templates.finished.remarks import (
    MOST_OF_A_KIND,
    Finding,
    Remark,
    finding,
    remark,
)
from motion_desk.services.templates.finished.size import Size, size, size_findings
from motion_desk.services.templates.finished.styles import MOST_CSS, Styles, styles
from motion_desk.services.templates.finished.uses import uses

_DATA_IMAGES = "image-base64"


@dataclass(frozen=True, slots=True)
class Review:
    """What was found in a mail.

    ``remarks`` stand in the order of the source, and at one place the worst first. ``score`` is
    0–100, as ``compatibility.FORMULA`` says; ``used`` are the features it comes from.
    """

    remarks: tuple[Remark, ...]
    score: int
    size: Size
    used: tuple[Used, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its remarks."""
        return frozenset(each.code for each in self.remarks)


def review(html: str | bytes, stop: threading.Event | None = None) -> Review:
    """The review of a finished mail, or of a template’s source.

    Raises ``jobs.Stopped`` soon after ``stop`` is set, some hundred elements later; nothing else.
    Linear in the length of the source; the first is slower, for the data is read. Needs no
    certain thread, waits for nothing and loads nothing that the mail names.
    """
    wrong: Finding | None = None
    if isinstance(html, bytes):
        html, wrong = decoded(html)
    document = read(html, stop)
    places = Places(html)
    css = styles(document)
    pictures = images(document, css, places)
    weight = size(html, pictures.embedded)
    features = used(uses(document, css, places))
    findings = [
        *([wrong] if wrong else []),
        *size_findings(weight),
        *damage_findings(document),
        *_too_much_css(css),
        *active_findings(document, css, places),
        *link_findings(document),
        *pictures.findings,
        *_data_images(weight),
        *contrast_findings(document, css),
        *direction_findings(document, css),
        *compatibility_findings(each for each in features if each.feature.slug != _DATA_IMAGES),
    ]
    return Review(_remarks(findings, places), score(features), weight, features)


def _too_much_css(css: Styles) -> Iterator[Finding]:
    if css.beyond is not None:
        yield finding("damage.css", css.beyond, bound=f"{MOST_CSS:,}")


def _data_images(weight: Size) -> Iterator[Finding]:
    """One finding for each embedded image: who does not show it."""
    if weight.embedded:
        feature = snapshot().features[_DATA_IMAGES]
        none = " and ".join(_never(feature))
        for each in weight.embedded:
            yield Finding("image.data", each.at, {"none": none}, feature.share)


def _never(feature: Feature) -> Iterator[str]:
    for family, supports in feature.by_family.items():
        if any(each.verdict is Verdict.NO for each in supports) and family != "Others":
            yield family


def _remarks(findings: Iterable[Finding], places: Places) -> tuple[Remark, ...]:
    ranked = sorted(findings, key=lambda each: each.at)
    counts = Counter(each.code for each in ranked)
    taken: Counter[str] = Counter()
    remarks = []
    for each in ranked:
        taken[each.code] += 1
        line, column = places.of(each.at)
        if taken[each.code] <= MOST_OF_A_KIND:
            remarks.append(remark(each, line, column))
        elif taken[each.code] == MOST_OF_A_KIND + 1:
            more = finding("more", each.at, count=counts[each.code] - MOST_OF_A_KIND)
            remarks.append(remark(more, line, column))
    return tuple(sorted(remarks, key=lambda each: (each.line, each.column, -each.severity)))
