"""Texts that were copied from another camp wait to be checked; a slot without sessions says why."""

import sqlalchemy as sa
from alembic import op

revision = "cloning"
down_revision = "newcomers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.add_column("camp_text", sa.Column("unchecked", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("slot", sa.Column("reason", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_column("slot", "reason")
    op.drop_column("camp_text", "unchecked")
