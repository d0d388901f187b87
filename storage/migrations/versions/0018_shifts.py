"""Shifts: the roster, hand-overs, who last did something about a ticket, and calls by a second way."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TIME = UTCDateTime()


def upgrade() -> None:
    _add_shifts()
    _add_handovers()
    _add_second_calls()
    with op.batch_alter_table("incidents") as incidents:
        incidents.add_column(sa.Column("tended", TIME, nullable=True))
        incidents.add_column(sa.Column("handed_over", TIME, nullable=True))
    op.execute("UPDATE incidents SET tended = acknowledged WHERE status != 'closed'")


def _add_shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("first_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("second_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=True),
        sa.UniqueConstraint("day", "begins"),
    )


def _add_handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("giver_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("taker_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("asked", TIME, nullable=False),
        sa.Column("asked_by", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("rung", TIME, nullable=True),
        sa.Column("settled", TIME, nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
    )
    op.create_index("ix_handovers_settled", "handovers", ["settled"])
    is_open = sa.text("settled IS NULL")
    op.create_index("uq_handovers_open", "handovers", ["giver_id"], unique=True, sqlite_where=is_open)


def _add_second_calls() -> None:
    op.create_table(
        "second_calls",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("incident_id", sa.Integer(), sa.ForeignKey("incidents.id"), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.UniqueConstraint("letter_id", "name"),
    )
    op.create_index("ix_second_calls_incident_id", "second_calls", ["incident_id"])


def downgrade() -> None:
    with op.batch_alter_table("incidents") as incidents:
        incidents.drop_column("handed_over")
        incidents.drop_column("tended")
    op.drop_table("second_calls")
    op.drop_table("handovers")
    op.drop_table("shifts")
