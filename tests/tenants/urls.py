"""Pages that tell who was asked by whom."""

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

from config.urls import urlpatterns as real
from tenants.context import current_or_none
from tests.tenants.library.models import Shelf


def whoami(request):
    inside = current_or_none()
    return JsonResponse(
        {
            "organisation": request.organisation and request.organisation.slug,
            "schema": inside and inside.schema,
            "user": request.user.name if request.user.is_authenticated else None,
            "role": request.membership and request.membership.role,
            "language": request.LANGUAGE_CODE,
        }
    )


async def whoami_async(request):
    names = [shelf.name async for shelf in Shelf.objects.order_by("name")]
    user = await request.auser()
    return JsonResponse({"organisation": request.organisation.slug, "shelves": names, "user": user.name})


def shelves(request):
    return StreamingHttpResponse(shelf.name for shelf in Shelf.objects.order_by("name").iterator())


async def shelves_async(request):
    async def names():
        async for shelf in Shelf.objects.order_by("name"):
            yield shelf.name

    return StreamingHttpResponse(names())


def broken(request):
    raise RuntimeError("broken on purpose")


def home(request):
    return HttpResponse("home")


urlpatterns = [
    path("", home),
    path("whoami/", whoami),
    path("whoami-async/", whoami_async),
    path("shelves/", shelves),
    path("shelves-async/", shelves_async),
    path("broken/", broken),
    *real,
]
