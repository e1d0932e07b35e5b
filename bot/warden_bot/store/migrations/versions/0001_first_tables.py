"""The first tables: deliveries, work, the log with its evidence, and what was published."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table of the first release."""

    op.create_table(
        "delivery",
        sa.Column("guid", sa.String(length=64), nullable=False),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=128), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guid", name=op.f("pk_delivery")),
    )
    op.create_table(
        "evidence",
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_evidence")),
    )
    op.create_table(
        "log_head",
        sa.Column("log", sa.String(length=200), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_log_head")),
    )
    op.create_table(
        "repository",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("installation_id", sa.BigInteger(), nullable=False),
        sa.Column("full_name", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repository")),
    )
    op.create_table(
        "work",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("want", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("dirty_since", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("fence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("parked", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_work")),
    )
    op.create_index("ix_work_due_at", "work", ["due_at"], unique=False)
    op.create_table(
        "entry",
        sa.Column("log", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False),
        sa.Column("checkpoint", sa.Text(), nullable=False),
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("decision_digest", sa.String(length=80), nullable=False),
        sa.Column("appended_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_digest"], ["evidence.digest"], name=op.f("fk_entry_decision_digest")
        ),
        sa.ForeignKeyConstraint(["log"], ["log_head.log"], name=op.f("fk_entry_log")),
        sa.PrimaryKeyConstraint("log", "sequence", name=op.f("pk_entry")),
    )
    op.create_index(
        "ix_entry_repository_id_number", "entry", ["repository_id", "number"], unique=False
    )
    op.create_table(
        "publication",
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("head_sha", sa.String(length=64), nullable=False),
        sa.Column("check_run_id", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["repository_id"], ["repository.id"], name=op.f("fk_publication_repository_id")
        ),
        sa.PrimaryKeyConstraint("repository_id", "head_sha", name=op.f("pk_publication")),
        sa.UniqueConstraint("check_run_id", name=op.f("uq_publication_check_run_id")),
    )
    op.create_table(
        "pull_request",
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opener", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("head_sha", sa.String(length=64), nullable=False),
        sa.Column("log", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("sameness", sa.String(length=80), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["repository_id"], ["repository.id"], name=op.f("fk_pull_request_repository_id")
        ),
        sa.PrimaryKeyConstraint("repository_id", "number", name=op.f("pk_pull_request")),
    )
    op.create_index(
        "ix_pull_request_repository_id_head_sha",
        "pull_request",
        ["repository_id", "head_sha"],
        unique=False,
    )
    op.create_index("ix_pull_request_updated_at", "pull_request", ["updated_at"], unique=False)
