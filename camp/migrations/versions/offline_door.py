"""The door without network: stations, what a phone decided and the server found, handouts, notes, sources of people."""

import sqlalchemy as sa
from alembic import op

revision = "offline_door"
down_revision = "proposal_fields"
branch_labels = None
depends_on = None

# SQLite adds a column that refers to another table, but no constraint afterwards; PostgreSQL reads the same words.
_PARTICIPANT = "ALTER TABLE scan ADD COLUMN participant_id INTEGER CONSTRAINT fk_scan_participant_id_participant REFERENCES participant (id)"
_HANDOUT = "ALTER TABLE scan ADD COLUMN handout_id INTEGER CONSTRAINT fk_scan_handout_id_handout REFERENCES handout (id)"


def upgrade() -> None:
    """Go to this schema; no table is built anew."""
    op.create_table(
        "handout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_handout_participant_id_participant"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_handout_device_id_device"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handout")),
        sa.UniqueConstraint("participant_id", "station", "day", name=op.f("uq_handout_participant_id_station_day")),
    )
    op.create_table(
        "door_note",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_door_note_participant_id_participant"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_door_note")),
    )
    for table in ("device", "pairing_code"):
        op.add_column(table, sa.Column("station", sa.String(), server_default="door", nullable=False))
        op.add_column(table, sa.Column("once", sa.String(), server_default="day", nullable=False))
        op.add_column(table, sa.Column("drill", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("participant", sa.Column("source", sa.String(), server_default="", nullable=False))
    op.add_column("scan", sa.Column("act", sa.String(), server_default="scan", nullable=False))
    op.add_column("scan", sa.Column("decision", sa.String(), server_default="", nullable=False))
    op.add_column("scan", sa.Column("code_hash", sa.String(), nullable=True))
    op.add_column("scan", sa.Column("received_at", sa.DateTime(), nullable=True))
    op.add_column("scan", sa.Column("offset_ms", sa.Integer(), nullable=True))
    op.add_column("scan", sa.Column("undone_at", sa.DateTime(), nullable=True))
    op.execute(_PARTICIPANT)
    op.execute(_HANDOUT)
    op.execute("UPDATE scan SET participant_id = (SELECT participant_id FROM badge WHERE badge.id = scan.badge_id), decision = verdict")
    op.create_index("ix_scan_participant_id", "scan", ["participant_id"])
    op.create_index("ix_scan_admission_id", "scan", ["admission_id"])


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_index("ix_scan_admission_id", "scan")
    op.drop_index("ix_scan_participant_id", "scan")
    for column in ("handout_id", "participant_id", "undone_at", "offset_ms", "received_at", "code_hash", "decision", "act"):
        op.drop_column("scan", column)
    op.drop_column("participant", "source")
    for table in ("pairing_code", "device"):
        for column in ("drill", "once", "station"):
            op.drop_column(table, column)
    op.drop_table("door_note")
    op.drop_table("handout")
