"""Addresses of the billing pages, on an organisation's host."""

from django.urls import path

from web.views.billing import cards, covered, details, ending, invoices, overview, plans, returning

urlpatterns = [
    path("", overview.overview, name="billing"),
    path("plans/", plans.plans, name="plans"),
    path("plans/<uuid:price_id>/", plans.change_plan, name="change_plan"),
    path("plans/<uuid:price_id>/try/", plans.start_trial, name="start_trial"),
    path("return/", returning.returned, name="billing_return"),
    path("cancel/", ending.cancel, name="cancel_plan"),
    path("keep/", ending.keep, name="keep_plan"),
    path("pause/", ending.pause, name="pause_plan"),
    path("resume/", ending.resume, name="resume_plan"),
    path("card/", cards.card, name="change_card"),
    path("covered/", covered.covered, name="covered"),
    path("covered/<uuid:organisation_id>/cover/", covered.cover, name="cover"),
    path("covered/<uuid:organisation_id>/uncover/", covered.uncover, name="uncover"),
    path("details/", details.details, name="billing_details"),
    path("invoices/", invoices.invoices, name="invoices"),
    path("invoices/<uuid:invoice_id>/", invoices.invoice, name="invoice"),
    path("invoices/<uuid:invoice_id>/pdf/", invoices.pdf, name="invoice_pdf"),
    path("invoices/<uuid:invoice_id>/send/", invoices.send, name="send_invoice"),
    path("payments/", invoices.payments, name="payments"),
]
