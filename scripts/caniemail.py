"""Reduces the data of caniemail to what Motion Desk uses, so that the snapshot can be renewed.

Usage: ``python scripts/caniemail.py FOLDER [TARGET]``, where FOLDER is the unpacked npm package
``caniemail`` (it has ``package.json``, ``LICENSE`` and ``data/caniemail.json``). Writes
``features.json``, ``LICENSE`` and ``README.md`` into TARGET (``resources/caniemail``).

Of each feature it keeps title, category, what the newest tested version of each client says, and
the notes that are named there. How a feature is found in a mail stands in ``detection.json``,
which is Motion Desk's own: where the snapshot brings a feature that is not in it, a test says so.
"""

import json
import re
import shutil
import sys
from pathlib import Path

# Client of the data -> (its name, the family it is shown and counted in). What is not here is
# named as the data names it and belongs to the last family.
OTHERS = "Others"
CLIENTS = {
    "outlook.windows": ("Outlook for Windows", "Outlook for Windows"),
    "outlook.windows-mail": ("Windows Mail", "Outlook for Windows"),
    "outlook.outlook-com": ("Outlook.com", "Outlook.com"),
    "outlook.macos": ("Outlook for Mac", "Outlook for Mac and phones"),
    "outlook.ios": ("Outlook for iOS", "Outlook for Mac and phones"),
    "outlook.android": ("Outlook for Android", "Outlook for Mac and phones"),
    "gmail.desktop-webmail": ("Gmail", "Gmail"),
    "gmail.mobile-webmail": ("Gmail in a phone’s browser", "Gmail"),
    "gmail.ios": ("Gmail for iOS", "Gmail"),
    "gmail.android": ("Gmail for Android", "Gmail"),
    "apple-mail.macos": ("Apple Mail", "Apple Mail"),
    "apple-mail.ios": ("Mail on iPhone and iPad", "Apple Mail"),
    "yahoo.desktop-webmail": ("Yahoo Mail", "Yahoo and AOL"),
    "yahoo.ios": ("Yahoo Mail for iOS", "Yahoo and AOL"),
    "yahoo.android": ("Yahoo Mail for Android", "Yahoo and AOL"),
    "aol.desktop-webmail": ("AOL Mail", "Yahoo and AOL"),
    "aol.ios": ("AOL Mail for iOS", "Yahoo and AOL"),
    "aol.android": ("AOL Mail for Android", "Yahoo and AOL"),
    "thunderbird.macos": ("Thunderbird on macOS", "Thunderbird"),
    "thunderbird.windows": ("Thunderbird on Windows", "Thunderbird"),
    "samsung-email.android": ("Samsung Email", "Samsung Email"),
}
README = """\
# Caniemail: which mail client shows what

Source: the npm package `caniemail`, version {version}, which carries the data of caniemail.com as
of {date}. Its licence (MIT) is in `LICENSE`.

* `features.json`: the data, reduced by `scripts/caniemail.py`. {count} features; for each client
  what its newest tested version says: `y` yes, `a` in part, `n` no, `u` unknown, with the notes.
  Never edited by hand. To renew it, unpack a newer version of the package and run the script on it.
* `detection.json`: Motion Desk's own. How each feature is found in a mail, as a list of the uses
  that count as it (see `motion_desk/services/templates/finished/uses.py` for the words), and which
  features cannot be found, each with the reason.
"""


def plain(text: str) -> str:
    """A note without its Markdown: links as their text, no marks."""
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text).replace("`", "").replace("_", "").strip()


def newest(versions: dict[str, str]) -> tuple[str, list[int]]:
    """Verdict and note numbers of the newest version, the last that the data names."""
    said = list(versions.values())[-1] if versions else "u"
    verdict = said.split()[0] if said.split() else "u"
    return verdict if verdict in "yanu" else "u", [int(n) for n in re.findall(r"#(\d+)", said)]


def reduced(data: dict, version: str) -> dict:
    """The snapshot of the data."""
    seen = {f"{f}.{p}" for each in data["data"] for f, ps in each["stats"].items() for p in ps}
    names = data["nicenames"]
    clients = {key: CLIENTS[key] for key in CLIENTS if key in seen}
    for key in sorted(seen - set(CLIENTS)):
        family, platform = key.split(".")
        label = f"{names['family'].get(family, family)} ({names['platform'][platform]})"
        clients[key] = (label, OTHERS)
    features = {}
    for each in sorted(data["data"], key=lambda each: each["slug"]):
        letters, notes, texts = "", {}, {}
        for place, key in enumerate(clients):
            family, platform = key.split(".")
            verdict, numbers = newest(each["stats"].get(family, {}).get(platform, {}))
            letters += verdict
            known = [n for n in numbers if str(n) in (each["notes_by_num"] or {})]
            if known:
                notes[str(place)] = known
                texts |= {str(n): plain(each["notes_by_num"][str(n)]) for n in known}
        features[each["slug"]] = {"title": each["title"].strip(), "says": letters}
        if notes:
            features[each["slug"]] |= {"notes": notes, "texts": texts}
    return {
        "source": "caniemail",
        "version": version,
        "date": data["last_update_date"].split()[0],
        "clients": [list(each) for each in clients.values()],
        "features": features,
    }


def compact(value: object) -> str:
    """A value as JSON in one line: so that a renewed snapshot can be compared line by line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main() -> int:
    """Write the snapshot; exit code 2 where the folder is not the package."""
    if len(sys.argv) not in (2, 3):
        sys.stderr.write("Usage: python scripts/caniemail.py FOLDER [TARGET]\n")
        return 2
    folder = Path(sys.argv[1])
    default = Path(__file__).parents[1] / "resources" / "caniemail"
    target = Path(sys.argv[2]) if len(sys.argv) == 3 else default
    try:
        version = json.loads((folder / "package.json").read_text("utf-8"))["version"]
        data = json.loads((folder / "data" / "caniemail.json").read_text("utf-8"))
        licence = folder / "LICENSE"
        snapshot = reduced(data, version)
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"{folder} is not an unpacked package “caniemail”: {error!r}\n")
        return 2
    target.mkdir(parents=True, exist_ok=True)
    features = snapshot.pop("features")
    lines = [
        *(f" {compact(key)}: {compact(value)}" for key, value in snapshot.items()),
        ' "features": {\n'
        + ",\n".join(f"  {compact(slug)}: {compact(each)}" for slug, each in features.items())
        + "\n }",
    ]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (target / "features.json").write_text(text, encoding="utf-8", newline="\n")
    readme = README.format(version=version, date=snapshot["date"], count=len(features))
    (target / "README.md").write_text(readme, encoding="utf-8", newline="\n")
    shutil.copyfile(licence, target / "LICENSE")
    return 0


if __name__ == "__main__":
    sys.exit(main())
