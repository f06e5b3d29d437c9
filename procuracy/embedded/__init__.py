"""The servers Procuracy brings along: PostgreSQL and Valkey, started as its own child processes.

Nothing here needs Django, so that it works before there is a database.
"""
