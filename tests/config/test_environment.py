"""What is read from the environment, and what is refused."""

import stat

import pytest

from config import environment as env
from config.environment import BadSetting


@pytest.fixture
def variable(monkeypatch):
    def assign(value):
        monkeypatch.setenv("SOME_SETTING", value)
        return "SOME_SETTING"

    return assign


def test_what_is_not_set_has_its_default():
    assert env.text("SOME_SETTING", "x") == "x"
    assert env.flag("SOME_SETTING") is False
    assert env.integer("SOME_SETTING", 7) == 7


@pytest.mark.parametrize(
    ("value", "expected"), [("yes", True), ("1", True), ("Off", False), ("FALSE", False)]
)
def test_flags(variable, value, expected):
    assert env.flag(variable(value), default=not expected) is expected


@pytest.mark.parametrize(
    ("read", "value", "complaint"),
    [
        (env.flag, "perhaps", "must be yes or no"),
        (lambda name: env.integer(name, 1), "many", "must be a whole number"),
        (lambda name: env.integer(name, 1, most=5), "6", "must be from 0 to 5"),
        (lambda name: env.integer(name, 1, least=1), "0", "must be at least 1"),
        (lambda name: env.choice(name, "a", ("a", "b")), "c", "must be one of a, b"),
        (lambda name: env.host(name, "x"), "https://octavo.example", "must be a host name"),
        (lambda name: env.host(name, "x"), "octavo.example:port", "is not a host name"),
        (lambda name: env.host(name, "x"), "a b", "must be a host name"),
        (env.database, "mysql://localhost/octavo", "must begin with postgresql: or postgres:"),
        (env.database, "postgresql://localhost", "names no database"),
        (env.database, "postgresql://localhost/octavo?colour=red", "unknown options: colour"),
        (env.database, "postgresql://localhost:99999/octavo", "is not an address"),
        (lambda name: env.redis(name, ""), "http://localhost", "must begin with redis:"),
        (lambda name: env.email(name, ""), "pigeon://roof", "must begin with smtp:"),
        (lambda name: env.email(name, ""), "smtp:///", "names no mail server"),
        (lambda name: env.email(name, ""), "smtp://mail.example?tls=yes", "unknown options: tls"),
        (lambda name: env.email(name, ""), "sendgrid://", "must be sendgrid://KEY"),
        (lambda name: env.email(name, ""), "sendgrid://user:key@host", "must be sendgrid://KEY"),
        (lambda name: env.email(name, ""), "sendgrid://key?region=mars", "region=us or region=eu"),
        (lambda name: env.email(name, ""), "sendgrid://key?regoin=eu", "unknown options: regoin"),
        (lambda name: env.email(name, ""), "postmark://", "must be postmark://KEY"),
        (lambda name: env.email(name, ""), "postmark://token/path", "must be postmark://KEY"),
        (lambda name: env.email(name, ""), "mailgun://key", "must be mailgun://KEY@domain"),
        (lambda name: env.email(name, ""), "ses://key@eu-west-1", "must be ses://KEY:SECRET@region"),
    ],
)
def test_nonsense_is_refused_by_name(variable, read, value, complaint):
    with pytest.raises(BadSetting) as refusal:
        read(variable(value))
    assert str(refusal.value).startswith("SOME_SETTING ")
    assert complaint in str(refusal.value)


def test_a_refusal_never_repeats_a_password(variable):
    with pytest.raises(BadSetting) as refusal:
        env.database(variable("mysql://user:secret-word@localhost/octavo"))
    assert "secret-word" not in str(refusal.value)


def test_a_database_address(variable):
    found = env.database(variable("postgresql://a%40b:p%2Fw@db.example:6543/octavo?sslmode=require"))
    assert found == {
        "NAME": "octavo",
        "USER": "a@b",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "6543",
        "OPTIONS": {"sslmode": "require"},
    }


def test_further_servers_by_name(variable):
    found = env.database_servers(
        variable("north=postgresql://u:p@n.example/octavo south=postgres://s.example/o")
    )
    assert {name: (server["HOST"], server["NAME"]) for name, server in found.items()} == {
        "north": ("n.example", "octavo"),
        "south": ("s.example", "o"),
    }


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ("postgresql://u:secret-word@n.example/octavo", "must be name=postgresql://"),
        ("North=postgresql://u:secret-word@n.example/octavo", "must be name=postgresql://"),
        ("default=postgresql://u:secret-word@n.example/octavo", "cannot name a server default"),
        ("n=postgresql://n.example/a n=postgresql://u:secret-word@n.example/b", "names the server n twice"),
        ("n=postgresql://n.example/a s=postgresql://u:secret-word@n.example/a", "the same database as n"),
        ("n=postgresql://main.example:5432/octavo", "the same database as default"),
        ("n=mysql://u:secret-word@n.example/a", "(n) must begin with postgresql:"),
    ],
)
def test_servers_that_cannot_be_meant_are_refused(variable, monkeypatch, value, complaint):
    monkeypatch.setenv("DATABASE_URL", "postgresql://main.example/octavo")
    with pytest.raises(BadSetting) as refusal:
        env.database_servers(variable(value))
    assert complaint in str(refusal.value)
    assert "secret-word" not in str(refusal.value)


@pytest.mark.parametrize("value", ["south=1", "default=0,north=0", "north=-1"])
def test_weights_that_cannot_be_meant_are_refused(variable, value):
    with pytest.raises(BadSetting):
        env.server_weights(variable(value), ["default", "north"])


def test_weights_are_one_where_none_is_said(variable):
    assert env.server_weights(variable("north=3"), ["default", "north"]) == {"default": 1, "north": 3}


def test_a_place_for_new_organisations_is_one_of_the_servers(variable):
    assert env.one_of_servers(variable("north"), ["default", "north"]) == "north"
    with pytest.raises(BadSetting, match="must be one of default, north"):
        env.one_of_servers(variable("south"), ["default", "north"])


def test_a_database_on_a_socket(variable):
    found = env.database(variable("postgresql://app:pw@/octavo?host=/run/octavo"))
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/run/octavo", "", {})


@pytest.mark.parametrize(
    ("address", "broker"),
    [
        ("redis://:pw@localhost:6379/2", "redis://:pw@localhost:6379/2"),
        ("unix://:pw@/run/valkey.sock?db=3", "redis+socket://:pw@/run/valkey.sock?virtual_host=3"),
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock?virtual_host=0"),
    ],
)
def test_celery_gets_the_address_in_its_own_spelling(address, broker):
    assert env.celery_broker(address) == broker


@pytest.mark.parametrize(
    ("address", "backend", "port", "tls"),
    [
        ("smtp://mail.example", "smtp", 25, (False, False)),
        ("smtps://u:p%40@mail.example", "smtp", 465, (True, False)),
        ("smtp+tls://mail.example:2525", "smtp", 2525, (False, True)),
    ],
)
def test_mail_servers(variable, address, backend, port, tls):
    found = env.email(variable(address), "")
    assert found["EMAIL_BACKEND"].endswith(f"{backend}.EmailBackend")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", port)
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == tls


def test_mail_by_sendgrid_keeps_the_capitals_of_its_key(variable):
    found = env.email(variable("sendgrid://SG.aB-c_D.eF%2F?region=eu"), "")
    assert found["EMAIL_BACKEND"] == "anymail.backends.sendgrid.EmailBackend"
    assert found["ANYMAIL"]["SENDGRID_API_KEY"] == "SG.aB-c_D.eF/"
    assert found["ANYMAIL"]["SENDGRID_API_URL"] == "https://api.eu.sendgrid.com/v3/"


def test_mail_by_postmark(variable):
    found = env.email(variable("postmark://1a2B-3c"), "")["ANYMAIL"]
    assert found["POSTMARK_SERVER_TOKEN"] == "1a2B-3c"


@pytest.mark.parametrize(("query", "host"), [("", "api"), ("?region=us", "api"), ("?region=eu", "api.eu")])
def test_mail_by_mailgun_stays_in_its_region(variable, query, host):
    found = env.email(variable(f"mailgun://key-Ab@mg.octavo.example{query}"), "")["ANYMAIL"]
    assert (found["MAILGUN_API_KEY"], found["MAILGUN_SENDER_DOMAIN"]) == ("key-Ab", "mg.octavo.example")
    assert found["MAILGUN_API_URL"] == f"https://{host}.mailgun.net/v3"


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("ses://", {}),
        ("ses://eu-west-1", {"region_name": "eu-west-1"}),
        (
            "ses://AKIA:s%2Fe@eu-west-1",
            {"region_name": "eu-west-1", "aws_access_key_id": "AKIA", "aws_secret_access_key": "s/e"},
        ),
    ],
)
def test_mail_by_ses(variable, address, client):
    found = env.email(variable(address), "")["ANYMAIL"]["AMAZON_SES_CLIENT_PARAMS"]
    assert {name: value for name, value in found.items() if name != "config"} == client


def test_a_providers_key_is_never_repeated(variable):
    with pytest.raises(BadSetting) as refusal:
        env.email(variable("sendgrid://secret-word@elsewhere"), "")
    assert "secret-word" not in str(refusal.value)


def test_mail_to_a_folder_or_to_the_console(variable):
    assert env.email(variable("file:///tmp/a%20b"), "")["EMAIL_FILE_PATH"] == "/tmp/a b"
    assert env.email(variable("console:"), "")["EMAIL_BACKEND"].endswith("console.EmailBackend")


def test_the_first_start_makes_a_secret_key_and_the_next_keeps_it(tmp_path):
    file = tmp_path / "data" / "secret_key"
    key = env.secret_key("SOME_SETTING", file)
    assert len(key) >= 48
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert env.secret_key("SOME_SETTING", file) == key


def test_a_key_of_the_environment_comes_first(variable, tmp_path):
    assert env.secret_key(variable("k" * 32), tmp_path / "secret_key") == "k" * 32
    with pytest.raises(BadSetting, match="at least 32"):
        env.secret_key(variable("short"), tmp_path / "secret_key")


def test_an_emptied_key_file_is_noticed(tmp_path):
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(BadSetting, match="delete that file"):
        env.secret_key("SOME_SETTING", tmp_path / "secret_key")
