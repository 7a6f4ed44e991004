"""Make the table of who sent a suggestion: the one place of their address, apart from what they said."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "sender",
        sa.Column("number", kind, primary_key=True, autoincrement=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("email", sa.Text),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True)),
        sqlite_autoincrement=True,
    )
    op.create_index("sender_subject", "sender", ["subject"])


def downgrade() -> None:
    """Refuse: going back would throw away what people said."""
    raise NotImplementedError("A workspace is never brought back to an older form.")
