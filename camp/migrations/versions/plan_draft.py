"""Plans that are proposed before they are taken."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "plan_draft"
down_revision = "pitch"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "plan_draft",
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("began", "known", "rows", "curve")),
        sa.Column("bound", sa.Integer(), nullable=False),
        sa.Column("made_at", camp.db.Utc(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_plan_draft_camp_id_camp"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_plan_draft_job_id_job"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("camp_id", name=op.f("pk_plan_draft")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("plan_draft")
