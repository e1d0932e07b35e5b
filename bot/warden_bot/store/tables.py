"""The tables. Every instant is an integer: milliseconds since 1970-01-01 UTC."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

delivery = Table(
    "delivery",
    metadata,
    Column("guid", String(64), primary_key=True),
    Column("event", String(64), nullable=False),
    Column("outcome", String(128), nullable=False),  # "accepted", or why it was ignored
    Column("body", LargeBinary, nullable=False),
    Column("received_at", BigInteger, nullable=False),
)

work = Table(
    "work",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("want", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False, server_default="0"),
    Column("due_at", BigInteger, nullable=False),
    Column("dirty_since", BigInteger, nullable=False),
    Column("owner", String(64)),
    Column("lease_until", BigInteger, nullable=False, server_default="0"),
    Column("fence", BigInteger, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("parked", Boolean, nullable=False, server_default="0"),
    Column("last_error", Text),
    Index("ix_work_due_at", "due_at"),
)

repository = Table(
    "repository",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("installation_id", BigInteger, nullable=False),
    Column("full_name", String(255), nullable=False),
)

log_head = Table(
    "log_head",
    metadata,
    Column("log", String(200), primary_key=True),
    Column("frontier", LargeBinary, nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("digest", String(80), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    Column("log", String(200), ForeignKey("log_head.log"), primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("leaf", LargeBinary, nullable=False),
    Column("leaf_hash", LargeBinary, nullable=False),
    Column("checkpoint", Text, nullable=False),
    Column("repository_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("decision_digest", String(80), ForeignKey("evidence.digest"), nullable=False),
    Column("appended_at", BigInteger, nullable=False),
    Index("ix_entry_repository_id_number", "repository_id", "number"),
)

pull_request = Table(
    "pull_request",
    metadata,
    Column("repository_id", BigInteger, ForeignKey("repository.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("opener", String(255), nullable=False),
    Column("state", String(16), nullable=False),
    Column("head_sha", String(64), nullable=False),
    Column("log", String(200), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("sameness", String(80), nullable=False),
    Column("trouble", Text),
    Column("updated_at", BigInteger, nullable=False),
    Index("ix_pull_request_repository_id_head_sha", "repository_id", "head_sha"),
    Index("ix_pull_request_updated_at", "updated_at"),
)

publication = Table(
    "publication",
    metadata,
    Column("repository_id", BigInteger, ForeignKey("repository.id"), primary_key=True),
    Column("head_sha", String(64), primary_key=True),
    Column("check_run_id", BigInteger),
    Column("digest", String(80)),
    UniqueConstraint("check_run_id"),
)
