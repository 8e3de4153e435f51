"""Variables of one's own: names that templates may use."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add an empty column, which no digest covers."""
    op.add_column("workspace", sa.Column("variables.entries", sa.Text()))
