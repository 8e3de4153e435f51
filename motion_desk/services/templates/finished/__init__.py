"""Finished: the mail as it will arrive: its text, its message, and what is wrong with it.

The source is read by this package's own reader: ``html.parser`` of Python 3.11 takes 48 s for
60 kB of ``<a <a <a``. No module loads its library or the bundled data before it needs them.
"""
