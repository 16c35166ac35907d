"""A run over all organisations that are not at the state of this code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.loader import MigrationLoader

from tenants.migrating import ledger
from tenants.migrating.away import RunStopped, ServerAway
from tenants.migrating.each import EachTask, run_for
from tenants.migrating.examples import NoExample, recorded_for
from tenants.migrating.options import Options
from tenants.migrating.recording import ForEach, Recording, Step
from tenants.migrating.replaying import Kind, Outcome, Replayer, Task
from tenants.migrating.states import Applied, Group, Member, behind, in_parts, read_applied, survey
from tenants.migrating.working import BatchSize, Queue, Work
from tenants.scopes import organisation_apps


class Watcher(Protocol):
    """Who is told how a run goes on."""

    def total(self, organisations: int) -> None:
        """So many are to be done, the ones that are done already among them."""

    def done(self) -> None:
        """One more is at the state of this code."""

    def stage(self, name: str, organisations: int) -> None:
        """So many are brought one step on now, by the migrations named."""

    def passed(self) -> None:
        """One more has got past the stage."""

    def say(self, line: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Left:
    """An organisation that the run could not migrate, and why."""

    slug: str
    error: str
    busy: bool = False


@dataclass(slots=True)
class Result:
    """What became of everybody: numbers of organisations, and who is left."""

    migrated: int = 0
    ahead: int = 0  # migrated by newer code, and left alone
    left: list[Left] = field(default_factory=list)
    not_reached: int = 0  # since the run ended before their turn, or their server does not answer
    stopped: str = ""  # why it ended early
    away: list[str] = field(default_factory=list)  # servers that do not answer, in words

    @property
    def finished(self) -> bool:
        """Whether everybody is at the state of this code; a server that nobody lacks does not matter."""
        return not (self.left or self.not_reached or self.stopped)


class Run:
    """One run. `stop` may be called from a signal's handler or another thread."""

    def __init__(
        self, target: str, options: Options, watcher: Watcher, *, known: Recording | None = None
    ) -> None:
        self.result = Result()
        self._target, self._options, self._watcher = target, options, watcher
        self._stop_reason = ""
        self._settled: set[UUID] = set()  # failed, busy for too long, or ahead of this code
        self._unsure: Counter[UUID] = Counter()  # whose recorded state turned out to be wrong
        self._tries: Counter[UUID] = Counter()
        self._away: dict[str, ServerAway] = {}  # by alias: servers that the run goes on without
        self._id: UUID | None = None
        self._replayers = _Replayers()
        self._recordings = {known.applied: known} if known else {}

    def stop(self, reason: str) -> None:
        """Let the batches at work end, and begin no other."""
        self._stop_reason = self._stop_reason or reason

    def go(self) -> Result:
        """Migrate until nobody is left, those among them who signed up meanwhile.

        Raises `NotReplayable`.
        """
        try:
            while not self._stop_reason and (todo := self._todo()):
                self._watcher.total(len(todo) + self.result.migrated)
                self._pass_over(todo)
        except RunStopped as error:
            self.stop(str(error))
        except BaseException:
            self.stop("an error, which is raised")
            raise
        finally:
            self._replayers.close()
            self._conclude()
        return self.result

    def _conclude(self) -> None:
        self.result.stopped = self._stop_reason
        self.result.away = [str(error) for error in self._away.values()]
        with suppress(OperationalError):  # where nothing can be asked, nor written down: that is why it ended
            left = self._unsettled()
            self.result.not_reached = sum(bool(self._stop_reason) or m.alias in self._away for m in left)
            if self._id:
                ledger.close_run(self._id, finished=self.result.finished)

    def _todo(self) -> list[Member]:
        members = [member for member in self._unsettled() if member.alias not in self._away]
        return [replace(m, state=ledger.UNKNOWN) if m.id in self._unsure else m for m in members]

    def _unsettled(self) -> list[Member]:
        members = [member for member in behind(self._target) if member.id not in self._settled]
        if self._options.only:
            members = [member for member in members if member.slug in self._options.only]
        return members

    def _pass_over(self, members: Sequence[Member]) -> None:
        found = survey(members)
        for error in found.away.values():
            self._go_on_without(error)
        for member in found.without_schema:
            self._fail(Outcome(member, Kind.FAILED, f"it has no schema {member.schema}, or none with tables"))
        for group in sorted(found.groups, key=self._without_canaries):
            if self._stop_reason or group.alias in self._away:
                continue
            try:
                self._migrate(group)
            except ServerAway as error:
                self._go_on_without(error)

    def _go_on_without(self, error: ServerAway) -> None:
        """Raises the error again where nothing can be done without that server."""
        if error.alias == DEFAULT_DB_ALIAS:
            raise error
        self._away[error.alias] = error
        self._watcher.say(f"{error}: its organisations are left")

    def _without_canaries(self, group: Group) -> bool:
        return not any(member.slug in self._options.canary_slugs for member in group.members)

    def _migrate(self, group: Group) -> None:
        if group.applied not in self._recordings:
            try:
                self._recordings[group.applied] = recorded_for(group)
            except NoExample as error:
                self._fail_all(group, str(error))
                return
        recording = self._recordings[group.applied]
        if not recording.steps:
            self._accept(group)
            return
        first, rest = self._canaries(group)
        paces = [self._pace(step, group.alias) for step in recording.steps]
        self._take(recording, paces, group.alias, first, careful=True)
        if first and not self._stop_reason and len(first) > 1:
            self._watcher.say(f"The first {len(first)} are done")
        if not self._stop_reason:
            self._take(recording, paces, group.alias, rest, careful=False)

    def _pace(self, step: Step, alias: str) -> Pace:
        if isinstance(step, ForEach):
            return Pace(MostTogether(1), fixed=1)
        return Pace(MostTogether(_budget(alias) // self._options.parallel), fixed=self._options.batch)

    def _canaries(self, group: Group) -> tuple[list[Member], list[Member]]:
        if self._options.canary_slugs:
            first = [m for m in group.members if m.slug in self._options.canary_slugs]
        else:
            first = list(group.members[: self._options.canaries])
        return first, [member for member in group.members if member not in set(first)]

    def _accept(self, group: Group) -> None:
        """Nothing is lacking: the files have changed but not what they do, or newer code was here."""
        if group.applied - set(MigrationLoader(None).disk_migrations or ()):
            self.result.ahead += len(group.members)
            self._settled.update(member.id for member in group.members)
            return
        now = read_applied(group.alias, [member.schema for member in group.members])
        for part in in_parts(group.members, 1_000):
            sure = [member for member in part if now[member.schema] == group.applied]
            with connections["default"].cursor() as cursor:
                cursor.execute(ledger.WRITE_STATE, [self._target, [member.id for member in sure]])
            for member in part:
                if now[member.schema] == group.applied:
                    self._count()
                else:
                    self._doubt(member)

    # --- The steps of one group ----------------------------------------------------------------------------

    def _take(
        self,
        recording: Recording,
        paces: Sequence[Pace],
        alias: str,
        members: Sequence[Member],
        *,
        careful: bool,
    ) -> None:
        applied, labels = recording.applied, set(organisation_apps())
        for step, pace in zip(recording.steps, paces, strict=True):
            last = step is recording.steps[-1]
            work = self._work(step, pace, alias, applied, last)
            members = self._step(step, work, pace, members, last=last, careful=careful)
            applied = applied | {key for key in step.rows if key[0] in labels}

    def _step(
        self,
        step: Step,
        work: Work,
        pace: Pace,
        members: Sequence[Member],
        *,
        last: bool,
        careful: bool,
    ) -> list[Member]:
        """Bring organisations one step on; gives those that got there."""
        if not members or self._stop_reason:
            return []
        there: list[Member] = []
        self._watcher.stage(", ".join(f"{app}.{name}" for app, name in step.rows), len(members))
        Queue(
            work,
            settle=partial(self._settle, there, last, careful),
            stopping=lambda: bool(self._stop_reason),
            parallel=self._options.parallel,
            size=pace.size,
            alone=careful,
        ).run(members)
        return there

    def _work(self, step: Step, pace: Pace, alias: str, applied: Applied, last: bool) -> Work:
        reached = self._target if last else ledger.UNKNOWN
        common = (applied, reached, last, self._options.lock_timeout)
        if isinstance(step, ForEach):
            each = EachTask(self._run_id(), step, *common)
            return lambda members: [run_for(each, member) for member in members]
        task = Task(self._run_id(), step, *common)

        def work(members: Sequence[Member]) -> list[Outcome]:
            with self._replayers.lent(alias) as replayer:
                outcomes = replayer.replay(task, members)
                pace.most.learn(replayer.locks)
                return outcomes

        return work

    def _run_id(self) -> UUID:
        if self._id is None:
            self._id = ledger.open_run(self._target).pk
        return self._id

    # --- What became of one ---------------------------------------------------------------------------------

    def _settle(self, there: list[Member], last: bool, careful: bool, outcome: Outcome) -> bool:
        """Take note of an outcome; True where the organisation is to be tried again."""
        member = outcome.member
        if outcome.kind is Kind.DONE:
            there.append(member)
            self._watcher.passed()
            if last:
                self._count()
        elif outcome.kind is Kind.BUSY:
            return self._put_back(outcome)
        elif outcome.kind is Kind.ELSEWHERE:
            self._doubt(member)
        elif outcome.kind is Kind.FAILED:
            self._fail(outcome)
            if careful:
                self.stop(f"{member.slug}, which went first, could not be migrated")
        return False

    def _count(self) -> None:
        self.result.migrated += 1
        self._watcher.done()

    def _put_back(self, outcome: Outcome) -> bool:
        member = outcome.member
        self._tries[member.id] += 1
        self._note(outcome, "BUSY")
        if self._tries[member.id] < self._options.attempts:
            if self._tries[member.id] == 1:
                self._watcher.say(f"{member.slug} is in use and will be tried again")
            return True
        self._settled.add(member.id)
        self.result.left.append(Left(member.slug, outcome.error, busy=True))
        return False

    def _doubt(self, member: Member) -> None:
        """Its state was written down wrongly, or somebody else migrates it: it is looked at anew."""
        self._unsure[member.id] += 1
        if self._unsure[member.id] > 3:
            self._fail(Outcome(member, Kind.FAILED, "its migrations change while they are looked at"))

    def _fail(self, outcome: Outcome) -> None:
        self._settled.add(outcome.member.id)
        self._note(outcome, "FAILED")
        self.result.left.append(Left(outcome.member.slug, outcome.error))
        self._watcher.say(f"{outcome.member.slug} could not be migrated: {outcome.error}")
        failed = sum(not left.busy for left in self.result.left)
        if failed > self._options.tolerate:
            self.stop(f"{failed} organisations could not be migrated")

    def _fail_all(self, group: Group, reason: str) -> None:
        for member in group.members:
            if not self._stop_reason:
                self._fail(Outcome(member, Kind.FAILED, reason))

    def _note(self, outcome: Outcome, state: str) -> None:
        member = outcome.member
        ledger.note_left(self._run_id(), member.id, from_state=member.state, state=state, error=outcome.error)


def in_brief(step: Step) -> str:
    """A step in a few words, such as `books.0004_colours and 2 more` or `books.0005_fill (Python)`."""
    names = [f"{app}.{name}" for app, name in step.migrations]
    if isinstance(step, ForEach):
        return f"{names[0]} (Python)"
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more}" if names else "the record of migrations"


class Pace:
    """How many organisations go one step on together; those that go first teach it for the others."""

    def __init__(self, most: MostTogether, *, fixed: int | None) -> None:
        self.most = most
        self.size = BatchSize(fixed, most)


class MostTogether:
    """How many schemas one transaction can lock: a worker's part of the server's table of locks."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._locks = 0  # of one organisation

    def learn(self, locks: int) -> None:
        self._locks = max(self._locks, locks)

    def __call__(self) -> int:
        return max(1, self._budget // self._locks) if self._locks else 1


def _budget(alias: str) -> int:
    """Locks that a run may hold at once: a quarter of the server's, which the product needs too."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('max_locks_per_transaction')::int"
            " * (current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int)"
        )
        return int(cursor.fetchone()[0]) // 4


class _Replayers:
    """Replayers that are lent to one thread at a time, and kept for the next."""

    def __init__(self) -> None:
        self._idle: dict[str, list[Replayer]] = defaultdict(list)

    @contextmanager
    def lent(self, alias: str) -> Iterator[Replayer]:
        try:
            replayer = self._idle[alias].pop()
        except IndexError:
            replayer = Replayer(alias)
        try:
            yield replayer
        except BaseException:
            replayer.close()
            raise
        self._idle[alias].append(replayer)

    def close(self) -> None:
        for idle in self._idle.values():
            for replayer in idle:
                replayer.close()
        self._idle.clear()
