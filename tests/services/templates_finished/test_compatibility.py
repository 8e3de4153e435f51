"""Compatibility finds each feature where it is used, and scores by the formula that it states."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from motion_desk.services.templates.finished.compatibility import (
    FORMULA,
    LOST,
    LOST_IN_PART,
    Verdict,
    score,
    scores_by_family,
    snapshot,
)
from motion_desk.services.templates.finished.review import review
from tests.services.templates_finished.mails import newsletter

ROOT = Path(__file__).parents[3]
EXAMPLES = [
    [part.strip() for part in line.split(" | ")]
    for line in Path(__file__).with_name("examples.txt").read_text("utf-8").splitlines()[1:]
]


def mail(example: str) -> str:
    """An example as HTML: CSS in <style>, a declaration in a style attribute."""
    if example.startswith("<"):
        return example
    if "{" in example or example.startswith("@"):
        return f"<style>{example}</style>"
    return f"<p style='{example}'>x</p>"


def slugs(html: str) -> set[str]:
    return {each.feature.slug for each in review(html).used}


@pytest.mark.parametrize(("slug", "uses", "other"), EXAMPLES, ids=[each[0] for each in EXAMPLES])
def test_a_feature_is_found_where_it_is_used_and_nowhere_else(
    slug: str, uses: str, other: str
) -> None:
    assert slug in slugs(mail(uses))
    assert slug not in slugs(mail(other))


def test_every_feature_of_the_snapshot_is_found_or_says_why_not() -> None:
    known = snapshot()
    found = {slug for slugs in known.slugs_by_word.values() for slug in slugs}
    assert found | set(known.undetectable) == set(known.features)
    assert not found & set(known.undetectable)
    assert found == {each[0] for each in EXAMPLES}


def test_a_use_knows_its_first_place_and_how_often() -> None:
    found = review('<p>a</p>\n  <p style="padding:1px">b</p><p style="padding:2px">c</p>')
    [padding] = [each for each in found.used if each.feature.slug == "css-padding"]
    assert padding.count == 2
    [remark] = [each for each in found.remarks if each.values.get("feature") == "padding"]
    assert (remark.line, remark.column) == (2, 13)


def test_a_place_in_a_style_sheet_is_that_of_the_source() -> None:
    found = review("<style>\np { color: red }\n  a:hover { color: red }</style>")
    [remark] = [each for each in found.remarks if each.values.get("feature") == ":hover"]
    assert (remark.line, remark.column) == (3, 5)


def test_clients_are_grouped_by_family_and_say_their_notes() -> None:
    padding = snapshot().features["css-padding"]
    assert next(iter(padding.by_family)) == "Outlook for Windows"
    outlook = padding.by_family["Outlook for Windows"][0]
    assert outlook.verdict is Verdict.PARTLY
    assert outlook.notes[0] == "Partial. Only supported on table cells."
    assert padding.page == "https://www.caniemail.com/features/css-padding/"


def test_the_share_counts_tested_clients_that_show_a_feature() -> None:
    known = snapshot()
    feature = known.features["css-display-flex"]
    tested = [each for each in feature.supports if each.verdict is not Verdict.UNKNOWN]
    yes = [each for each in tested if each.verdict is Verdict.YES]
    assert feature.share == len(yes) / len(tested)
    [remark] = [
        each
        for each in review('<p style="display:flex">x</p>').remarks
        if each.values.get("feature") == "display:flex"
    ]
    assert remark.share == feature.share


def test_the_score_is_what_the_formula_says() -> None:
    used = review('<p style="display:flex">x</p>').used
    by_hand = {}
    for family in snapshot().families:
        points = 100.0
        for each in used:
            verdicts = [
                one.verdict
                for one in each.feature.by_family.get(family, ())
                if one.verdict is not Verdict.UNKNOWN
            ]
            for verdict in verdicts:
                points -= {Verdict.NO: LOST, Verdict.PARTLY: LOST_IN_PART}.get(verdict, 0) / len(
                    verdicts
                )
        by_hand[family] = max(0.0, points)
    assert scores_by_family(used) == pytest.approx(by_hand)
    assert score(used) == round(sum(by_hand.values()) / len(by_hand))
    assert f"{LOST:g}" in FORMULA
    assert f"{LOST_IN_PART:g}" in FORMULA


def test_plain_text_scores_full_and_more_features_never_raise_a_score() -> None:
    assert review("just text").score == 100
    simple, rich = (
        newsletter(5_000),
        newsletter(5_000).replace("padding", "display:grid;filter:blur(1px);padding"),
    )
    assert review(rich).score < review(simple).score
    assert min(scores_by_family(review(rich).used).values()) >= 0


def test_the_snapshot_is_small_and_names_its_source_and_licence() -> None:
    folder = ROOT / "resources" / "caniemail"
    assert (folder / "features.json").stat().st_size <= 300_000
    known = snapshot()
    readme = (folder / "README.md").read_text("utf-8")
    assert known.version in readme
    assert known.date in readme
    assert "MIT" in (folder / "LICENSE").read_text("utf-8")


def test_the_script_reduces_a_package_to_the_snapshot(tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "data").mkdir(parents=True)
    (package / "package.json").write_text('{"version": "9.9"}')
    (package / "LICENSE").write_text("MIT")
    data = {
        "last_update_date": "2030-01-02 00:00:00 +0000",
        "nicenames": {"family": {"hey": "HEY"}, "platform": {"ios": "iOS"}},
        "data": [
            {
                "slug": "css-x",
                "title": "x ",
                "stats": {
                    "gmail": {"ios": {"2019": "y", "2020": "a #1 #7"}},
                    "hey": {"ios": {}},
                },
                "notes_by_num": {"1": "Only `x` of [this](https://a.example)."},
            }
        ],
    }
    (package / "data" / "caniemail.json").write_text(json.dumps(data))
    script = ROOT / "scripts" / "caniemail.py"
    run = subprocess.run(
        [sys.executable, script, package, tmp_path], check=False, capture_output=True, text=True
    )
    assert (run.returncode, run.stderr) == (0, "")
    made = json.loads((tmp_path / "features.json").read_text("utf-8"))
    assert (made["version"], made["date"]) == ("9.9", "2030-01-02")
    assert made["clients"] == [["Gmail for iOS", "Gmail"], ["HEY (iOS)", "Others"]]
    assert made["features"]["css-x"] == {
        "title": "x",
        "says": "au",
        "notes": {"0": [1]},
        "texts": {"1": "Only x of this."},
    }


def test_the_script_says_what_is_no_package(tmp_path: Path) -> None:
    script = ROOT / "scripts" / "caniemail.py"
    run = subprocess.run(
        [sys.executable, script, tmp_path], check=False, capture_output=True, text=True
    )
    assert run.returncode == 2
    assert "is not an unpacked package" in run.stderr
    assert "Traceback" not in run.stderr
