from tests.notifications.test_smtp import inbox  # noqa: F401
