from tests.clients.serving import served

__all__ = ["served"]
