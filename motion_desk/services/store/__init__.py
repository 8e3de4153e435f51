"""The store: one workspace is one database file, used from one thread."""

from typing import TYPE_CHECKING, Any

from motion_desk.services.store.errors import Conflict, Reason, WorkspaceError

if TYPE_CHECKING:
    from motion_desk.services.store.store import Store

__all__ = ["Conflict", "Reason", "Store", "WorkspaceError"]


def __getattr__(name: str) -> Any:
    """Import SQLAlchemy only when ``Store`` is asked for, so that its errors are free to import."""
    if name == "Store":
        from motion_desk.services.store.store import Store

        return Store
    raise AttributeError(name)
