"""Migration operations that make the database itself refuse to rewrite history."""

from __future__ import annotations

from django.db import migrations

_APPEND_ONLY = """
CREATE OR REPLACE FUNCTION preceptor_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""

_ONLY_SUPERSEDED = """
CREATE OR REPLACE FUNCTION preceptor_only_superseded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL
       AND to_jsonb(OLD) - 'superseded_at' = to_jsonb(NEW) - 'superseded_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% keeps its history: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""


def ledger_functions() -> migrations.RunSQL:
    """The two trigger functions the ledgers use. Run once, by the foundation."""
    return migrations.RunSQL(
        _APPEND_ONLY + _ONLY_SUPERSEDED,
        "DROP FUNCTION IF EXISTS preceptor_append_only(); DROP FUNCTION IF EXISTS preceptor_only_superseded();",
    )


def append_only(table: str) -> migrations.RunSQL:
    """Makes a table refuse UPDATE and DELETE."""
    return _guard(table, "preceptor_append_only")


def dated_facts(table: str) -> migrations.RunSQL:
    """Makes a table of dated facts refuse DELETE and every UPDATE but setting `superseded_at`."""
    return _guard(table, "preceptor_only_superseded")


def _guard(table: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_history BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}();",
        f"DROP TRIGGER IF EXISTS {table}_history ON {table};",
    )
