"""Raw ASGI beside Django: streams that stay open without a thread or a database connection each."""
