from django.core.handlers.asgi import ASGIHandler

from bench.bare_api.starting import set_up

set_up()
application = ASGIHandler()
