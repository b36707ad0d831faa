"""Questions of the organisers with their answers, and figures that outlive the people."""

import sqlalchemy as sa
from alembic import op

revision = "questions"
down_revision = "registration"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "camp_figure",
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_camp_figure_camp_id_camp"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("camp_id", "name", name=op.f("pk_camp_figure")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('text', 'choice', 'several', 'yes-no', 'days')", name=op.f("ck_question_kind")),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_question_camp_id_camp"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    with op.batch_alter_table("question") as batch_op:
        batch_op.create_index(batch_op.f("ix_question_camp_id"), ["camp_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_answer_participant_id_participant"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_question_id_question"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("question_id", "participant_id", name=op.f("pk_answer")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("answer")
    op.drop_table("question")
    op.drop_table("camp_figure")
