"""Services with their probes and owners; tickets of a service, and tickets of a suspicion."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TIME = UTCDateTime()
LIVE = sa.text("service_id IS NOT NULL AND status != 'closed'")
TICKET: tuple[sa.Column[Any], ...] = (
    sa.Column("service_id", sa.Integer(), nullable=True),
    sa.Column("service_probed", sa.Boolean(), nullable=False, server_default="0"),
    sa.Column("failing", TIME, nullable=True),
    sa.Column("heard", TIME, nullable=True),
    sa.Column("security", sa.Boolean(), nullable=False, server_default="0"),
)


def upgrade() -> None:
    op.create_table(
        "services",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("code", sa.String(), nullable=False, unique=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("units.id"), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("retired_at", TIME, nullable=True),
    )
    with op.batch_alter_table("series") as series:
        series.add_column(sa.Column("service_id", sa.Integer(), nullable=True))
        series.create_foreign_key("fk_series_service_id", "services", ["service_id"], ["id"])
        series.create_index("ix_series_service_id", ["service_id"])
        series.create_unique_constraint("uq_series_of_service", ["service_id", "url", "vantage_id"])
        series.create_check_constraint("one_owner", "channel_id IS NULL OR service_id IS NULL")
    with op.batch_alter_table("incidents") as incidents:
        for column in TICKET:
            incidents.add_column(column)
        incidents.create_foreign_key("fk_incidents_service_id", "services", ["service_id"], ["id"])
    op.create_index("uq_incidents_of_service", "incidents", ["service_id"], unique=True, sqlite_where=LIVE)


def downgrade() -> None:
    op.drop_index("uq_incidents_of_service", "incidents")
    with op.batch_alter_table("incidents") as incidents:
        incidents.drop_constraint("fk_incidents_service_id", type_="foreignkey")
        for column in TICKET:
            incidents.drop_column(column.name)
    with op.batch_alter_table("series") as series:
        series.drop_constraint("one_owner", type_="check")
        series.drop_constraint("uq_series_of_service", type_="unique")
        series.drop_index("ix_series_service_id")
        series.drop_constraint("fk_series_service_id", type_="foreignkey")
        series.drop_column("service_id")
    op.drop_table("services")
