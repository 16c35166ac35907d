"""REST v1: everything that a member does in the web app, for programs."""
