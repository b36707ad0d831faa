"""What a camp wants of its plan beside the score, and hosts who come late."""

import sqlalchemy as sa
from alembic import op

revision = "plan_wants"
down_revision = "plan_proof"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "plan_wants",
        sa.Column("camp_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("firsts", "apart", "together", "mixed")),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_plan_wants_camp_id_camp"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("camp_id", name=op.f("pk_plan_wants")),
    )
    op.create_table(
        "late_host",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"],
                                name=op.f("fk_late_host_participant_id_participant"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_late_host_slot_id_slot"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_late_host")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("late_host")
    op.drop_table("plan_wants")
