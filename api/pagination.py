"""Pages by cursor: stable while books are added."""

from rest_framework.pagination import CursorPagination


class NewestFirst(CursorPagination):
    page_size = 25
    max_page_size = 100
    page_size_query_param = "limit"
    ordering = ("-created_at", "-id")
