"""What is no route: each check does one thing that must not succeed, or only for whom it is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.isolation import apart, links, lists, ranks, work
from tests.isolation.cases import undone
from tests.isolation.matrix import Matrix


@dataclass(frozen=True)
class Check:
    """`run` yields what went wrong, in words."""

    run: Callable[[Matrix], Iterator[str]]

    @property
    def name(self) -> str:
        return self.run.__name__

    def faults(self, matrix: Matrix) -> list[str]:
        with undone():
            return [f"{self.name}: {fault}" for fault in self.run(matrix)]


CHECKS = [
    Check(run)
    for run in (
        links.handover_opens_one_session,
        links.only_members_are_taken_on,
        links.invitations_are_for_their_address,
        links.tickets_open_one_stream,
        links.files_are_read_where_they_belong,
        links.archives_are_read_where_they_belong,
        links.e_mails_are_stopped_for_ones_address,
        links.sessions_are_ended_by_their_owner,
        links.notifications_are_their_readers_alone,
        lists.exports_hold_ones_own,
        lists.exports_hold_ones_own_texts,
        lists.wishes_are_ones_own,
        lists.those_to_choose_from_belong_here,
        ranks.admins_do_not_reach_owners,
        ranks.the_last_owner_stays,
        ranks.closed_doors_are_ones_own,
        apart.as_many_as_one_may_have_are_ones_own,
        apart.holders_are_ones_own,
        apart.tiers_are_ones_own,
        apart.whoever_runs_it_runs_it_here,
        apart.people_from_elsewhere_can_be_invited_and_join,
        apart.invitations_elsewhere_stay_as_they_are,
        apart.limits_are_for_members_here,
        work.messages_reach_their_organisation_alone,
        work.e_mails_go_to_their_addressee_alone,
    )
]


def check_all(matrix: Matrix) -> None:
    for check in CHECKS:
        matrix.findings.attempts += 1
        matrix.findings.leaks += check.faults(matrix)
