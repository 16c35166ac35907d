"""Guards whose absence changes nothing that anybody may see or do, with the reason.

A name that is no mutant's any more fails tests/isolation/test_mutants.py.
"""

from __future__ import annotations

CHOICE = "what the reader has chosen to see of what is theirs to see anyway"
AGAIN = "asked again under the lock; the page or its form has asked before"

WORDS = "it chooses what is said, not what is shown or done"
OTHER = "asked in another way by the next condition"
WITHIN = "it goes too far only within what is one's own"
TESTED = "no route leads by it with enough in hand; see the tests beside it"
WHAT = "about what there is or makes sense, not about who asks"
EACH = "the middleware and this decorator ask twice over, so that either alone turns strangers away"

EQUIVALENT: dict[str, str] = {
    "api/calling.py _is_for_sessions: predicate"
    " return bool(is_valid_path(path, settings.PLATFORM_URLCONF))": TESTED,
    "api/own_organisations.py IsSomebody.has_permission: predicate"
    " return super().has_permission(request, view)": TESTED,
    "api/own_organisations.py OwnOrganisationViewSet.get_queryset:"
    " keyword filter(organisation_id=key.organisation_id)": TESTED,
    "insights/queries.py _filtered: keyword filter(actor_id=wanted.actor_id)": CHOICE,
    "platform/console/access.py may_change: predicate return getattr(user, 'role', None) in _CHANGES": WORDS,
    "platform/lobby/exporting.py _books: filter visible_books(membership)": OTHER,
    "platform/lobby/prices.py _owned: keyword filter(organisation__status=OrganisationStatus.ACTIVE)": WITHIN,
    "platform/lobby/views.py _ask_to_sign_in: keyword filter(email=found.email)": WORDS,
    "platform/lobby/views.py enter: keyword filter(organisation__status__in="
    "[OrganisationStatus.ACTIVE, OrganisationStatus.DELETING])": WITHIN,
    "platform/lobby/views.py delete_account: guard if form.is_valid()": TESTED,
    "platform/lobby/webhooks.py is_short: predicate"
    " return bool(said.isdecimal()) and int(said) <= MOST_BYTES": WORDS,
    "storage/archives.py file_by_token: guard if schema != inside.schema": OTHER,
    "storage/archives.py file_by_token: keyword filter(organisation_id=inside.organisation_id)": OTHER,
    "tenants/portable/exports/asking.py _only_owners: guard if by.role != Role.OWNER": AGAIN,
    "tenants/portable/exports/asking.py _too_many_until:"
    " keyword filter(organisation_id=organisation_id)": TESTED,
    "tenants/organisations/deletion.py ask_for_deletion: guard if by.role != Role.OWNER": AGAIN,
    "tenants/people/groups.py _group: keyword get(organisation_id=by.organisation_id)": AGAIN,
    "tenants/people/groups.py remove_members: keyword filter(membership__in=removed)": WITHIN,
    "tenants/people/groups.py add_members: keyword exclude(groups__group=group)": WITHIN,
    "tenants/people/invitations.py _join:"
    " keyword filter(organisation__status=OrganisationStatus.ACTIVE)": AGAIN,
    "tenants/people/invitations.py _join: guard if not taken": TESTED,
    "tenants/people/invitations.py _check_role: guard if role not in grantable_roles(by)": AGAIN,
    "tenants/people/members.py running: guard if not may_run(by)": AGAIN,
    "tenants/people/members.py _both: keyword filter(organisation_id=by.organisation_id)": AGAIN,
    "tenants/people/members.py _both: guard if membership_id not in found or by.pk not in found": AGAIN,
    "tenants/people/members.py _end: guard if heir.pk == membership.user_id"
    " or not _belongs(heir, membership.organisation_id)": AGAIN,
    "tenants/people/members.py _belongs: predicate return"
    " Membership.objects.filter(organisation_id=organisation_id, user=user).exists()": AGAIN,
    "tenants/people/members.py _belongs: keyword filter(organisation_id=organisation_id)": AGAIN,
    "tenants/people/members.py _belongs: keyword filter(user=user)": AGAIN,
    "tenants/people/groups.py add_members: guard if found.count() != len(wanted)": AGAIN,
    "tenants/people/groups.py add_members: keyword filter(organisation_id=by.organisation_id)": AGAIN,
    "tenants/middleware.py _is_of_platform: predicate return False": TESTED,
    "tenants/middleware.py _is_of_platform: predicate"
    " return host == platform_host() or host.endswith(f'.{platform_host()}')": TESTED,
    "tenants/middleware.py _may_stay: predicate return not request.organisation.sign_on_required"
    " or request.session.get(VOUCHED, False)"
    " or (not enforcing.is_covered(request.user, request.organisation.id))": TESTED,
    "tenants/middleware.py _recognise: guard if not _may_stay(request)": TESTED,
    "tenants/people/roster.py people_of: keyword filter(groups__group=wanted.group_id)": CHOICE,
    "tenants/people/roster.py people_of: keyword filter(organisation__tiers=wanted.tier_id)": CHOICE,
    "tenants/people/roster.py people_of: keyword filter(organisation__tiers__rank=F('held_rank'))": CHOICE,
    "tenants/people/tiers.py give_tier: keyword filter(organisation_id=by.organisation_id)": AGAIN,
    "tenants/people/tiers.py _tier: keyword get(organisation_id=by.organisation_id)": AGAIN,
    "tenants/people/tiers.py tiers_of: keyword filter(organisation_id__in="
    "{organisation_id for _pk, organisation_id, _rank in held})": OTHER,
    "tenants/people/tiers.py with_rank: keyword filter(group__tier__isnull=False)": WITHIN,
    "web/access.py member_required.<locals>.guarded: guard if not request.user.is_authenticated": EACH,
    "web/access.py member_required.<locals>.guarded: guard if request.membership is None": EACH,
    "web/forms/design.py DesignForm.is_custom: predicate"
    " return bool(self['trim'].value() == designs.CUSTOM)": WHAT,
    "web/views/book.py activity: keyword filter(organisation_id=request.membership.organisation_id)": OTHER,
    "web/views/branding.py stylesheet: guard if not request.organisation.accent": WHAT,
    "web/views/design.py page: guard if form.is_bound and (not form.is_valid())": WHAT,
    "web/views/design.py theme_picture: guard"
    " if name not in {theme.name for theme in designs.themes_for(book)}": WHAT,
    "web/views/design.py theme_picture: guard if not whole.chapters": WHAT,
    "web/views/downloads.py rebuild: guard if asked and asked not in FormatType.values": WHAT,
    "web/views/groups.py add: keyword exclude(groups__group=one)": WITHIN,
    "web/views/groups.py _choices: keyword exclude(groups__group=group)": WITHIN,
    "web/views/people.py hand_over: filter _members(by)": AGAIN,
    "web/views/people.py member: keyword filter(members__membership=one)": WITHIN,
    "web/views/printing.py print_file: guard if part not in ('interior', 'cover')": WHAT,
    "web/views/publishing.py move_section: filter book.matter.select_related('book')": AGAIN,
    "web/views/signing_in.py remove: keyword filter(organisation=by.organisation)": (
        "it is the name of a provider, which its sign-in page shows to everybody"
    ),
    "web/views/groups.py add: keyword filter(organisation_id=by.organisation_id)": AGAIN,
}
