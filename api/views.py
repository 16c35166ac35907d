"""What every view of the API has in common, so that all of them have one shape.

A view says in class attributes what it offers:

- `resource`: what it is about, for keys' scopes.
- `queries`: by action, the parameters that it knows (`api.asking.Query`); others are a 400. The action of a
  view that is no view set is its method, such as "get".
- `orders`: by action, what its lists can be ordered by. The actions that are named here are those that answer
  in pages.
- `heavy`: large columns that stay in the database where `?fields=` does not name them.
- `bytes`: the actions that answer with a file, whatever `Accept` says.
- `stored`: the actions that read or write kept files, whose place may not answer: a 503.
- `outside`: by action, the name of the route that tells what came of asking an outside service.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponseBase
from rest_framework import views, viewsets
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.serializers import BaseSerializer

from api import conditions, fieldsets, idempotency, problems
from api.asking import FIELDS, Query, checked
from api.pagination import PARAMETERS

Row = TypeVar("Row", bound=Model)
AGAIN_IN = 2  # seconds after which to look how far long work is


class Anything(JSONRenderer):
    media_type = "*/*"


class View(views.APIView):
    """One address. Its methods are its actions."""

    queries: ClassVar[Mapping[str, type[Query]]] = {}
    orders: ClassVar[Mapping[str, Sequence[str]]] = {}
    heavy: ClassVar[Sequence[str]] = ()
    bytes: ClassVar[Collection[str]] = ()
    stored: ClassVar[Collection[str]] = ()
    outside: ClassVar[Mapping[str, str]] = {}

    query: dict[str, Any]  # the parameters, checked
    response: Any
    wanted: frozenset[str] | None = None  # the fields asked for; None for all

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """As Django REST framework does it, but the answer is made in here, to be kept and tagged."""
        self.args, self.kwargs = args, kwargs
        self.request = self.initialize_request(request, *args, **kwargs)
        self.headers = self.default_response_headers
        try:
            self.initial(self.request, *args, **kwargs)
            self.response = conditions.tagged(self.request, self._answer(self.request))
        except Exception as error:
            self.response = self._made(self.handle_exception(error))
        return self.response

    def get_renderers(self) -> list[BaseRenderer]:
        """A file is what it is: for whoever takes nothing else, an error is still a problem in JSON."""
        return [*super().get_renderers(), *([Anything()] if self.acting in self.bytes else [])]

    @property
    def acting(self) -> str:
        """The action: a view set's own word for it, else the method."""
        return getattr(self, "action", None) or (self.request.method or "").lower()

    def _answer(self, request: Request) -> HttpResponseBase:
        handler = self._handler(request)
        if handler == self.http_method_not_allowed:
            return self._made(handler(request))
        self._ask(request)
        do = partial(handler, request, *self.args, **self.kwargs)
        if request.method in SAFE_METHODS:
            return self._made(self._narrowed(do()))
        return self._written(request, lambda: self._made(do()))

    def _handler(self, request: Request) -> Callable[..., Any]:
        method = (request.method or "").lower()
        known = method in self.http_method_names
        return getattr(self, method, self.http_method_not_allowed) if known else self.http_method_not_allowed

    def _ask(self, request: Request) -> None:
        """Look at the parameters. Raises `ValidationError`."""
        known: list[str] = []
        if request.method in SAFE_METHODS:
            if self.acting not in self.bytes:
                known.append(FIELDS)
                self.wanted = fieldsets.wanted(request.query_params.get(FIELDS))
            if self.acting in self.orders:
                known += PARAMETERS
        self.query = checked(self.queries.get(self.acting), request.query_params.dict(), known=known)

    def _written(self, request: Request, do: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        asked = idempotency.asked_of(request)
        if conditions.asks_for_state(request):
            do = partial(conditions.guarded, request, do)
        if asked is None:
            return do()
        if look_at := self.outside.get(self.acting):
            address = reverse(look_at, request=request)
            return self._with_headers(
                idempotency.once_outside(asked, do, look_at=address, is_refusal=problems.is_refusal)
            )
        return self._with_headers(idempotency.once(asked, do))

    def _with_headers(self, response: Any) -> HttpResponseBase:
        return self.finalize_response(self.request, response, *self.args, **self.kwargs)

    def _made(self, response: Any) -> HttpResponseBase:
        """The answer with its bytes. Long work tells when to look again."""
        made = self.finalize_response(self.request, response, *self.args, **self.kwargs)
        if made.status_code == 202:
            made.headers.setdefault("Retry-After", str(AGAIN_IN))
        if isinstance(made, Response):
            made.render()
        return made

    def _narrowed(self, response: Any) -> Any:
        if self.wanted is None or not isinstance(response, Response):
            return response
        response.data = fieldsets.narrowed(response.data, self.wanted)
        return response


class ViewSet(View, viewsets.GenericViewSet[Row]):
    """Several addresses about one kind of thing."""

    orders: ClassVar[Mapping[str, Sequence[str]]] = {"list": ("-created_at",)}

    def paginate_queryset(self, queryset: Any) -> Any:
        """Of any kind of thing: a book's pages list its revisions, too."""
        return super().paginate_queryset(queryset)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows = super().filter_queryset(queryset)
        if self.acting not in self.orders:
            return rows
        if kind := self.queries.get(self.acting):
            rows = kind.narrowed(rows, self.query)
        left = [name for name in self.heavy if self.wanted is not None and name not in self.wanted]
        return rows.defer(*left) if left else rows

    def get_serializer(self, *args: Any, **kwargs: Any) -> BaseSerializer[Any]:
        made = super().get_serializer(*args, **kwargs)
        if self.wanted is not None:
            fieldsets.narrow(made, self.wanted)
        return made
