"""What is proven of a camp's plan."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "plan_proof"
down_revision = "offline_door"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "plan_proof",
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("bound", sa.Double(), nullable=False),
        sa.Column("closer", sa.Boolean(), nullable=False),
        sa.Column("made_at", camp.db.Utc(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_plan_proof_camp_id_camp"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("camp_id", name=op.f("pk_plan_proof")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("plan_proof")
