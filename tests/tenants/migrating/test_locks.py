"""Those who change a schema as a whole exclude each other."""

import pytest
from django.db import connection

from tenants.schemas.direct import open_direct
from tenants.schemas.locks import LockLost, SchemaBusy, exclusive

SCHEMA = "t_00000000000000aa"


def test_two_exclude_each_other(db):
    with exclusive(SCHEMA, wait=0), pytest.raises(SchemaBusy, match=SCHEMA), exclusive(SCHEMA, wait=0):
        pass
    with exclusive(SCHEMA, wait=0):
        pass  # it was given back


def test_one_waits_as_long_as_it_was_told(db):
    with exclusive(SCHEMA, wait=1), pytest.raises(SchemaBusy), exclusive(SCHEMA, wait=0.05):
        pass


def test_two_schemas_do_not_wait_for_each_other(db):
    with exclusive(SCHEMA, wait=0), exclusive("t_00000000000000ab", wait=0):
        pass


def test_the_lock_is_held_by_no_session(db):
    """Behind a pooler a session's lock would stay with a connection that somebody else gets next."""
    with exclusive(SCHEMA, wait=0), connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.state, a.backend_xmin FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE l.locktype = 'advisory' AND l.classid = 7340002 AND a.datname = current_database()"
        )
        assert cursor.fetchall() == [("idle in transaction", None)]  # no snapshot either, which VACUUM minds


def test_a_lost_lock_is_noticed(db):
    with open_direct() as killer, exclusive(SCHEMA, wait=0) as held:
        held.check()
        killer.execute(
            "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity USING (pid)"
            " WHERE locktype = 'advisory' AND classid = 7340002 AND datname = current_database()"
        )
        with pytest.raises(LockLost):
            held.check()


def test_a_lock_that_is_lost_at_the_end_hides_no_other_error(db):
    with open_direct() as killer, pytest.raises(LookupError), exclusive(SCHEMA, wait=0):
        killer.execute(
            "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity USING (pid)"
            " WHERE locktype = 'advisory' AND classid = 7340002 AND datname = current_database()"
        )
        raise LookupError
