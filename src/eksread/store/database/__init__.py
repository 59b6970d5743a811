"""The SQLite file: schema, migrations, connections, locks, opening."""
