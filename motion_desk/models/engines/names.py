"""Names: which of a template's names Motion would not fill in, and which were probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from motion_desk.models.engines.placeholders import Found, Lines, Part, placeholders

MOST_SUGGESTIONS = 20
"""Names of one text for which a similar one is looked for: each costs half a millisecond."""
SIMILAR = 0.75
"""How alike two names must be, from 0 to 1, for one to be offered in place of the other."""

_LOCAL = re.compile(r"\{%[-+]?\s*(?:set|for|with|macro|call|import|from)\b")
_WORD = re.compile(r"[^\W\d]\w*")

_PLACE = "Line {line}, column {column}: "
_UNKNOWN = "Line {line}, column {column}: “{name}” is not a variable that is known here."
_SENTENCES = {
    "unknown": f"{_UNKNOWN} Motion may leave it as it is. If your server fills it in, add it "
    "to the workspace's variables.",
    "case": "Line {line}, column {column}: “{name}” is written “{suggestion}”. Motion's names are "
    "exact, capitals and all.",
    "near": f"{_UNKNOWN} Did you mean “{{suggestion}}”?",
    "unclosed": "Line {line}, column {column}: “{text}” is not closed. Write “{suggestion}” behind "
    "the name, or remove it.",
    "stray": "Line {line}, column {column}: “{text}” closes nothing. Write “{suggestion}” before "
    "the name, or remove it.",
    "split": "Line {line}, column {column}: tags tear the braces of “{name}” apart. Format all of "
    "{suggestion} at once, or none of it.",
    "spaced": "Line {line}, column {column}: a non-breaking space stands beside “{name}”. Write "
    "{suggestion} with plain spaces.",
    "empty": "Line {line}, column {column}: there is no name between these braces. Write one, or "
    "remove them.",
    "construct": "Line {line}, column {column}: “{text}” goes beyond what Motion documents, which "
    "is a name alone. The preview renders it; whether Motion does is not known.",
    "unused": "{name} does not occur here, and without it this template misses its purpose: "
    "{description}",
}
_CLOSER = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a template's variables that people should look at.

    ``text`` is a template that ``values`` fill. ``line`` and ``column`` count from 1, ``start``
    and ``end`` are offsets in characters; all are 0 where the whole template is meant.
    ``suggestion`` is what may take the place of the name, or of the part, where anything may.
    """

    code: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    line: int = 0
    column: int = 0
    start: int = 0
    end: int = 0
    suggestion: str = ""

    @property
    def sentence(self) -> str:
        """What is to be looked at, and what to do, in one or two sentences."""
        return self.text.format_map(self.values)

    @property
    def remark(self) -> str:
        """The text, still to be filled, without the place: for where that can be seen."""
        return self.text.removeprefix(_PLACE)


def findings(
    source: str, names: Collection[str], expected: Mapping[str, str] | None = None
) -> Iterator[Finding]:
    """What is to be looked at in a template, in the order of its text; pure and lazy.

    ``names`` are those that are known, exact to the letter. ``expected`` are those without which
    the template misses its purpose, each with what it is for; they come last. Names that a
    statement of the template itself makes are not judged.
    """
    return _Reader(source, names).findings(expected or {})


class _Reader:
    def __init__(self, source: str, names: Collection[str]) -> None:
        self._source = source
        self._names = names
        self._by_lower = {name.casefold(): name for name in names}
        by_last = ((name.rpartition(".")[2].casefold(), name) for name in names)
        self._by_last = dict(reversed(tuple(by_last)))  # the first of several counts
        self._lines: Lines | None = None
        self._local: set[str] = set()
        self._similar: dict[str, str] = {}

    def findings(self, expected: Mapping[str, str]) -> Iterator[Finding]:
        used: set[str] = set()
        for found in placeholders(self._source):
            if found.part is Part.PLACEHOLDER:
                used.add(found.name)
                if found.name not in self._names:
                    yield from self._of_name(found)
            elif found.part is not Part.STYLE:
                if expected and found.part.construct:
                    used.update(name for name in expected if name in self._text(found))
                yield self._of_part(found)
        for name, description in expected.items():
            if name not in used:
                values = {"name": name, "description": description}
                yield Finding("unused", _SENTENCES["unused"], values)

    def _of_name(self, found: Found) -> Iterator[Finding]:
        if found.name.partition(".")[0] in self._local:
            return
        name = found.name
        if meant := self._by_lower.get(name.casefold()):
            yield self._finding("case", found, meant, name=name)
        elif meant := self._near(name):
            yield self._finding("near", found, meant, name=name)
        else:
            yield self._finding("unknown", found, "", name=name)

    def _near(self, name: str) -> str:
        """The known name that was probably meant; empty where none is near."""
        if name not in self._similar:
            if len(self._similar) >= MOST_SUGGESTIONS:
                return ""
            folded = name.casefold()
            near = _nearest(folded, tuple(self._by_lower))
            self._similar[name] = self._by_lower[near] if near else self._by_last.get(folded, "")
        return self._similar[name]

    def _of_part(self, found: Found) -> Finding:
        text = self._text(found)
        if found.part is Part.STATEMENT and _LOCAL.match(text):
            self._local.update(_WORD.findall(text))
        if found.part is Part.UNCLOSED:
            return self._finding("unclosed", found, _CLOSER[text], text=text)
        if found.part is Part.STRAY:
            return self._finding("stray", found, "{{", text=text)
        if found.part in (Part.SPLIT, Part.SPACED):
            whole = f"{{{{ {found.name} }}}}"
            return self._finding(found.part.value, found, whole, name=found.name)
        if found.part is Part.EMPTY:
            return self._finding("empty", found, "")
        return self._finding("construct", found, "", text=_shortened(text))

    def _text(self, found: Found) -> str:
        return self._source[found.start : found.end]

    def _finding(self, code: str, found: Found, suggestion: str, **values: object) -> Finding:
        self._lines = self._lines or Lines(self._source)
        line, column = self._lines.place(found.start)
        values |= {"line": line, "column": column, "suggestion": suggestion}
        return Finding(
            code, _SENTENCES[code], values, line, column, found.start, found.end, suggestion
        )


@lru_cache(256)
def _nearest(folded: str, known: tuple[str, ...]) -> str:
    """The known name that is spelt most alike; the same ones are asked for at each key press."""
    from difflib import get_close_matches  # late: most texts need none

    return next(iter(get_close_matches(folded, known, 1, SIMILAR)), "")


def _shortened(text: str) -> str:
    text = " ".join(text[: _LONGEST_QUOTE * 2].split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
