"""Documents: accounts and the workspace as YAML text, one file each, and back.

A document's text opens with ``motion_desk: 1``, ``kind`` (account or workspace) and ``id``; then
come its sections in the order of the page, with every field that is shown and filled in. Secrets
are never in it. References stand by name (a disposition by its path, ``Sold / Upsell``; an action
by its position, ``action 3``), rows as a list of mappings, the rows below a disposition under
``children``, and each action names its type (``action: queue``).
"""

from motion_desk.services.exchange.faults import DocumentError, Fault, Place
from motion_desk.services.exchange.files import LARGEST, load
from motion_desk.services.exchange.reading import Imported, Parsed, parse, read
from motion_desk.services.exchange.reading_references import Missing
from motion_desk.services.exchange.writing import write

__all__ = [
    "LARGEST",
    "DocumentError",
    "Fault",
    "Imported",
    "Missing",
    "Parsed",
    "Place",
    "load",
    "parse",
    "read",
    "write",
]
