"""MCP: tools and resources for assistants, which ask the REST API with the caller's own key."""
