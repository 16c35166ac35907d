"""What a run would do, how long it takes, and how the last one ended: told before anything is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Sized

from django.db import DatabaseError
from django.db.migrations.loader import MigrationLoader

from tenants.migrating.everything import lacking_in_public
from tenants.migrating.examples import NoExample, recorded_for
from tenants.migrating.options import Options
from tenants.migrating.recording import ForEach, Recording, Replayed, try_out
from tenants.migrating.running import in_brief
from tenants.migrating.states import Group, Member, Survey, behind, survey
from tenants.models import MigrationRun, Organisation
from tenants.schemas.artifact import migrations_hash


def plan(options: Options, *, with_sql: bool = False) -> Iterator[str]:
    """Lines that say what `migrate_organisations` would do. Raises what recording raises."""
    lacking = _lacking_in_public()
    if lacking:
        yield f"Shared tables: {_counted(lacking, 'migration')}, applied first ({', '.join(lacking)})"
    try:
        members = behind(migrations_hash())
    except DatabaseError:
        yield "Organisations: their states are known once the shared tables are migrated."
        return
    members = [member for member in members if not options.only or member.slug in options.only]
    yield f"Organisations: {len(members)} of {Organisation.objects.count()} to look at"
    found = survey(members)
    yield from _away(found, members)
    for member in found.without_schema:
        yield f"  {member.slug} has no schema {member.schema}: it will fail"
    for group in found.groups:
        yield from _of_group(group, options, with_sql)


def _away(found: Survey, members: Sequence[Member]) -> Iterator[str]:
    for alias, error in found.away.items():
        yield f"  {_counted([m for m in members if m.alias == alias], 'organisation')}: {error}"


def _of_group(group: Group, options: Options, with_sql: bool) -> Iterator[str]:
    count = _counted(group.members, "organisation")
    try:
        recording = recorded_for(group)
    except NoExample as error:
        yield f"  {count} on {group.alias} will fail: {error}"
        return
    if not recording.steps:
        yield f"  {count} on {group.alias}: nothing to change"
        return
    yield f"  {count} on {group.alias}, such as {group.members[0].slug}:"
    for step in recording.steps:
        how = "one by one" if isinstance(step, ForEach) else "replayed"
        yield f"    {how}: {', '.join(f'{app}.{name}' for app, name in step.migrations) or in_brief(step)}"
        if with_sql and isinstance(step, Replayed):
            yield from (f"      {line}" for line in step.text.for_schema("schema").splitlines())
    yield f"    {_estimate(group, recording, options)}"


def _estimate(group: Group, recording: Recording, options: Options) -> str:
    each = try_out(group.members[0].as_current(), recording)
    seconds = each * len(group.members) / options.parallel
    words = f"about {seconds:.0f} s: {each * 1000:.1f} ms for each, tried on a copy without rows"
    if recording.one_by_one:
        words += "; what runs one by one comes on top"
    return words


def status() -> Iterator[str]:
    """Lines that say at which states organisations are, and what the last run left undone."""
    if lacking := _lacking_in_public():
        yield f"Shared tables lack {_counted(lacking, 'migration')}: {', '.join(lacking)}"
    total = Organisation.objects.count()
    members = behind(migrations_hash())
    yield f"{total - len(members)} of {total} organisations are at the state of this code"
    wanted = set(MigrationLoader(None).graph.nodes)
    found = survey(members)
    yield from _away(found, members)
    for group in found.groups:
        yield _where(group, wanted)
    for member in found.without_schema:
        yield f"  {member.slug} has no schema {member.schema}"
    yield from _last_run()


def _where(group: Group, wanted: set[tuple[str, str]]) -> str:
    labels = {app for app, _ in group.applied}
    missing = sorted(f"{app}.{name}" for app, name in wanted - group.applied if app in labels)
    further = sorted(f"{app}.{name}" for app, name in group.applied - wanted)
    words = [f"  {_counted(group.members, 'organisation')} on {group.alias}"]
    if missing:
        words.append(f"without {', '.join(missing)}")
    if further:
        words.append(f"with {', '.join(further)} of newer code")
    if not missing and not further:
        words.append("with all migrations, as the next run will note")
    return f"{words[0]} {' and '.join(words[1:])}: {_some(group.members)}"


def _last_run() -> Iterator[str]:
    run = MigrationRun.objects.order_by("began_at").last()
    if run is None:
        return
    yield f"Last run: {run.began_at:%Y-%m-%d %H:%M} UTC, {run.outcome}"
    left = run.schemas.exclude(state="DONE").select_related("organisation")
    for line in left.order_by("id")[:100]:
        yield f"  {line.organisation.slug}: {line.state}, attempt {line.attempts}: {line.error}"


def _some(members: tuple[Member, ...]) -> str:
    names = ", ".join(member.slug for member in members[:5])
    return f"{names} and {len(members) - 5} more" if len(members) > 5 else names


def _counted(things: Sized, name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _lacking_in_public() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in lacking_in_public())
