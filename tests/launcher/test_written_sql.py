"""SQL written by hand has to name its tables in a way that finds them, says `./octavo check`."""

from __future__ import annotations

import pytest

from launcher.written_sql import findings

TABLES = frozenset({"books_book", "accounts_user"})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('Book.objects.raw("SELECT 1")', "raw()"),
        ('Book.objects.annotate(x=RawSQL("SELECT 1", []))', "RawSQL()"),
        ('books.extra(where=["1 = 1"])', "extra()"),
        ('migrations.RunSQL("SELECT 1")', "RunSQL"),
        ("operations = [TrigramExtension()]", "TrigramExtension"),
        ('CreateCollation("c", locale="C")', "CreateCollation"),
        ('cursor.execute("SELECT 1 FROM books_book WHERE id = 1")', "the table books_book"),
        ('cursor.execute(f"{start} LEFT JOIN ONLY accounts_user u ON true")', "the table accounts_user"),
        ('DROP = "DROP TABLE IF EXISTS books_book"', "the table books_book"),
        ('cursor.execute("SET search_path TO t_acme")', "search_path"),
        ('options = f"-c search_path={schema}"', "search_path"),
    ],
)
def test_what_would_not_find_its_tables_is_found(line: str, said: str) -> None:
    (finding,) = findings(f"\n{line}\n", TABLES)
    assert finding.line == 2
    assert said in finding.what
    assert findings(f"{line}  # sql: the tables are named elsewhere", TABLES) == []
    assert findings(f"# sql: the tables are named elsewhere\n{line}", TABLES) == []
    assert findings(f"{line}  # sql:", TABLES) != []


@pytest.mark.parametrize(
    "line",
    [
        'Book.objects.raw(sql("SELECT * FROM {books_book}"))',
        'cursor.execute(sql("SELECT 1 FROM {books_book} b JOIN {accounts_user} u ON u.id = b.author_id"))',
        'logger.info("made", extra={"book": 1})',
        "cursor.execute(f'SELECT 1 FROM \"{schema}\".books_book')",
        'cursor.execute("SELECT 1 FROM public.books_book")',
        'cursor.execute("SELECT 1 FROM books_book_copy")',
        '"""Reads FROM books_book."""',
        'text = "a line from books_book"',
    ],
)
def test_what_is_right_is_left_alone(line: str) -> None:
    assert findings(line, TABLES) == []
