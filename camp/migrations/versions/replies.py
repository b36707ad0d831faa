"""What the hosts of sessions without a cell were told."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "replies"
down_revision = "pictures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "reply",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", camp.db.Utc(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('table', 'second', 'next')", name=op.f("ck_reply_kind")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reply_person_id_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_reply_session_id_session"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_reply")),
    )


def downgrade() -> None:
    """Go back; the answers are lost."""
    op.drop_table("reply")
