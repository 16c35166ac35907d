"""Whatever a member can do on a page, a program can do: each page, and the operations that do the same."""

from __future__ import annotations

from typing import Final

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

# For each page the operations that it stands for, as "METHOD route"; where there are none, why.
PAGES: Final[dict[str, list[str] | str]] = {
    # Books
    "shelf": ["GET book-list"],
    "in_the_making": ["GET job-list"],
    "new_book": ["POST book-list"],
    "import_book": ["POST book-import"],
    "hero_preview": "A drawing beside a form; the hero is drawn in the book.",
    "book": ["GET book-detail", "GET book-chapters"],
    "pictures": ["GET book-pictures"],
    "formats": ["GET book-formats", "GET book-editions"],
    "rebuild": ["POST book-rebuild"],
    "first_pages": ["GET book-first-pages"],
    "keep_edition": ["POST book-editions"],
    "delete_edition": ["DELETE book-edition"],
    "edition_file": ["GET book-edition-file"],
    "design": ["GET book-design", "PATCH book-design", "GET book-themes", "GET book-trims"],
    "stylesheet": ["PATCH book-design"],
    "design_page": "A drawing beside a form; first-pages shows the pages as they were made.",
    "theme_picture": "A drawing beside a form.",
    "printing": ["GET print-package-list", "POST print-package-list"],
    "delete_package": ["DELETE print-package-detail"],
    "print_file": ["GET print-package-interior", "GET print-package-cover"],
    "activity": ["GET book-activity"],
    "details": ["GET book-bible"],
    "book_costs": ["GET book-costs"],
    "publishing": ["GET book-metadata", "GET book-contributors", "GET book-sections"],
    "metadata": ["PATCH book-metadata"],
    "contributors": ["PUT book-contributors"],
    "subjects": ["GET book-subjects", "PATCH book-metadata"],
    "onix": ["GET book-onix"],
    "new_section": ["POST book-sections"],
    "section": ["GET book-section", "PATCH book-section"],
    "move_section": ["PATCH book-section"],
    "remove_section": ["DELETE book-section"],
    "part": ["PUT book-part"],
    "read": ["GET book-chapters"],
    "read_chapter": ["GET book-chapter", "PUT book-chapter"],
    "rewrite": ["POST book-regenerate"],
    "versions": ["GET book-revisions"],
    "version": ["GET book-revision", "GET book-comparison", "POST book-restore"],
    "download": ["GET book-download"],
    "picture": ["GET book-picture", "GET book-cover"],
    "replace_picture": ["PUT book-picture"],
    "original_picture": ["GET book-picture"],
    # Books in the making
    "progress": ["GET job-detail", "GET job-events", "GET job-steps", "POST job-skip-step"],
    "outline": ["GET job-outline", "POST job-approve"],
    "cancel": ["POST job-cancel"],
    "retry": ["POST job-retry"],
    # Batches
    "batches": ["GET batch-list"],
    "new_batch": ["POST batch-list"],
    "batch_example": ["GET batch-example"],
    "batch": ["GET batch-detail", "GET batch-rows", "GET batch-events"],
    "edit_batch": ["PATCH batch-detail"],
    "begin_batch": ["POST batch-begin"],
    "resume_batch": ["POST batch-resume"],
    "retry_batch": ["POST batch-retry"],
    "cancel_batch": ["POST batch-cancel"],
    "delete_batch": ["DELETE batch-detail"],
    "leave_out_doubles": ["POST batch-leave-out-doubles"],
    "batch_table": ["GET batch-results"],
    "batch_files": ["GET batch-files"],
    "batch_row": ["GET batch-row", "PATCH batch-row"],
    "leave_out_row": ["PATCH batch-row"],
    # Oneself
    "notifications": ["GET notification-list", "POST notification-read-all"],
    "unread": ["GET notification-unread"],
    "notification_stream": ["GET notification-events"],
    "notification": ["POST notification-read"],
    "profile": ["GET profile", "PATCH profile", "GET preferences", "PATCH preferences"],
    "own_portrait": ["GET profile-picture", "PUT profile-picture", "DELETE profile-picture"],
    "own_activity": ["GET activity-me"],
    "own_activity_export": ["GET activity-me"],
    # The organisation
    "organisation": ["GET organisation", "PATCH organisation"],
    "keys": ["GET key-list"],
    "new_key": ["POST key-list"],
    "key": ["GET key-detail"],
    "rotate_key": ["POST key-rotate"],
    "revoke_key": ["DELETE key-detail"],
    "requests": ["GET request-list"],
    "webhooks": ["GET webhook-list"],
    "new_webhook": ["POST webhook-list", "GET webhook-events"],
    "webhook": ["GET webhook-detail", "GET webhook-delivery-list"],
    "edit_webhook": ["PATCH webhook-detail"],
    "webhook_secret": ["POST webhook-secret"],
    "rotate_webhook": ["POST webhook-rotate"],
    "test_webhook": ["POST webhook-test"],
    "pause_webhook": ["POST webhook-pause"],
    "resume_webhook": ["POST webhook-resume"],
    "replay_webhook": ["POST webhook-replay-failed"],
    "remove_webhook": ["DELETE webhook-detail"],
    "webhook_delivery": ["GET webhook-delivery-detail"],
    "replay_delivery": ["POST webhook-delivery-replay"],
    "providers": ["GET providers"],
    "provider": ["GET provider", "PUT provider", "POST provider-test"],
    "remove_provider": ["DELETE provider"],
    "file": ["GET file-link", "GET file-download"],
    "holdings": ["GET storage", "GET file-list"],
    "exports": ["GET export-list", "GET export-detail"],
    "ask_for_export": ["POST export-list"],
    "download_export": ["GET export-download"],
    "delete_export": ["DELETE export-detail"],
    "export": ["GET export-link"],
    "delete_organisation": ["POST organisation-deletion"],
    "branding": "A style sheet for browsers; organisation-look tells the colour.",
    "logo": ["GET organisation-logo"],
    "look": ["GET organisation-look", "PUT organisation-look"],
    "set_logo": ["PUT organisation-logo", "DELETE organisation-logo"],
    "single_sign_on": ["GET single-sign-on", "PUT single-sign-on"],
    "require_single_sign_on": ["PUT single-sign-on-requirement", "DELETE single-sign-on-requirement"],
    "remove_single_sign_on": ["DELETE single-sign-on"],
    "domains": ["GET domain-list", "POST domain-list"],
    "choose_host": ["GET domain-address", "PUT domain-address"],
    "domain": ["GET domain-detail", "PATCH domain-detail"],
    "check_domain": ["POST domain-check"],
    "remove_domain": ["DELETE domain-detail"],
    "activity_of_all": ["GET activity-list"],
    "activity_export": ["GET activity-list"],
    # People
    "people": ["GET member-list", "GET invitation-list"],
    "portrait": ["GET member-picture"],
    "invite": ["POST invitation-list"],
    "make_link": ["POST invitation-links"],
    "revoke_invitation": ["DELETE invitation-detail"],
    "join": "For who is no member yet, and has no key.",
    "leave": ["DELETE member-me"],
    "groups": ["GET group-list", "POST group-list"],
    "group": ["GET group-detail", "GET group-members"],
    "edit_group": ["PATCH group-detail"],
    "add_to_group": ["POST group-members"],
    "remove_from_group": ["POST group-remove-members", "DELETE group-member"],
    "delete_group": ["DELETE group-detail"],
    "tiers": ["GET tier-list", "POST tier-list"],
    "rename_tier": ["PATCH tier-detail"],
    "move_tier": ["PUT tier-order"],
    "delete_tier": ["DELETE tier-detail"],
    "give_tier": ["PATCH member-detail"],
    "member": ["GET member-detail", "PATCH member-detail"],
    "remove_member": ["DELETE member-detail"],
    "hand_over": ["POST member-transfer-ownership"],
    # The plan and what is used
    "billing": ["GET subscription"],
    "plans": ["GET plans"],
    "change_plan": ["POST subscription-preview", "POST subscription-checkout", "POST subscription-change"],
    "start_trial": ["POST subscription-trial"],
    "billing_return": "Where a browser comes back from the payment service; payments tell what came of it.",
    "cancel_plan": ["POST subscription-cancel"],
    "keep_plan": ["POST subscription-keep"],
    "pause_plan": ["POST subscription-pause"],
    "resume_plan": ["POST subscription-resume"],
    "change_card": ["POST subscription-card"],
    "covered": ["GET covered-list"],
    "cover": ["PUT covered-detail"],
    "uncover": ["DELETE covered-detail"],
    "billing_details": ["GET billing-profile", "PUT billing-profile"],
    "invoices": ["GET invoice-list"],
    "invoice": ["GET invoice-detail"],
    "invoice_pdf": ["GET invoice-pdf"],
    "send_invoice": ["POST invoice-send"],
    "payments": ["GET payment-list"],
    "usage": ["GET usage"],
    "usage_of_people": ["GET usage-of-members-list"],
    "limits": ["GET limit-list", "POST limit-list"],
    "remove_limit": ["DELETE limit-detail"],
    "costs": ["GET costs", "GET budget"],
    "budget": ["PUT budget"],
}


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for entry in resolver.url_patterns:
        found += patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return found


def pages() -> list[str]:
    return sorted(str(pattern.name) for pattern in patterns(get_resolver("web.urls")))


def operations() -> set[str]:
    """Every operation of the API as "METHOD route"."""
    found = set()
    for pattern in patterns(get_resolver("api.urls")):
        view = getattr(pattern.callback, "cls", None) or pattern.callback.view_class  # type: ignore[attr-defined]
        actions = getattr(pattern.callback, "actions", None)
        for method in ("get", "post", "put", "patch", "delete"):
            if method in actions if actions else hasattr(view, method):
                found.add(f"{method.upper()} {pattern.name}")
    return found


def test_every_page_says_what_does_the_same() -> None:
    assert sorted(set(pages()) - set(PAGES)) == []
    assert sorted(set(PAGES) - set(pages())) == []


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_does_is_there(page: str) -> None:
    told = PAGES[page]
    if isinstance(told, str):
        assert told.endswith(".")
    else:
        assert told
        assert sorted(set(told) - operations()) == []
