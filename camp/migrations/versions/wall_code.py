"""Proposals that come without an account, and the code on the wall that leads to them."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "wall_code"
down_revision = "hosts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "wall_code",
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], ondelete="CASCADE",
                                name=op.f("fk_wall_code_camp_id_camp")),
        sa.PrimaryKeyConstraint("camp_id", name=op.f("pk_wall_code")),
    )
    op.create_table(
        "guest_proposal",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("network_hash", sa.String(), nullable=False),
        sa.Column("made_at", camp.db.Utc(), nullable=False),
        sa.Column("seen_at", camp.db.Utc(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], ondelete="CASCADE",
                                name=op.f("fk_guest_proposal_session_id_session")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_guest_proposal")),
    )
    op.create_index(op.f("ix_guest_proposal_made_at"), "guest_proposal", ["made_at"])


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("guest_proposal")
    op.drop_table("wall_code")
