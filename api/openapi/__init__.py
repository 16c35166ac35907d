"""The API's description in OpenAPI 3.1: what is said of every operation, and where it is served."""
