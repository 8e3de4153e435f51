"""Trust decisions, the CA files that Motion was given, and tests that were kept."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add empty columns, which no digest covers, and the table of tests."""
    for section in ("imap", "authentication"):
        op.add_column("account", sa.Column(f"{section}.any_certificate_reason", sa.Text()))
        op.add_column("account", sa.Column(f"{section}.any_certificate_review", sa.Text()))
    op.add_column("account", sa.Column("trust.pins", sa.Text()))
    op.add_column("account", sa.Column("trust.authorities", sa.Text()))
    op.add_column("workspace", sa.Column("authorities.entries", sa.Text()))
    op.create_table(
        "test_run",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column(
            "account",
            sa.Text(),
            sa.ForeignKey("account.id", name="fk_test_run_account", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("lab", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
    )
    op.create_index("test_run_of_account", "test_run", ["account", "at"])
