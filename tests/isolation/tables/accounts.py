"""allauth's pages and ours beside them: signing in, and what concerns an account alone."""

from __future__ import annotations

from dataclasses import replace

from tests.isolation.audiences import ADDRESSEE, ANYBODY, SIGNED_IN
from tests.isolation.routes import Route, page

# allauth's views take POST and PUT alike and answer what they do not know with a page of their own.
OPEN = page(GET=ANYBODY, POST=ANYBODY, PUT=ANYBODY, lenient=True)
OWN = page(GET=SIGNED_IN, POST=SIGNED_IN, PUT=SIGNED_IN, lenient=True)

PASSWORD: dict[str, Route] = {
    "account_login": OPEN,
    "account_logout": OPEN,
    "account_inactive": OPEN,
    "account_signup": OPEN,
    "account_reauthenticate": OWN,
    "account_email": OWN,
    "account_email_verification_sent": OPEN,
    "account_change_password": OWN,
    "account_set_password": OWN,
    "account_reset_password": OPEN,
    "account_confirm_login_code": OPEN,
    "account_confirm_email": page("key=nothing", GET=ANYBODY, POST=ANYBODY, PUT=ANYBODY, lenient=True),
    "account_reset_password_from_key_done": OPEN,
    "account_reset_password_from_key": page(
        "uidb36=author_uid", "key=nothing", GET=ANYBODY, POST=ANYBODY, PUT=ANYBODY, lenient=True
    ),
    "account_reset_password_done": OPEN,
    "mfa_authenticate": OPEN,
}
ACCOUNT: dict[str, Route] = {
    "mfa_index": OWN,
    "mfa_login_webauthn": OPEN,
    "mfa_reauthenticate": OWN,
    "mfa_activate_totp": OWN,
    "mfa_deactivate_totp": OWN,
    "mfa_view_recovery_codes": OWN,
    "mfa_generate_recovery_codes": OWN,
    "mfa_download_recovery_codes": OWN,
    "mfa_list_webauthn": OWN,
    "mfa_add_webauthn": OWN,
    "mfa_reauthenticate_webauthn": OWN,
    "mfa_edit_webauthn": page(
        "pk=authenticator_id", GET=ADDRESSEE, POST=ADDRESSEE, body={"name": "Other"}, lenient=True
    ),
    "mfa_remove_webauthn": page("pk=authenticator_id", GET=ADDRESSEE, POST=ADDRESSEE, lenient=True),
    "usersessions_list": page(GET=SIGNED_IN),
    "socialaccount_connections": OWN,
    "socialaccount_login_cancelled": OPEN,
    "socialaccount_login_error": OPEN,
    "socialaccount_signup": OPEN,
    "google_login": OPEN,
    "google_login_by_token": OPEN,
    "google_callback": OPEN,
    "apple_login": OPEN,
    "apple_callback": OPEN,
    "apple_finish_callback": OPEN,
    "openid_connect_login": page("provider_id=nothing", GET=ANYBODY, POST=ANYBODY, lenient=True),
    "organisation_login": page("organisation_id", GET=ANYBODY, POST=ANYBODY),
    "organisation_callback": page("organisation_id", GET=ANYBODY, lenient=True),
    "organisation_find": page(GET=ANYBODY, POST=ANYBODY, body={"email": "x@other.example"}),
    "organisation_recovery": OPEN,
    "openid_connect_callback": page("provider_id=nothing", GET=ANYBODY, POST=ANYBODY, lenient=True),
    # Where allauth's pages used to be: they lead to where these are now.
    **{
        f"social/{name}/": page(
            path=f"/accounts/social/{name}/", GET=ANYBODY, POST=ANYBODY, PUT=ANYBODY, lenient=True
        )
        for name in ("login/cancelled", "login/error", "signup", "connections")
    },
}

# On an organisation’s host, an account’s pages lead to the platform’s: see people.handover.on_platform.
HERE: dict[str, Route] = {
    **PASSWORD,
    **{name: replace(route, methods={"GET": ANYBODY}, lenient=False) for name, route in ACCOUNT.items()},
}
PLATFORM: dict[str, Route] = {
    **PASSWORD,
    **ACCOUNT,
    "usersessions_end": page("session_id=author_session", POST=ADDRESSEE),
    "usersessions_end_others": page(POST=SIGNED_IN),
}
