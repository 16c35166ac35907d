"""People's pictures, in pages."""

import io
import re
import zipfile

import pytest
from PIL import Image

from lobby.exporting import export
from tenants.accounts.models import Avatar
from tenants.models import Membership, Role
from tenants.people import departure
from tests.conftest import HostClient
from tests.factories.tenants import UserFactory
from tests.web.test_branding import HOSTILE, picture, sent

pytestmark = pytest.mark.django_db


def test_one_shows_a_picture(member_client, member, client, other_client, organisation):
    assert member_client.post("/profile/picture/", sent(picture("JPEG", (900, 300), "RGB")))["Location"]
    address = re.search(
        rf'src="(/people/{member.pk}/picture/\?v=\d+)"', member_client.get("/").content.decode()
    )[1]
    answer = member_client.get(address)
    with Image.open(io.BytesIO(answer.content)) as shown:
        assert (shown.format, shown.size) == ("JPEG", (256, 256))
    assert answer["Cache-Control"] == "private, max-age=31536000"
    assert "/accounts/login/" in client.get(address)["Location"]
    assert other_client.get(address).status_code == 404
    for path in ("/people/", "/activity/", "/profile/"):
        Membership.objects.filter(user=member).update(role=Role.ADMIN)
        assert address in member_client.get(path).content.decode()
    member_client.post("/profile/picture/", {"remove": "yes"})
    assert member_client.get(address).status_code == 404 and not Avatar.objects.exists()


def test_it_is_for_those_who_share_an_organisation(
    member_client, member, other_organisation, other_client, organisation
):
    member_client.post("/profile/picture/", sent(picture()))
    address = f"/people/{member.pk}/picture/"
    assert other_client.get(address).status_code == 404
    Membership.objects.create(organisation=other_organisation, user=member)
    assert other_client.get(address).status_code == 200
    Membership.objects.filter(organisation=organisation, user=member).delete()
    left_behind = HostClient(organisation).sign_in(UserFactory())
    assert left_behind.get(address).status_code == 404


@pytest.mark.parametrize(("position", "colour"), [("start", 255), ("middle", 0), ("end", 0), ("", 0)])
def test_of_a_long_one_a_part_is_kept(member_client, member, position, colour):
    wide = Image.new("L", (900, 300), 0)
    wide.paste(255, (0, 0, 300, 300))
    out = io.BytesIO()
    wide.save(out, "PNG")
    member_client.post("/profile/picture/", {**sent(out.getvalue()), "position": position})
    with Image.open(io.BytesIO(Avatar.objects.get().data)) as kept:
        assert kept.convert("L").getpixel((128, 128)) == colour


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_is_refused(member_client, name):
    data, words = HOSTILE[name]
    answer = member_client.post("/profile/picture/", sent(data))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Avatar.objects.exists()


def test_where_it_was_taken_is_not_kept(member_client):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "at home"
    Image.new("RGB", (300, 300)).save(out, "JPEG", exif=exif)
    member_client.post("/profile/picture/", sent(out.getvalue()))
    assert b"at home" in out.getvalue() and b"at home" not in bytes(Avatar.objects.get().data)


def test_it_is_in_what_one_takes_along(member_client, member):
    member_client.post("/profile/picture/", sent(picture()))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(export(member))))
    assert archive.read("picture.jpg") == bytes(Avatar.objects.get().data)


def test_it_goes_with_the_account(member_client, member, owner):
    member_client.post("/profile/picture/", sent(picture()))
    departure.delete_account(user=member)
    assert not Avatar.objects.exists()
