"""Addresses of the console, under /console/ on the platform's own host."""

from django.urls import path

from console import letters, views

app_name = "console"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("organisations/", views.organisations, name="organisations"),
    path("people/", views.people, name="people"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:job_id>/", views.job, name="job"),
    path("jobs/<uuid:job_id>/retry/", views.retry_job, name="retry_job"),
    path("jobs/<uuid:job_id>/cancel/", views.cancel_job, name="cancel_job"),
    path("e-mails/", letters.letters, name="letters"),
    path("e-mails/<uuid:letter_id>/retry/", letters.retry_letter, name="retry_letter"),
    path("steps/<uuid:step_id>/retry/", views.retry_step, name="retry_step"),
]
