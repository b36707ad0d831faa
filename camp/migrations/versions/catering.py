"""Meals are ordered by a deadline, from which the figures are frozen."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "catering"
down_revision = "invitations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "catering_order",
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("order_by", camp.db.Utc(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("frozen_at", camp.db.Utc(), nullable=True),
        sa.Column("frozen", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_catering_order_camp_id_camp"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("camp_id", name=op.f("pk_catering_order")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("catering_order")
