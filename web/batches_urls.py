"""Addresses of the pages of batches, on an organisation's host."""

from django.urls import path

from web.views import batch_making, batch_rows, batches

urlpatterns = [
    path("", batches.all_batches, name="batches"),
    path("new/", batches.new, name="new_batch"),
    path("example/", batches.example, name="batch_example"),
    path("<uuid:batch_id>/", batches.batch, name="batch"),
    path("<uuid:batch_id>/edit/", batches.edit, name="edit_batch"),
    path("<uuid:batch_id>/begin/", batch_making.begin, name="begin_batch"),
    path("<uuid:batch_id>/go-on/", batch_making.go_on, name="resume_batch"),
    path("<uuid:batch_id>/retry/", batch_making.retry, name="retry_batch"),
    path("<uuid:batch_id>/cancel/", batch_making.cancel, name="cancel_batch"),
    path("<uuid:batch_id>/delete/", batches.delete, name="delete_batch"),
    path("<uuid:batch_id>/doubles/", batch_rows.leave_out_doubles, name="leave_out_doubles"),
    path("<uuid:batch_id>/table/", batch_making.table, name="batch_table"),
    path("<uuid:batch_id>/files/", batch_making.archive, name="batch_files"),
    path("<uuid:batch_id>/rows/<int:number>/", batch_rows.row, name="batch_row"),
    path("<uuid:batch_id>/rows/<int:number>/leave-out/", batch_rows.leave_out, name="leave_out_row"),
]
