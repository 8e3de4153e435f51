"""From where a test was made that was not made from this workstation."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add an empty column, which no digest covers."""
    op.add_column("test_run", sa.Column("vantage", sa.Text()))
