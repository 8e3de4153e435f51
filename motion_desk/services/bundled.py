"""Bundled: the one door to what the program ships with: icons, fonts, samples, variables, pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from motion_desk.models.variables import Variables

_SAMPLES = "samples"
_WORKSPACE_SAMPLE = "workspace.yaml"


class Page(NamedTuple):
    """A page of Motion's public documentation."""

    title: str
    url: str


@cache
def _folder() -> Path:
    """Where the resources are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def file(path: str) -> Path:
    """Where a resource lies, by its path with forward slashes; it need not be there."""
    return _folder() / path


@cache
def text(path: str) -> str:
    """The text of a resource, by its path with forward slashes. Raises ``FileNotFoundError``."""
    return file(path).read_text(encoding="utf-8")


@cache
def page(source_id: str) -> Page:
    """The page of documentation behind a field's or section's source. Raises ``KeyError``."""
    import json  # late: the window is painted without it

    found = json.loads(text("pages.json"))["pages"][source_id]
    return Page(found["title"], found["url"])


@cache
def variables() -> Variables:
    """The variables that are known on each surface, in the order in which they are offered."""
    from motion_desk.models.surfaces import Surface  # late: the window is painted without models

    return {surface: _variables(surface.value) for surface in Surface}


@cache
def _variables(name: str) -> tuple[Any, ...]:
    """The variables of a file, then those of the files that it names."""
    import json

    from motion_desk.models.fields import Status
    from motion_desk.models.variables import Variable

    found = json.loads(text(f"variables/{name}.json"))
    own = [Variable(**{**row, "status": Status(row["status"])}) for row in found["variables"]]
    return (*own, *(row for other in found.get("also", ()) for row in _variables(other)))


@cache
def icon(name: str) -> bytes:
    """The SVG source of an icon. Raises ``FileNotFoundError``."""
    return file(f"icons/{name}.svg").read_bytes()


@cache
def font_files() -> tuple[bytes, ...]:
    """The bundled fonts, in the order of their file names."""
    return tuple(path.read_bytes() for path in sorted((_folder() / "fonts").glob("*.otf")))


@cache
def samples() -> tuple[tuple[str, str], ...]:
    """The sample documents as (file name, text); the workspace, which accounts refer to, first."""
    names = sorted(path.name for path in (_folder() / _SAMPLES).glob("*.yaml"))
    names.sort(key=lambda name: name != _WORKSPACE_SAMPLE)
    return tuple((name, text(f"{_SAMPLES}/{name}")) for name in names)
