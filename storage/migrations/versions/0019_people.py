"""People: directives, the journal, preferences, broadcasts, and who is seen in our groups."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TIME = UTCDateTime()


def upgrade() -> None:
    _add_directives()
    _add_journal()
    _add_preferences()
    _add_broadcasts()
    _add_presences()


def _add_directives() -> None:
    op.create_table(
        "directives",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("incident_id", sa.Integer(), sa.ForeignKey("incidents.id"), nullable=True),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.Integer(), nullable=False),
        sa.Column("due", TIME, nullable=False),
        sa.Column("received", TIME, nullable=True),
        sa.Column("received_by", sa.Integer(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("answered", TIME, nullable=True),
        sa.Column("answered_by", sa.Integer(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("last", TIME, nullable=True),
        sa.Column("ring", TIME, nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.UniqueConstraint("source"),
    )
    for column in ("person_id", "incident_id", "ring"):
        op.create_index(f"ix_directives_{column}", "directives", [column])


def _add_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("about_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("units.id"), nullable=True),
        sa.Column("incident_id", sa.Integer(), sa.ForeignKey("incidents.id"), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
    )
    for column in ("at", "person_id", "about_id", "incident_id"):
        op.create_index(f"ix_journal_{column}", "journal", [column])


def _add_preferences() -> None:
    op.create_table(
        "preferences",
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("summary", sa.Boolean(), nullable=False),
        sa.Column("summary_at", sa.String(), nullable=True),
        sa.Column("escalations", sa.Boolean(), nullable=False),
        sa.Column("wide_only", sa.Boolean(), nullable=False),
        sa.Column("breaches", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
    )


def _add_broadcasts() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("units.id"), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("sent", TIME, nullable=True),
        sa.Column("dropped", TIME, nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.UniqueConstraint("source"),
    )


def _add_presences() -> None:
    op.create_table(
        "presences",
        sa.Column("chat", sa.BigInteger(), primary_key=True),
        sa.Column("account", sa.BigInteger(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bot", sa.Boolean(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("left", TIME, nullable=True),
        sa.Column("told", TIME, nullable=True),
    )


def downgrade() -> None:
    for table in ("presences", "broadcasts", "preferences", "journal", "directives"):
        op.drop_table(table)
