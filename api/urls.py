"""Addresses of REST v1, mounted at /api/v1/ on each organisation's host."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from api.activity import ActivityViewSet
from api.batches import BatchViewSet
from api.books import BookViewSet
from api.covering import CoveredViewSet
from api.domains import DomainViewSet
from api.exports import ExportViewSet
from api.files import FileViewSet, HoldingsView
from api.groups import GroupViewSet
from api.invitations import InvitationViewSet
from api.invoices import BillingProfileView, InvoiceViewSet, PaymentViewSet
from api.jobs import JobViewSet
from api.keys import KeyViewSet, LoggedRequestViewSet
from api.members import MemberViewSet
from api.notifications import NotificationViewSet, PreferencesView
from api.openapi.serving import DescriptionView
from api.organisation import OrganisationDeletionView, OrganisationView
from api.own_organisations import OwnOrganisationViewSet
from api.portraits import LogoView, LookView, OwnPictureView
from api.printing import PrintPackageViewSet
from api.profile import ProfileView
from api.providers import ProvidersView, ProviderTrialView, ProviderView
from api.signing_in import SingleSignOnRequirementView, SingleSignOnView
from api.subscription import PlansView, SubscriptionViewSet
from api.tiers import TierViewSet
from api.usage import BudgetView, CostsView, LimitViewSet, UsageOfMembersViewSet, UsageView
from api.webhooks import DeliveryViewSet, EndpointViewSet, EventTypesView

app_name = "api"

router = SimpleRouter(use_regex_path=True)
router.register("books", BookViewSet, basename="book")
router.register("jobs", JobViewSet, basename="job")
router.register("organisations", OwnOrganisationViewSet, basename="own-organisation")
router.register("batches", BatchViewSet, basename="batch")
router.register("domains", DomainViewSet, basename="domain")
router.register(
    "books/(?P<book_pk>[0-9a-f-]{36})/print-packages", PrintPackageViewSet, basename="print-package"
)
router.register("exports", ExportViewSet, basename="export")
router.register("files", FileViewSet, basename="file")
router.register("members", MemberViewSet, basename="member")
router.register("invitations", InvitationViewSet, basename="invitation")
router.register("groups", GroupViewSet, basename="group")
router.register("tiers", TierViewSet, basename="tier")
router.register("limits", LimitViewSet, basename="limit")
router.register("subscription", SubscriptionViewSet, basename="subscription")
router.register("usage/members", UsageOfMembersViewSet, basename="usage-of-members")
router.register("covered-organisations", CoveredViewSet, basename="covered")
router.register("invoices", InvoiceViewSet, basename="invoice")
router.register("payments", PaymentViewSet, basename="payment")
router.register("activity", ActivityViewSet, basename="activity")
router.register("keys", KeyViewSet, basename="key")
router.register("requests", LoggedRequestViewSet, basename="request")
router.register("webhooks/deliveries", DeliveryViewSet, basename="webhook-delivery")
router.register("webhooks", EndpointViewSet, basename="webhook")
router.register("notifications", NotificationViewSet, basename="notification")

urlpatterns = [
    path("schema/", DescriptionView.as_view(), name="schema"),
    path("organisation/", OrganisationView.as_view(), name="organisation"),
    path("organisation/deletion/", OrganisationDeletionView.as_view(), name="organisation-deletion"),
    path("organisation/logo/", LogoView.as_view(), name="organisation-logo"),
    path("organisation/look/", LookView.as_view(), name="organisation-look"),
    path("organisation/single-sign-on/", SingleSignOnView.as_view(), name="single-sign-on"),
    path(
        "organisation/single-sign-on/requirement/",
        SingleSignOnRequirementView.as_view(),
        name="single-sign-on-requirement",
    ),
    path("profile/", ProfileView.as_view(), name="profile"),
    path("profile/picture/", OwnPictureView.as_view(), name="profile-picture"),
    path("providers/", ProvidersView.as_view(), name="providers"),
    path("providers/<slug:purpose>/", ProviderView.as_view(), name="provider"),
    path("providers/<slug:purpose>/test/", ProviderTrialView.as_view(), name="provider-test"),
    path("plans/", PlansView.as_view(), name="plans"),
    path("subscription/", SubscriptionViewSet.as_view({"get": "read"}), name="subscription"),
    path("billing-profile/", BillingProfileView.as_view(), name="billing-profile"),
    path("storage/", HoldingsView.as_view(), name="storage"),
    path("usage/", UsageView.as_view(), name="usage"),
    path("costs/", CostsView.as_view(), name="costs"),
    path("budget/", BudgetView.as_view(), name="budget"),
    path("webhooks/events/", EventTypesView.as_view(), name="webhook-events"),
    path("notifications/preferences/", PreferencesView.as_view(), name="preferences"),
    *router.urls,
]
