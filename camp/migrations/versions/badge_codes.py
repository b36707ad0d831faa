"""Blank badges, and codes that count no more."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "badge_codes"
down_revision = "domains"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "blank_badge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_at", camp.db.Utc(), nullable=False),
        sa.Column("printed_at", camp.db.Utc(), nullable=True),
        sa.Column("bound_at", camp.db.Utc(), nullable=True),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_blank_badge_camp_id_camp"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blank_badge")),
        sa.UniqueConstraint("camp_id", "number", name=op.f("uq_blank_badge_camp_id_number")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_blank_badge_code_hash")),
        sa.UniqueConstraint("uid", name=op.f("uq_blank_badge_uid")),
    )
    op.create_index(op.f("ix_blank_badge_camp_id"), "blank_badge", ["camp_id"])
    op.create_table(
        "revoked_code",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("badge_id", sa.Integer(), nullable=False),
        sa.Column("revoked_at", camp.db.Utc(), nullable=False),
        sa.ForeignKeyConstraint(["badge_id"], ["badge.id"], name=op.f("fk_revoked_code_badge_id_badge"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_revoked_code_camp_id_camp"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_revoked_code")),
    )
    op.create_index(op.f("ix_revoked_code_badge_id"), "revoked_code", ["badge_id"])
    op.create_index(op.f("ix_revoked_code_camp_id"), "revoked_code", ["camp_id"])


def downgrade() -> None:
    """Blank badges that nobody has and the knowledge of revoked codes are lost."""
    op.drop_table("revoked_code")
    op.drop_table("blank_badge")
