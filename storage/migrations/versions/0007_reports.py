"""What a report is about, when it was written and by whom for whom; which units are without power."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TIME = UTCDateTime()
REPORT: tuple[sa.Column[Any], ...] = (
    sa.Column("kind", sa.String(), nullable=False, server_default="fault"),
    sa.Column("said_at", TIME, nullable=False, server_default="1970-01-01 00:00:00"),
    sa.Column("on_behalf", sa.Boolean(), nullable=False, server_default="0"),
    sa.Column("repeat_of", sa.Integer(), nullable=True),
    sa.Column("channel_id", sa.Integer(), nullable=True),
    sa.Column("withdrawn_at", TIME, nullable=True),
)


def upgrade() -> None:
    with op.batch_alter_table("reports") as reports:
        for column in REPORT:
            reports.add_column(column)
        reports.create_foreign_key("fk_reports_repeat_of", "reports", ["repeat_of"], ["id"])
        reports.create_foreign_key("fk_reports_channel_id", "channels", ["channel_id"], ["id"])
        reports.create_index("ix_reports_person_id", ["person_id"])
    op.execute("UPDATE reports SET said_at = at")
    op.add_column("incidents", sa.Column("power", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("outbox", sa.Column("due", TIME, nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "due")
    op.drop_column("incidents", "power")
    with op.batch_alter_table("reports") as reports:
        reports.drop_index("ix_reports_person_id")
        reports.drop_constraint("fk_reports_channel_id", type_="foreignkey")
        reports.drop_constraint("fk_reports_repeat_of", type_="foreignkey")
        for column in REPORT:
            reports.drop_column(column.name)
