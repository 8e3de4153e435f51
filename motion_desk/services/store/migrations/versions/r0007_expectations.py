"""Expectations: pinned messages and kept scenarios of an account."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add empty columns, which no digest covers."""
    op.add_column("account", sa.Column("expectations.messages", sa.Text()))
    op.add_column("account", sa.Column("expectations.scenarios", sa.Text()))
