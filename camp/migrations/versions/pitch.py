"""The pitch round: its line, hands counted, screens, wishes of first-timers, and hosts who are not registered."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "pitch"
down_revision = "badge_codes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.add_column("session", sa.Column("guest", sa.String(), server_default="", nullable=False))
    _make("pitch_round", [
        sa.Column("camp_id", sa.Integer(), nullable=False), sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False), sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("runs_since", camp.db.Utc(), nullable=True), sa.Column("order_number", sa.Integer(), nullable=False),
        sa.Column("began_at", camp.db.Utc(), nullable=True), sa.Column("closed_at", camp.db.Utc(), nullable=True)],
        "camp_id", {"camp_id": "camp"})
    _make("pitch_turn", [
        sa.Column("id", sa.Integer(), nullable=False), sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True), sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False), sa.Column("title", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False), sa.Column("later", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False), sa.Column("edit_number", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=True), sa.Column("joined_at", camp.db.Utc(), nullable=False),
        sa.Column("began_at", camp.db.Utc(), nullable=True), sa.Column("ended_at", camp.db.Utc(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'stage', 'done', 'gone')", name=op.f("ck_pitch_turn_state")),
        sa.UniqueConstraint("nonce", name=op.f("uq_pitch_turn_nonce"))],
        "id", {"camp_id": "camp", "participant_id": "participant", "session_id": "session"})
    for column in ("camp_id", "participant_id", "session_id"):
        op.create_index(op.f(f"ix_pitch_turn_{column}"), "pitch_turn", [column])
    _make("hands", [
        sa.Column("session_id", sa.Integer(), nullable=False), sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("counted_at", camp.db.Utc(), nullable=False)], "session_id", {"session_id": "session"})
    _make("screen", [
        sa.Column("id", sa.Integer(), nullable=False), sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False), sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False), sa.Column("made_at", camp.db.Utc(), nullable=False),
        sa.Column("revoked_at", camp.db.Utc(), nullable=True),
        sa.CheckConstraint("kind IN ('beamer', 'terminal')", name=op.f("ck_screen_kind")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_screen_token_hash"))], "id", {"camp_id": "camp"})
    op.create_index(op.f("ix_screen_camp_id"), "screen", ["camp_id"])
    _make("introduction", [
        sa.Column("participant_id", sa.Integer(), nullable=False), sa.Column("cloud", sa.Boolean(), nullable=False),
        sa.Column("buddy", sa.String(), nullable=False),
        sa.CheckConstraint("buddy IN ('', 'newcomer', 'guide')", name=op.f("ck_introduction_buddy"))],
        "participant_id", {"participant_id": "participant"})


def _make(table: str, parts: list[sa.schema.SchemaItem], key: str, refers: dict[str, str]) -> None:
    op.create_table(table, *parts, sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}")), *(
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="CASCADE")
        for column, other in refers.items()))


def downgrade() -> None:
    """Go back to the schema before."""
    for table in ("introduction", "screen", "hands", "pitch_turn", "pitch_round"):
        op.drop_table(table)
    op.drop_column("session", "guest")
