"""Windows by chat: their purpose, the team that asked, and what waits for a second press."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("maintenance") as maintenance:
        maintenance.add_column(sa.Column("purpose", AutoString(), nullable=False, server_default="works"))
        maintenance.add_column(sa.Column("team_id", sa.Integer(), nullable=True))
        maintenance.create_foreign_key("fk_maintenance_team_id", "teams", ["team_id"], ["id"])
    with op.batch_alter_table("incidents") as incidents:
        incidents.add_column(sa.Column("muted", sa.Boolean(), nullable=False, server_default="0"))
    op.create_table(
        "maintenance_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hand", AutoString(), nullable=False),
        sa.Column("purpose", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("expires", UTCDateTime(), nullable=False),
        sa.Column("settled", UTCDateTime(), nullable=True),
        sa.Column("outcome", AutoString(), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("maintenance_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"]),
        sa.ForeignKeyConstraint(["settled_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["maintenance_id"], ["maintenance.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_maintenance_drafts_settled", "maintenance_drafts", ["settled"])


def downgrade() -> None:
    op.drop_table("maintenance_drafts")
    with op.batch_alter_table("incidents") as incidents:
        incidents.drop_column("muted")
    with op.batch_alter_table("maintenance") as maintenance:
        maintenance.drop_constraint("fk_maintenance_team_id", type_="foreignkey")
        maintenance.drop_column("team_id")
        maintenance.drop_column("purpose")
