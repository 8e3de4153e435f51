"""Start: from the process to the first painted window, and to the filled list of accounts."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, alternated, median_ms

TELL = """
import sys, time, os
def tell(name):
    print(name, time.monotonic() - float(sys.argv[1]), flush=True)
"""

BARE = f"""{TELL}
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        tell("painted")
        QApplication.quit()
app = QApplication([])
window = Window()
window.resize(1320, 840)
window.show()
app.exec()
os._exit(0)
"""

OURS = f"""{TELL}
import gc
gc.disable()
from pathlib import Path
from motion_desk.app import Application
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
class Watch(QObject):
    painted = False
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and not self.painted:
            self.painted = True
            tell("painted")
        return False
app = QApplication([])
application = Application(app)
watch = Watch()
heavy = ("alembic", "msal", "keyring", "imapclient", "jinja2", "PySide6.QtWebEngineCore")
def filled():
    tell("filled")
    found = [name for name in heavy if name in sys.modules]
    os._exit(1 if found else 0)
application.opened.connect(lambda console: console.listed.connect(filled))
window = application.begin(Path(os.environ["BENCH_WORKSPACE"]), "open")
window.installEventFilter(watch)
app.exec()
"""

FLOOR = f"""{TELL}
import gc
gc.disable()
from motion_desk.app import Application
from PySide6.QtWidgets import QApplication
from PySide6.QtCore import QEvent, QObject, QTimer
class Watch(QObject):
    painted = False
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and not self.painted:
            self.painted = True
            tell("painted")
            QTimer.singleShot(0, app, query)
        return False
def query():
    import sqlalchemy
    engine = sqlalchemy.create_engine("sqlite:///" + os.environ["BENCH_WORKSPACE"])
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text("select id from account")).all()
    tell("filled")
    app.quit()
app = QApplication([])
application = Application(app)
application.open = lambda path, how, window: None
watch = Watch()
window = application.begin(None, "open")
window.installEventFilter(watch)
app.exec()
os._exit(0)
"""

HELP = f"""{TELL}
sys.argv = [sys.argv[0], sys.argv[1], "--help"]
started = float(sys.argv.pop(1))
import io, contextlib
from motion_desk.__main__ import main
with contextlib.redirect_stdout(io.StringIO()):
    try:
        main()
    except SystemExit:
        pass
print("helped", time.monotonic() - started)
assert "PySide6" not in sys.modules and "sqlalchemy" not in sys.modules
"""

GROUP = f"""{TELL}
started = float(sys.argv.pop(1))
sys.argv.append("--help")
import io, contextlib
import click
@click.group(invoke_without_command=True)
@click.option("--workspace", help="The workspace file to work on, in place of the default one.")
@click.option("--demo", is_flag=True, help="Open a demo workspace with five sample accounts.")
@click.version_option("0.1.0")
def group(**_):
    "Prepare, check and preview the email accounts of an XCALLY Motion server, offline."
for name in ("check", "export", "import", "reference", "schema"):
    group.command(name, short_help="Something that is said in a line.")(lambda: None)
with contextlib.redirect_stdout(io.StringIO()):
    try:
        group(prog_name="motion-desk")
    except SystemExit:
        pass
print("helped", time.monotonic() - started)
"""


def figures() -> Iterator[Figure]:
    """Measure the start of the window and of the command line."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["MOTION_DESK_HOME"] = home
        path = Path(home) / "bench.motiondesk"
        from motion_desk.services import demo
        from motion_desk.services.secrets import Secrets

        demo.create(path, Secrets(system=False))
        os.environ["BENCH_WORKSPACE"] = str(path)
        bare, ours, floor = alternated(BARE, OURS, FLOOR)
    painted = median_ms(ours, "painted")
    yield Figure(
        "process → first painted window, against a bare QMainWindow",
        painted,
        median_ms(bare, "painted"),
        2,
    )
    filled, least = median_ms(ours, "filled"), median_ms(floor, "filled")
    yield Figure(
        "process → list of accounts filled, against the same window + SQLAlchemy + a query",
        filled,
        least,
        1.25,
    )
    helped, group = alternated(HELP, GROUP)
    yield Figure(
        "`motion-desk --help`, against an empty click group",
        median_ms(helped, "helped"),
        median_ms(group, "helped"),
        1.3,
    )
