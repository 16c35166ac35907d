"""Addresses of the members' pages, on an organisation's host."""

from django.urls import path

from web.views import (
    book,
    chapters,
    commission,
    files,
    importing,
    making,
    notifications,
    outline,
    people,
    profile,
    publishing,
    reading,
    shelf,
)

app_name = "web"

urlpatterns = [
    path("", shelf.shelf, name="shelf"),
    path("making/", shelf.in_the_making, name="in_the_making"),
    path("books/new/", commission.new_book, name="new_book"),
    path("books/import/", importing.bring_book, name="import_book"),
    path("heroes/preview/", commission.hero_preview, name="hero_preview"),
    path("books/<uuid:book_id>/", book.contents, name="book"),
    path("books/<uuid:book_id>/pictures/", book.pictures, name="pictures"),
    path("books/<uuid:book_id>/files/", book.formats, name="formats"),
    path("books/<uuid:book_id>/activity/", book.activity, name="activity"),
    path("books/<uuid:book_id>/details/", book.details, name="details"),
    path("books/<uuid:book_id>/publishing/", publishing.overview, name="publishing"),
    path("books/<uuid:book_id>/publishing/metadata/", publishing.metadata, name="metadata"),
    path("books/<uuid:book_id>/publishing/people/", publishing.contributors, name="contributors"),
    path("books/<uuid:book_id>/publishing/subjects/", publishing.search_subjects, name="subjects"),
    path("books/<uuid:book_id>/publishing/onix/", publishing.onix_file, name="onix"),
    path("books/<uuid:book_id>/publishing/matter/", publishing.new_section, name="new_section"),
    path(
        "books/<uuid:book_id>/publishing/matter/<uuid:section_id>/", publishing.section, name="section"
    ),
    path(
        "books/<uuid:book_id>/publishing/matter/<uuid:section_id>/move/",
        publishing.move_section,
        name="move_section",
    ),
    path(
        "books/<uuid:book_id>/publishing/matter/<uuid:section_id>/remove/",
        publishing.remove_section,
        name="remove_section",
    ),
    path("books/<uuid:book_id>/chapters/<int:number>/part/", publishing.part, name="part"),
    path("books/<uuid:book_id>/progress/", making.progress, name="progress"),
    path("books/<uuid:book_id>/outline/", outline.approve, name="outline"),
    path("books/<uuid:book_id>/cancel/", making.cancel, name="cancel"),
    path("books/<uuid:book_id>/retry/", making.retry, name="retry"),
    path("books/<uuid:book_id>/read/", reading.read, name="read"),
    path("books/<uuid:book_id>/read/<int:number>/", reading.read_chapter, name="read_chapter"),
    path("books/<uuid:book_id>/chapters/<int:number>/rewrite/", chapters.rewrite, name="rewrite"),
    path("books/<uuid:book_id>/chapters/<int:number>/versions/", chapters.versions, name="versions"),
    path(
        "books/<uuid:book_id>/chapters/<int:number>/versions/<int:revision>/",
        chapters.version,
        name="version",
    ),
    path("books/<uuid:book_id>/files/<str:format_>/download/", files.download, name="download"),
    path("books/<uuid:book_id>/pictures/<uuid:picture_id>/", files.picture, name="picture"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/<uuid:notification_id>/", notifications.follow, name="notification"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/link/", people.make_link, name="make_link"),
    path("people/leave/", people.leave, name="leave"),
    path("people/invitations/<uuid:invitation_id>/revoke/", people.revoke, name="revoke_invitation"),
    path("people/<uuid:membership_id>/", people.member, name="member"),
    path("people/<uuid:membership_id>/remove/", people.remove, name="remove_member"),
    path("people/<uuid:membership_id>/hand-over/", people.hand_over, name="hand_over"),
    path("profile/", profile.profile, name="profile"),
]
