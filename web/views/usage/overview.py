"""What the organisation has used, with a forecast, and what each person and group has."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing import limits, usage
from billing.models import Metric, Window
from tenants.models import Group, Organisation
from tenants.people.roster import Wanted, people_of
from web import charts
from web.access import MemberRequest, member_required, member_who_runs, member_who_sees_people
from web.views.usage.frame import tabs

PAGE = 50
SHOWN = (
    Metric.BOOKS_CREATED,
    Metric.WORDS_WRITTEN,
    Metric.PICTURES_DRAWN,
    Metric.TOKENS_USED,
    Metric.API_CALLS,
)
BY_PERSON = (Metric.BOOKS_CREATED, Metric.WORDS_WRITTEN, Metric.PICTURES_DRAWN)


@dataclass(frozen=True, slots=True)
class Used:
    """This month's use of a metric, and what the month will come to."""

    metric: Metric
    value: int
    forecast: int


@require_safe
@member_required
def overview(request: MemberRequest) -> HttpResponse:
    """Everybody but guests sees the organisation's use and their own limits."""
    membership = member_who_sees_people(request)
    organisation = Organisation.objects.get(pk=membership.organisation_id)
    metric = _asked(request)
    month = usage.used(organisation, Window.MONTH)
    days = usage.by_day(organisation, metric)
    context = {
        "here": "usage",
        "tabs": tabs(request, "usage"),
        "used": [_with_forecast(organisation, one, month[one]) for one in SHOWN],
        "storage": limits.allowance(organisation.pk, Metric.STORAGE_USED),
        "standings": limits.standings(organisation.pk, Metric.BOOKS_CREATED, membership),
        "metric": metric,
        "metrics": BY_PERSON,
        "days": days,
        "chart": charts.bars([(day.day, day.value) for day in days]),
    }
    return render(request, "web/usage/usage.html", context)


@require_safe
@member_required
def people(request: MemberRequest) -> HttpResponse:
    """What each member and each group has used this month."""
    membership = member_who_runs(request)
    organisation = Organisation.objects.get(pk=membership.organisation_id)
    used = usage.by_person(organisation, Window.MONTH)
    by_group = usage.by_group(organisation, used)
    page = Paginator(people_of(organisation.pk, Wanted()), PAGE).get_page(request.GET.get("page"))
    context = {
        "here": "usage",
        "tabs": tabs(request, "usage_of_people"),
        "metrics": BY_PERSON,
        "page": page,
        "rows": [(one, _row(used.get(one.user_id, {}))) for one in page],
        "groups": [(one, _row(by_group.get(one.pk, {}))) for one in _groups(organisation)],
    }
    return render(request, "web/usage/people.html", context)


def _groups(organisation: Organisation) -> list[Group]:
    return list(Group.objects.filter(organisation=organisation))


def _row(used: dict[Metric, int]) -> list[int]:
    return [used.get(metric, 0) for metric in BY_PERSON]


def _with_forecast(organisation: Organisation, metric: Metric, value: int) -> Used:
    return Used(metric, value, usage.forecast(organisation, metric, used_this_month=value))


def _asked(request: MemberRequest) -> Metric:
    asked = request.GET.get("metric", "")
    return Metric(asked) if asked in [one.value for one in BY_PERSON] else Metric.BOOKS_CREATED
