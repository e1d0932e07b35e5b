"""The only place that knows a database: tables, statements, and the one writer."""
