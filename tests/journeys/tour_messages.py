"""The tour's fourth part: what happens to a message, and the conversations that are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from motion_desk.models.choices import Verdict
from tests.journeys import answering, interacting, planning, timelines, trial
from tests.journeys.driver import Answers, Driver

Step = Callable[[str, str, Callable[[], object]], None]
ACCOUNT = "Customer care"
LOOPING = "Outlet marketplace"
PEOPLE = ("Sofia Marchetti", "Noah Weber", "Lucía Ortega", "Émile Dubois", "Aiko Tanaka")
SUBJECTS = (
    "My lamp arrived broken",
    "Where is my order?",
    "Invoice 2026-118",
    "Thank you",
    "Return",
)
LABELS = """Level 1,Level 2,Level 3,Description
Order,Changed,Voucher,A code that was forgotten
Praise,,,A kind word
"""


def walk(driver: Driver, answers: Answers, step: Step) -> None:
    """Show what becomes of messages by the settings of an account, and leave them as they were."""
    driver.open(ACCOUNT)
    step("tries header filters on messages", "trial", partial(_tried, driver))
    step("shows what a rule found", "trial-found", partial(_found, driver))
    step("offers a scanner's filters", "filter-presets", partial(_presets, driver))
    step("leads a message to its end", "timeline", partial(_led, driver))
    step(
        "tells the worst case while a wait is dragged", "timeline-waits", partial(_dragged, driver)
    )
    driver.command("undo")
    step("draws the plan beside its list", "flow", partial(_drawn, driver, ACCOUNT))
    step("tells a plan that goes round", "flow-circle", partial(_drawn, driver, LOOPING))
    driver.open(ACCOUNT)
    with TemporaryDirectory() as folder:
        step(
            "shows what a CSV file would do",
            "dispositions-csv",
            partial(_csv, driver, answers, Path(folder)),
        )
        driver.find("csv-import").reject()
        driver.settled()
        step("keeps conversations", "interactions", partial(_kept, driver, answers, Path(folder)))
    step("reads one", "interaction", partial(_read, driver))


def _tried(driver: Driver) -> None:
    trial.open_trial(driver)
    trial.read_samples(driver)
    assert trial.lines(driver)


def _found(driver: Driver) -> None:
    verdicts = trial.verdicts(driver)
    trial.choose(driver, next(t for t in verdicts if verdicts[t] is Verdict.REJECT), 1)
    bar = driver.page.verticalScrollBar()
    bar.setValue(bar.maximum())


def _presets(driver: Driver) -> None:
    driver.section("advanced")
    driver.find("filter-presets").show_preset("spamassassin")
    driver.rest()
    driver.page.ensureWidgetVisible(driver.find("filter-presets"))


def _led(driver: Driver) -> None:
    timelines.open_timeline(driver)
    timelines.arrange(driver, "nobody")
    assert timelines.events(driver)


def _dragged(driver: Driver) -> None:
    before = timelines.worst_case(driver)
    timelines.drag(driver, "settings.wait_agent", 600)
    assert timelines.worst_case(driver) != before


def _drawn(driver: Driver, name: str) -> None:
    driver.open(name)
    driver.section("actions")
    driver.settled()
    assert planning.drawn(driver)
    assert bool(planning.looped(driver)) is (name == LOOPING)


def _csv(driver: Driver, answers: Answers, folder: Path) -> None:
    path = folder / "labels.csv"
    path.write_text(LABELS, encoding="utf-8")
    answering.preview(driver, answers, "dispositions", path)
    assert answering.told(driver)


def _kept(driver: Driver, answers: Answers, folder: Path) -> None:
    path = folder / "export.csv"
    path.write_text("\n".join(_export()), encoding="utf-8")
    interacting.open_interactions(driver, ACCOUNT)
    interacting.import_file(driver, answers, path)
    driver.press("interactions-import:import")
    assert interacting.errand(driver).startswith("Imported: 60 new conversations")
    interacting.read_mailbox(driver, "the 50 newest messages")


def _export() -> Sequence[str]:
    header = "ID,Contact,Subject,Started At,Last Message,Status,Substatus,Tags,User,Read"
    rows = [
        f"{4000 + n},{PEOPLE[n % 5]},{SUBJECTS[n % 5]},2026-10-{1 + n % 28:02} 09:{n % 60:02},"
        f"2026-11-{1 + n % 20:02} 14:{n % 60:02},{'Open' if n % 3 else 'Closed'},"
        f"{'Waiting' if n % 3 == 1 else ''},{'Late delivery' if n % 7 == 0 else ''},"
        f"{'Chiara Bonetti' if n % 2 else 'Davide Furlan'},{0 if n % 4 == 0 else 1}"
        for n in range(60)
    ]
    return [header, *rows]


def _read(driver: Driver) -> None:
    lines = interacting.lines(driver)
    interacting.choose(driver, next(n for n, each in enumerate(lines) if each.conversation.letters))
