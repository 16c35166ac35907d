from django.urls import path

from bench.bare_api.views import Books, ChapterText, OneBook

urlpatterns = [
    path("api/v1/books/", Books.as_view()),
    path("api/v1/books/<uuid:pk>/", OneBook.as_view(), name="book"),
    path("api/v1/books/<uuid:pk>/chapters/<int:number>/", ChapterText.as_view()),
]
