"""The schemas of organisations: how they are made, and kept in step with the migrations."""
