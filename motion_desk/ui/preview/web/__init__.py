"""The one door to QtWebEngine, which takes 150 ms to import: imported when a mail is first shown."""
