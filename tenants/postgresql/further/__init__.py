"""The backend of the servers beside `default`: they hold organisations, and no table of public."""
