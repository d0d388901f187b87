"""Postings: an officer's units, which were one column of the person; registrations; links that replace."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TIME = UTCDateTime()


def upgrade() -> None:
    _add_postings()
    _add_registrations()
    with op.batch_alter_table("invitations") as invitations:
        invitations.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        invitations.create_foreign_key("fk_invitations_replaces_id", "postings", ["replaces_id"], ["id"])
    op.execute(
        "INSERT INTO postings (person_id, unit_id, since) SELECT id, unit_id, CURRENT_TIMESTAMP FROM people "
        "WHERE role = 'can_bo' AND unit_id IS NOT NULL"
    )
    op.execute("UPDATE people SET unit_id = NULL WHERE role = 'can_bo'")


def _add_postings() -> None:
    op.create_table(
        "postings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("units.id"), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("until", TIME, nullable=True),
        sa.Column("begun_by", sa.Integer(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("ended_by", sa.Integer(), sa.ForeignKey("people.id"), nullable=True),
    )
    op.create_index("ix_postings_person_id", "postings", ["person_id"])
    op.create_index("ix_postings_unit_id", "postings", ["unit_id"])
    lasts = sa.text("until IS NULL")
    op.create_index(
        "uq_postings_present", "postings", ["person_id", "unit_id"], unique=True, sqlite_where=lasts
    )


def _add_registrations() -> None:
    op.create_table(
        "registrations",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("begun", TIME, nullable=False),
        sa.Column("expires", TIME, nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("units.id"), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("asked", TIME, nullable=True),
        sa.Column("settled", TIME, nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("decided_by", sa.Integer(), sa.ForeignKey("people.id"), nullable=True),
    )
    op.create_index("ix_registrations_telegram_id", "registrations", ["telegram_id"])
    is_open = sa.text("settled IS NULL")
    op.create_index(
        "uq_registrations_open", "registrations", ["telegram_id"], unique=True, sqlite_where=is_open
    )


def downgrade() -> None:
    op.execute(
        "UPDATE people SET unit_id = (SELECT min(unit_id) FROM postings "
        "WHERE person_id = people.id AND until IS NULL) WHERE role = 'can_bo'"
    )
    with op.batch_alter_table("invitations") as invitations:
        invitations.drop_constraint("fk_invitations_replaces_id", type_="foreignkey")
        invitations.drop_column("replaces_id")
    op.drop_table("registrations")
    op.drop_table("postings")
