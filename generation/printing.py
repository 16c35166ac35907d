"""Having a book made ready for a printer: by whom, one package for each order, and their files."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from books.models import Book
from collaboration import permissions
from formats import records
from formats.models import PrintPackage
from formats.printing import steps
from formats.printing.order import Order
from generation.errors import NotPossibleNow
from generation.steps.formats import disclosure_of
from insights import recording
from insights.actions import Action
from jobs.control import start_job
from jobs.models import Job
from jobs.states import JobState
from jobs.steps import NewStep
from storage.models import StoredFile
from tenants.models import Membership

MOST = 12  # packages of a book


def order_package(*, membership: Membership, book: Book, order: Order) -> PrintPackage:
    """Have interior and cover made for an order. The same order again makes the same package anew, and costs
    nothing where the book has not changed.

    Raises `NotPossibleNow` for a book that is not finished or has too many packages, `PermissionDenied`.
    """
    if not permissions.can_edit(membership, book):
        raise PermissionDenied
    if book.status != Book.Status.READY:
        raise NotPossibleNow(_("A book is printed once every chapter is written."))
    specification = order.specification()
    with transaction.atomic():
        Book.objects.select_for_update(no_key=True).get(pk=book.pk)
        package = book.print_packages.filter(specification=specification).first()
        if package is None:
            if book.print_packages.count() >= MOST:
                raise NotPossibleNow(
                    _("A book has at most %(limit)d packages for printers. Delete one first.")
                    % {"limit": MOST}
                )
            package = PrintPackage(book=book, printer=order.printer.name, specification=specification)
        elif _is_under_way(package):
            return package
        package.status, package.error, package.created_by = PrintPackage.Status.PENDING, "", membership.user
        package.save()
        start_job(
            subject_type=steps.SUBJECT,
            subject_id=package.pk,
            created_by=membership.user_id,
            payload={"title": book.display_title},
            steps=[
                NewStep(steps.KIND, payload={"package": str(package.pk), "disclosure": disclosure_of(book)})
            ],
        )
        recording.record(Action.PRINT_ASKED, actor=membership.user, resource=book, details=_summary(package))
    return package


def delete_package(*, membership: Membership, package: PrintPackage) -> None:
    """Forget a package and give its files' space back. Raises `NotPossibleNow` while it is being made."""
    if not permissions.can_edit(membership, package.book):
        raise PermissionDenied
    with transaction.atomic():
        Book.objects.select_for_update(no_key=True).get(pk=package.book_id)
        now = PrintPackage.objects.select_related("interior", "cover").filter(pk=package.pk).first()
        if now is None:
            return  # somebody else was quicker
        if _is_under_way(now):
            raise NotPossibleNow(_("This package is being made just now."))
        found = [file for file in (now.interior, now.cover) if file is not None]
        recording.record(
            Action.PRINT_DELETED, actor=membership.user, resource=package.book, details=_summary(package)
        )
        package.delete()
        for file in found:
            records.discard(file)


def take(*, membership: Membership, package: PrintPackage, part: str) -> StoredFile:
    """The file of a package, "interior" or "cover", with the download logged. Raises `records.NotReady`."""
    file = package.interior if part == "interior" else package.cover
    if file is None:
        raise records.NotReady
    details = {**_summary(package), "file": part}
    recording.record(Action.PRINT_DOWNLOADED, actor=membership.user, resource=package.book, details=details)
    return file


def _is_under_way(package: PrintPackage) -> bool:
    if package.status != PrintPackage.Status.PENDING:
        return False
    jobs = Job.objects.filter(subject_type=steps.SUBJECT, subject_id=package.pk, state=JobState.RUNNING)
    return jobs.exists()


def _summary(package: PrintPackage) -> dict[str, str]:
    asked = package.specification
    return {name: str(asked.get(name, "")) for name in ("printer", "binding", "paper", "trim")}
