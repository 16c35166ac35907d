"""The shapes of batches over the wire."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from api.text import ModelSerializer, TextField
from books.models import BookLanguage
from generation.batches import progress
from generation.batches.models import Batch, BatchRow
from generation.batches.sheet import LONGEST_CELL, MOST_ROWS
from generation.batches.template import LONGEST_AUTHOR, LONGEST_NAME
from generation.briefs import CHAPTERS, LONGEST


@extend_schema_field({"oneOf": [{"type": "string", "maxLength": LONGEST_CELL}, {"type": "boolean"}]})
class WhetherField(serializers.CharField):
    """Yes or no: true or false, or a word for them."""

    def to_internal_value(self, data: Any) -> str:
        return ("yes" if data else "no") if isinstance(data, bool) else super().to_internal_value(data)


@extend_schema_field({"oneOf": [{"type": "string", "maxLength": LONGEST_CELL}, {"type": "integer"}]})
class NumberField(serializers.CharField):
    """A number, or its digits."""


def _cell() -> serializers.CharField:
    return serializers.CharField(max_length=LONGEST_CELL, allow_blank=True, required=False)


class GivenHeroSerializer(serializers.Serializer[Any]):
    """A hero as a table gives it: words of English or French, as in the example file. Only `name` is needed;
    what is left out is chosen. `dedication` takes the place of the batch's; `reference` is the caller's own.
    """

    name = _cell()
    age = NumberField(max_length=LONGEST_CELL, allow_blank=True, required=False)
    pronoun = _cell()
    skin = _cell()
    hair = _cell()
    hair_colour = _cell()
    glasses = WhetherField(max_length=LONGEST_CELL, allow_blank=True, required=False)
    freckles = WhetherField(max_length=LONGEST_CELL, allow_blank=True, required=False)
    outfit = _cell()
    colour = _cell()
    companion = _cell()
    companion_name = _cell()
    dedication = _cell()
    reference = _cell()


class BatchTemplateSerializer(serializers.Serializer[Any]):
    """What all books have in common. In `topic`, `title`, `goal` and `dedication` stand `{name}`, `{age}` and
    `{companion}` for those of each hero."""

    topic = TextField(max_length=LONGEST["topic"])
    title = TextField(max_length=LONGEST["title"], allow_blank=True, required=False)
    goal = TextField(max_length=LONGEST["goal"], allow_blank=True, required=False)
    language = serializers.ChoiceField(choices=BookLanguage.choices, required=False)
    audience = TextField(max_length=LONGEST["audience"], allow_blank=True, required=False)
    tone = TextField(max_length=LONGEST["tone"], allow_blank=True, required=False)
    dedication = TextField(max_length=LONGEST["dedication"], allow_blank=True, required=False)
    author_name = TextField(max_length=LONGEST_AUTHOR, allow_blank=True, required=False)
    chapters = serializers.IntegerField(
        min_value=CHAPTERS["story"][0], max_value=CHAPTERS["story"][-1], allow_null=True, required=False
    )


class NewBatchSerializer(BatchTemplateSerializer):
    """`heroes`, or as multipart/form-data a CSV `file`. Without `begin` it stays a draft, whose rows can be
    put right. Where rows are wrong nothing is made, unless `leave_out_wrong` makes books of the others."""

    name = TextField(max_length=LONGEST_NAME)
    heroes = serializers.ListField(
        child=GivenHeroSerializer(), required=False, allow_empty=False, max_length=MOST_ROWS
    )
    file = serializers.FileField(required=False, allow_empty_file=True)
    begin = serializers.BooleanField(default=True)
    leave_out_wrong = serializers.BooleanField(default=False)


class ChangedBatchSerializer(BatchTemplateSerializer):
    """What is named is changed, the rest stays. `heroes` or `file` take the place of all rows."""

    name = TextField(max_length=LONGEST_NAME)
    heroes = serializers.ListField(
        child=GivenHeroSerializer(), required=False, allow_empty=False, max_length=MOST_ROWS
    )
    file = serializers.FileField(required=False, allow_empty_file=True)


class RowCountsSerializer(serializers.Serializer[Any]):
    """Rows by state; `rows` are all of them, `books` those that are to become one."""

    rows = serializers.IntegerField()
    books = serializers.IntegerField()
    wrong = serializers.IntegerField()
    left_out = serializers.IntegerField()
    waiting = serializers.IntegerField()
    making = serializers.IntegerField()
    done = serializers.IntegerField()
    failed = serializers.IntegerField()
    cancelled = serializers.IntegerField()


class BatchSerializer(ModelSerializer[Batch]):
    """`reason` says why it is paused, `remarks` what was noticed about the file as a whole."""

    url = serializers.SerializerMethodField()
    rows_url = serializers.SerializerMethodField()
    template = BatchTemplateSerializer()
    counts = serializers.SerializerMethodField()
    remarks = serializers.ListField(child=TextField())
    created_by = serializers.UUIDField(source="created_by_id", allow_null=True)

    class Meta:
        model = Batch
        fields = [
            "id", "url", "name", "status", "reason", "counts", "template", "remarks", "rows_url",
            "created_by", "created_at", "updated_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, batch: Batch) -> str:
        return self._address("api:batch-detail", batch)

    def get_rows_url(self, batch: Batch) -> str:
        return self._address("api:batch-rows", batch)

    @extend_schema_field(RowCountsSerializer)
    def get_counts(self, batch: Any) -> Any:
        counts = {name: getattr(batch, f"rows_{name}", 0) for name in BatchRow.Status.values}
        return RowCountsSerializer(
            progress.Counts({name: number for name, number in counts.items() if number})
        ).data

    def _address(self, name: str, batch: Batch) -> str:
        return str(reverse(name, kwargs={"batch": batch.pk}, request=self.context.get("request")))


class BatchRowSerializer(ModelSerializer[BatchRow]):
    """`number` counts as a spreadsheet does for a file (its header is row 1), and from 1 for `heroes`.
    `given` are the cells, `hero` what was understood. `errors` are sentences by column; `error` is why its
    book was not made. `same_as` is the number of an earlier row that says the same."""

    url = serializers.SerializerMethodField()
    given = serializers.DictField(child=TextField())
    hero = serializers.DictField(allow_null=True)
    errors = serializers.DictField(  # type: ignore[assignment] # as a field it takes nothing's place
        child=serializers.ListField(child=TextField())
    )
    book = serializers.UUIDField(source="book_id", allow_null=True)
    book_url = serializers.SerializerMethodField()

    class Meta:
        model = BatchRow
        fields = [
            "number", "url", "status", "given", "hero", "dedication", "reference", "same_as", "errors",
            "error", "book", "book_url", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, row: BatchRow) -> str:
        kwargs = {"batch": row.batch_id, "number": row.number}
        return str(reverse("api:batch-row", kwargs=kwargs, request=self.context.get("request")))

    def get_book_url(self, row: BatchRow) -> str | None:
        if row.book_id is None:
            return None
        kwargs = {"pk": row.book_id}
        return str(reverse("api:book-detail", kwargs=kwargs, request=self.context.get("request")))


class ChangedRowSerializer(GivenHeroSerializer):
    """The row's cells anew; those that are not named become empty. With `left_out` alone, no book is made of
    it, or one after all."""

    left_out = serializers.BooleanField(required=False)


class WrongRowSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    errors = serializers.DictField(  # type: ignore[assignment] # as a field it takes nothing's place
        child=serializers.ListField(child=TextField())
    )


class BatchPreviewSerializer(serializers.Serializer[Any]):
    """What would come of it. `left` are the books that the plan has left, null for no limit; `cost_micros`
    what all would about cost at most, in micro-units of the currency."""

    rows = serializers.IntegerField()
    books = serializers.IntegerField()
    wrong = WrongRowSerializer(many=True)
    doubles = serializers.ListField(child=serializers.IntegerField())
    remarks = serializers.ListField(child=TextField())
    left = serializers.IntegerField(allow_null=True)
    cost_micros = serializers.IntegerField()


class BatchCancelSerializer(serializers.Serializer[Any]):
    """With `stop_making` the books that are in the making stop too; without they come to their end."""

    stop_making = serializers.BooleanField(default=False)


class TouchedRowsSerializer(serializers.Serializer[Any]):
    rows = serializers.IntegerField()
