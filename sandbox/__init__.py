"""Stand-ins for outside services, for newcomers who have no account with them and for tests.

They run as processes of their own. Nothing here imports the platform, and the platform imports nothing here.
"""
