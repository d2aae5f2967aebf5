"""The engine without a database: a catalog file and an answers file in, a menu as JSON or text out."""
