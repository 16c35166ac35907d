"""PostgreSQL and Valkey from their wheels, run as children of the command."""
