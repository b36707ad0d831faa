"""The session for newcomers."""

import sqlalchemy as sa
from alembic import op

revision = "newcomers"
down_revision = "edition"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "newcomers",
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], ondelete="CASCADE", name=op.f("fk_newcomers_camp_id_camp")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], ondelete="CASCADE",
                                name=op.f("fk_newcomers_session_id_session")),
        sa.PrimaryKeyConstraint("camp_id", name=op.f("pk_newcomers")),
        sa.UniqueConstraint("session_id", name=op.f("uq_newcomers_session_id")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("newcomers")
