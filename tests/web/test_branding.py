"""Logo and colour of an organisation, in pages."""

import io
import re

import pytest
from PIL import Image

from insights.models import ActivityLog
from notifications.emails import invitation_message
from tenants.models import Logo, Membership, Organisation, Role
from tenants.organisations.branding import logo_url
from tenants.people import invitations
from tenants.resolution import forget_resolutions
from tests.conftest import HostClient
from tests.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_enterprise")]


def picture(kind="PNG", size=(600, 300), mode="RGBA", colour=(20, 90, 160, 128)):
    out = io.BytesIO()
    Image.new(mode, size, colour[: len(mode)]).save(out, kind)
    return out.getvalue()


def sent(data, name="logo.png"):
    file = io.BytesIO(data)
    file.name = name
    return {"picture": file}


@pytest.fixture
def owner_client(organisation, owner):
    return HostClient(organisation).sign_in(owner)


def test_an_owner_shows_a_logo(owner_client, client, organisation, other_client):
    assert owner_client.post("/organisation/logo/", sent(picture()))["Location"] == "/organisation/look/"
    forget_resolutions()
    address = re.search(r'src="(/branding/logo/\?v=\d+)"', owner_client.get("/").content.decode())[1]
    answer = client.get(address)  # nobody is signed in there
    with Image.open(io.BytesIO(answer.content)) as shown:
        assert (shown.format, shown.size, shown.mode) == ("PNG", (320, 160), "RGBA")
    assert answer["Cache-Control"] == "public, max-age=31536000"
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.get("/branding/logo/?v=1")["Cache-Control"] == "public, max-age=0"
    assert address in client.get("/accounts/login/").content.decode()
    assert other_client.get(address).status_code == 404
    assert address in logo_url(organisation)
    owner_client.post("/organisation/logo/", {"remove": "yes"})
    assert client.get(address).status_code == 404 and not Logo.objects.exists()
    assert ActivityLog.objects.filter(action="organisation.brand_changed").count() == 2


def test_its_colour_is_a_style_sheet(owner_client, client, organisation, other_client):
    assert "/branding.css" not in client.get("/accounts/login/").content.decode()
    assert client.get("/branding.css").status_code == 404
    owner_client.post("/organisation/look/", {"accent": "own", "own": " #FFE600 "})
    forget_resolutions()
    organisation.refresh_from_db()
    assert organisation.accent == "#ffe600"
    page = owner_client.get("/organisation/look/")
    assert 'href="/branding.css?v=ffe600"' in page.content.decode()
    assert "style-src 'self';" in page["Content-Security-Policy"]
    answer = client.get("/branding.css?v=ffe600")
    assert answer["Content-Type"] == "text/css" and "immutable" in answer["Cache-Control"]
    assert "--color-primary:#ffe600" in answer.content.decode()  # bright enough for dark pages
    assert other_client.get("/branding.css").status_code == 404
    owner_client.post("/organisation/look/", {"accent": ""})
    organisation.refresh_from_db()
    assert organisation.accent == ""


@pytest.mark.parametrize("own", ["", "red", "#12345", "#1234567", "#gggggg", "};*{", "#１２３４５６"])
def test_what_is_no_colour_is_refused(owner_client, organisation, own):
    answer = owner_client.post("/organisation/look/", {"accent": "own", "own": own})
    assert answer.status_code == 422 and not Organisation.objects.exclude(accent="").exists()


def test_nor_is_one_that_nobody_offered(owner_client):
    assert owner_client.post("/organisation/look/", {"accent": "#123456"}).status_code == 422


BOMB = picture(size=(20_001, 20), mode="L", colour=(0,))
HOSTILE = {
    "nothing": (b"", "empty"),
    "text": (b"not a picture", "PNG, JPEG or WebP"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "PNG, JPEG or WebP"),
    "gif": (picture("GIF", mode="P", colour=(1,)), "PNG, JPEG or WebP"),
    "cut off": (picture(size=(300, 300))[:400], "damaged"),
    "too many pixels": (BOMB, "megapixels"),
    "too small": (picture(size=(8, 8)), "each side needs"),
    "too large": (b"\x89PNG\r\n\x1a\n" + bytes(5 * 1024 * 1024), "at most 5 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_is_refused(owner_client, name):
    data, words = HOSTILE[name]
    answer = owner_client.post("/organisation/logo/", sent(data))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Logo.objects.exists()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.GUEST])
def test_only_owners_choose(member_client, member, role):
    Membership.objects.filter(user=member).update(role=role)
    assert member_client.get("/organisation/look/").status_code == 403
    assert member_client.post("/organisation/look/", {"accent": "#1d4ed8"}).status_code == 403
    assert member_client.post("/organisation/logo/", {"remove": "yes"}).status_code == 403


def test_a_page_costs_no_query_more_for_it(member_client, organisation, owner_client):
    plain = queries_of(member_client, "/notifications/")
    owner_client.post("/organisation/logo/", sent(picture()))
    owner_client.post("/organisation/look/", {"accent": "#1d4ed8"})
    forget_resolutions()
    assert queries_of(member_client, "/notifications/") == plain


def test_e_mails_show_the_logo(owner_client, organisation, owner):
    by = Membership.objects.get(user=owner)
    (invitation,) = invitations.invite(emails=["new@people.example"], role=Role.MEMBER, by=by)
    assert "<img" not in invitation_message(invitation).alternatives[0][0]
    owner_client.post("/organisation/logo/", sent(picture()))
    page = invitation_message(invitation).alternatives[0][0]
    address = re.search(r'<img src="([^"]+)" alt="Acme"', page)[1]
    assert address == logo_url(organisation) and address.startswith("http://acme.localhost")


def test_the_platforms_pages_show_it(owner_client, platform_client, organisation, owner):
    by = Membership.objects.get(user=owner)
    link = invitations.link_of(invitations.make_link(role=Role.MEMBER, by=by))
    owner_client.post("/organisation/logo/", sent(picture()))
    page = platform_client.get(link.partition("8000")[2])
    assert f'src="{logo_url(organisation)}"' in page.content.decode()
    assert "http://*.localhost:8000" in page["Content-Security-Policy"].partition("img-src")[2]
    at_home = HostClient().sign_in(owner).get("/enter/?choose=1")
    assert f'src="{logo_url(organisation)}"' in at_home.content.decode()
