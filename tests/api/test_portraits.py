"""One's own picture and the organisation's logo over REST."""

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tenants.accounts.models import Avatar
from tenants.models import Logo
from tests.conftest import HostClient
from tests.web.test_branding import HOSTILE, picture, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_enterprise")]
PICTURE, LOGO = "/api/v1/profile/picture/", "/api/v1/organisation/logo/"


def put(client, path, data, **more):
    body = encode_multipart(BOUNDARY, {**sent(data), **more})
    return client.put(path, body, content_type=MULTIPART_CONTENT)


def test_one_shows_a_picture(member_client, member):
    assert put(member_client, PICTURE, picture(), position="start").status_code == 204
    assert Avatar.objects.get().user == member
    assert member_client.delete(PICTURE).status_code == 204
    assert not Avatar.objects.exists()


def test_owners_show_a_logo(organisation, owner, member_client):
    client = HostClient(organisation).sign_in(owner)
    assert put(client, LOGO, picture()).status_code == 204
    assert Logo.objects.get().organisation == organisation
    assert put(member_client, LOGO, picture()).status_code == member_client.delete(LOGO).status_code == 403
    assert client.delete(LOGO).status_code == 204
    assert not Logo.objects.exists()


@pytest.mark.parametrize("name", ["text", "too large"])
def test_what_is_no_picture_is_refused(member_client, name):
    answer = put(member_client, PICTURE, HOSTILE[name][0])
    assert answer.status_code == 400 and HOSTILE[name][1] in answer.content.decode()
    assert answer["Content-Type"].startswith("application/problem+json")


def test_what_is_asked_is_checked(member_client):
    assert put(member_client, PICTURE, picture(), position="beyond").status_code == 400
    assert member_client.put(PICTURE, {}, content_type="application/json").status_code == 415
