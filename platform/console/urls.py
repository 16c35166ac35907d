"""Addresses of the console, under /console/ on the platform's own host."""

from django.urls import path

from console import calls, costs, exceptions, gateway, invoices, letters, plans, seller, subscriptions, views

app_name = "console"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<uuid:organisation_id>/limits/", exceptions.exceptions, name="exceptions"),
    path("organisations/<uuid:organisation_id>/limits/set/", exceptions.set_exception, name="set_exception"),
    path(
        "organisations/<uuid:organisation_id>/limits/<uuid:limit_id>/remove/",
        exceptions.remove_exception,
        name="remove_exception",
    ),
    path("people/", views.people, name="people"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:job_id>/", views.job, name="job"),
    path("jobs/<uuid:job_id>/retry/", views.retry_job, name="retry_job"),
    path("jobs/<uuid:job_id>/cancel/", views.cancel_job, name="cancel_job"),
    path("e-mails/", letters.letters, name="letters"),
    path("e-mails/<uuid:letter_id>/retry/", letters.retry_letter, name="retry_letter"),
    path("invoices/", invoices.invoices, name="invoices"),
    path("invoices/<uuid:invoice_id>/", invoices.invoice, name="invoice"),
    path("invoices/<uuid:invoice_id>/pdf/", invoices.invoice_pdf, name="invoice_pdf"),
    path("payments/", invoices.payments, name="payments"),
    path("payments/<uuid:payment_id>/refund/", subscriptions.refund, name="refund"),
    path("subscriptions/", subscriptions.subscriptions, name="subscriptions"),
    path("subscriptions/<uuid:subscription_id>/", subscriptions.subscription, name="subscription"),
    path("subscriptions/<uuid:subscription_id>/compare/", subscriptions.compare, name="compare"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.new_plan, name="new_plan"),
    path("plans/<slug:code>/", plans.change_plan, name="change_plan"),
    path("plans/<slug:code>/withdraw/", plans.withdraw_plan, name="withdraw_plan"),
    path("prices/", costs.prices, name="prices"),
    path("prices/set/", costs.set_price, name="set_price"),
    path("calls/", calls.calls, name="calls"),
    path("calls/reckon/", calls.reckon, name="reckon"),
    path("calls/<uuid:entry_id>/", calls.call, name="call"),
    path("calls/<uuid:entry_id>/reconcile/", calls.reconcile, name="reconcile"),
    path("margins/", costs.margins, name="margins"),
    path("margins/rates/", costs.set_rate, name="set_exchange_rate"),
    path("seller/", seller.seller, name="seller"),
    path("seller/change/", seller.change_seller, name="change_seller"),
    path("seller/another/", seller.sell_as_another, name="sell_as_another"),
    path("seller/taxes/", seller.add_tax_rate, name="add_tax_rate"),
    path("seller/taxes/<uuid:rate_id>/remove/", seller.remove_tax_rate, name="remove_tax_rate"),
    path("gateway/", gateway.gateway, name="gateway"),
    path("gateway/key/", gateway.set_key, name="set_key"),
    path("gateway/key/try/", gateway.test_key, name="test_key"),
    path("gateway/key/forget/", gateway.forget_key, name="forget_key"),
    path("gateway/clock/", gateway.move_clock, name="move_clock"),
    path("gateway/events/", gateway.gateway_events, name="gateway_events"),
    path("gateway/events/<uuid:event_id>/retry/", gateway.retry_event, name="retry_event"),
    path("steps/<uuid:step_id>/retry/", views.retry_step, name="retry_step"),
]
