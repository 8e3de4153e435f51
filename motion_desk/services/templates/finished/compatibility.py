"""Compatibility: what mail clients make of the features that a mail uses, by caniemail’s data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

from motion_desk.services import bundled
from motion_desk.services.templates.finished.remarks import Finding
from motion_desk.services.templates.finished.uses import Use

LOST = 10.0
"""Points that a family loses for a feature that none of its clients shows."""
LOST_IN_PART = 2.0
"""The same for one that all of them show in part."""


class Verdict(Enum):
    """What a client does with a feature."""

    YES = "y"
    PARTLY = "a"
    NO = "n"
    UNKNOWN = "u"

    @property
    def word(self) -> str:
        """The verdict as people read it."""
        return {"y": "yes", "a": "in part", "n": "no", "u": "unknown"}[self.value]


@dataclass(frozen=True, slots=True)
class Client:
    """A mail client, and the family in which it is shown and counted."""

    name: str
    family: str


@dataclass(frozen=True, slots=True)
class Support:
    """What a client’s newest tested version says of a feature, with caniemail’s notes."""

    client: Client
    verdict: Verdict
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of HTML or CSS as caniemail lists it, with what every client says."""

    slug: str
    title: str
    supports: tuple[Support, ...]

    @property
    def page(self) -> str:
        """Where caniemail describes it."""
        return f"https://www.caniemail.com/features/{self.slug}/"

    @property
    def share(self) -> float | None:
        """The part (0–1) of the tested clients that show it; ``None`` where none was tested."""
        tested = [each for each in self.supports if each.verdict is not Verdict.UNKNOWN]
        shown = sum(each.verdict is Verdict.YES for each in tested)
        return shown / len(tested) if tested else None

    @property
    def by_family(self) -> Mapping[str, tuple[Support, ...]]:
        """What the clients say, by family in the order in which families are shown."""
        found: dict[str, list[Support]] = {}
        for each in self.supports:
            found.setdefault(each.client.family, []).append(each)
        return {family: tuple(supports) for family, supports in found.items()}


@dataclass(frozen=True, slots=True)
class Used:
    """A feature that a mail uses: the offset of its first use, and how often."""

    feature: Feature
    at: int
    count: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bundled data: where it comes from, the clients, the features, and what counts as each."""

    source: str
    version: str
    date: str
    clients: tuple[Client, ...]
    features: Mapping[str, Feature]
    slugs_by_word: Mapping[str, tuple[str, ...]]
    undetectable: Mapping[str, str]

    @property
    def families(self) -> tuple[str, ...]:
        """The families of clients, in the order in which they are shown."""
        return tuple(dict.fromkeys(client.family for client in self.clients))


@cache
def snapshot() -> Snapshot:
    """The bundled snapshot, read when first asked for (some milliseconds)."""
    import json  # late: nothing of this is needed before a mail is reviewed

    data = json.loads(bundled.text("caniemail/features.json"))
    detection = json.loads(bundled.text("caniemail/detection.json"))
    clients = tuple(Client(*each) for each in data["clients"])
    slugs: dict[str, list[str]] = {}
    for slug, words in detection["uses"].items():
        for word in words:
            slugs.setdefault(word, []).append(slug)
    return Snapshot(
        data["source"],
        data["version"],
        data["date"],
        clients,
        {slug: _feature(slug, each, clients) for slug, each in data["features"].items()},
        {word: tuple(found) for word, found in slugs.items()},
        detection["undetectable"],
    )


def _feature(slug: str, given: Mapping[str, Any], clients: tuple[Client, ...]) -> Feature:
    notes, texts = given.get("notes", {}), given.get("texts", {})
    supports = tuple(
        Support(client, Verdict(letter), tuple(texts[str(n)] for n in notes.get(str(place), ())))
        for place, (client, letter) in enumerate(zip(clients, given["says"], strict=True))
    )
    return Feature(slug, given["title"], supports)


def used(uses: Iterable[Use]) -> tuple[Used, ...]:
    """The features that are used, each with its first use, in the order of the source."""
    known = snapshot()
    first: dict[str, int] = {}
    counts: dict[str, int] = {}
    for word, at in uses:
        for slug in known.slugs_by_word.get(word, ()):
            first[slug] = min(first.get(slug, at), at)
            counts[slug] = counts.get(slug, 0) + 1
    ranked = sorted(first.items(), key=lambda item: (item[1], item[0]))
    return tuple(Used(known.features[slug], at, counts[slug]) for slug, at in ranked)


def score(found: Iterable[Used]) -> int:
    """How well mail clients show a mail, 0 to 100, as ``FORMULA`` says."""
    by_family = scores_by_family(found)
    return round(sum(by_family.values()) / len(by_family))


def scores_by_family(found: Iterable[Used]) -> Mapping[str, float]:
    """The score of each family: 100 less the points that it loses, never below 0."""
    scores = dict.fromkeys(snapshot().families, 100.0)
    for each in found:
        for family, points in _costs(each.feature.slug).points.items():
            scores[family] -= points
    return {family: max(0.0, points) for family, points in scores.items()}


class _Costs(NamedTuple):
    """What a feature costs each family, and the families that do not show it, or not all of it."""

    points: Mapping[str, float]
    none: tuple[str, ...]
    partly: tuple[str, ...]


@cache
def _costs(slug: str) -> _Costs:
    points: dict[str, float] = {}
    none, partly = [], []
    for family, supports in snapshot().features[slug].by_family.items():
        tested = [each.verdict for each in supports if each.verdict is not Verdict.UNKNOWN]
        if not tested:
            continue
        no, part = tested.count(Verdict.NO), tested.count(Verdict.PARTLY)
        points[family] = (no * LOST + part * LOST_IN_PART) / len(tested)
        if no == len(tested):
            none.append(family)
        elif no or part:
            partly.append(family)
    return _Costs(points, tuple(none), tuple(partly))


FORMULA = (
    f"Each family of mail clients begins with 100 points. A feature that none of its clients shows "
    f"takes {LOST:g} points off, one that all show only in part {LOST_IN_PART:g}; where its clients "
    "differ, each counts for its part, and those that nobody tested do not count. How often a "
    "feature is used makes no difference. No family falls below 0. The score is the average of the "
    "families, each counted the same, for caniemail does not know how many people use which."
)
"""The score’s formula in words."""


def compatibility_findings(found: Iterable[Used]) -> list[Finding]:
    """One finding for each feature that some tested client does not show, or shows in part."""
    findings = []
    for each in found:
        _, none, partly = _costs(each.feature.slug)
        if not none and not partly:
            continue
        code = "compatibility.no" if none else "compatibility.part"
        values = {
            "feature": each.feature.title,
            "none": _listed(none),
            "partly": _listed(partly),
            "count": each.count,
        }
        if none and partly:
            code = "compatibility.both"
        findings.append(Finding(code, each.at, values, each.feature.share))
    return findings


def _listed(names: Iterable[str]) -> str:
    """Names as in a sentence."""
    names = ["other clients" if name == "Others" else name for name in names]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
