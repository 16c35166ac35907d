"""Files as spreadsheets write them."""

from __future__ import annotations

import pytest

from generation.batches.sheet import MOST_BYTES, BadSheet, read_sheet

NOOR = {"name": "Noor", "age": "7"}


def cells(data: bytes) -> list[dict[str, str]]:
    return [dict(row.cells) for row in read_sheet(data).rows]


@pytest.mark.parametrize(
    "data",
    [
        b"Name,Age\nNoor,7\n",
        b"\xef\xbb\xbfName,Age\r\nNoor,7\r\n",
        b"Name;Age\r\nNoor;7\r\n",
        b"Name\tAge\nNoor\t7",
        b"sep=;\r\nName;Age\r\nNoor;7\r\n",
        "Name;Age\r\nNoor;7\r\n".encode("utf-16"),
        "Prénom;Âge\r\nNoor;7\r\n".encode(),
        b"PRENOM ; age\r\n Noor ; 7 \r\n",
        "Pre\u0301nom,A\u0302ge\nNoor,7\n".encode(),
        b"First name,Years\nNoor,7\n",
        b'"Name","Age"\n"Noor","7"\n',
        b"\n\nName,Age\n\nNoor,7\n,,\n\n",
        b"name,age,,\nNoor,7,,\n",
    ],
)
def test_what_spreadsheets_write_is_understood(data: bytes) -> None:
    assert cells(data) == [NOOR]


def test_windows_file_is_read_and_said_to_be_one() -> None:
    sheet = read_sheet("Prénom;Cheveux\r\nZoé;bouclés\r\n".encode("cp1252"))

    assert dict(sheet.rows[0].cells) == {"name": "Zoé", "hair": "bouclés"}
    assert "Windows-1252" in sheet.remarks[0]


def test_quoted_line_ends_and_separators_stay_in_their_cell() -> None:
    assert cells(b'Name;Dedication\nNoor;"For Noor;\nwho asks"\nMax;\n') == [
        {"name": "Noor", "dedication": "For Noor; who asks"},
        {"name": "Max"},
    ]


def test_rows_are_numbered_as_the_spreadsheet_does() -> None:
    assert [row.number for row in read_sheet(b"Name\nNoor\n\nMax\n").rows] == [2, 4]


def test_columns_that_are_not_used_are_named() -> None:
    sheet = read_sheet(b"Name,Class,Shoe size\nNoor,3b,31\n")

    assert sheet.remarks == ["2 columns are not used: “Class”, “Shoe size”."]
    assert dict(sheet.rows[0].cells) == {"name": "Noor"}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty."),
        (b"\n , ,\n", "The file is empty."),
        (b"Name\n", "no row below it"),
        (b"Age,Hair\n7,curly\n", "hero’s name"),
        (b"Name,First name\nNoor,N\n", "Two columns of the file mean the same: “First name”."),
        (b"PK\x03\x04" + b"\0" * 40, "workbook"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", "not a CSV file"),
        (b"Name\n" + b"Noor\n" * 501, "These are 501 rows; a batch has room for 500."),
        (b"Name\n" + b"\n" * 10_001, "more than 10000 lines"),
        (b"Name\n" + b"x" * MOST_BYTES, "larger than 1 MB"),
        (b'Name\n"' + b"x" * 200_000, "cannot be read as CSV"),
    ],
)
def test_file_that_cannot_be_used_says_why(data: bytes, told: str) -> None:
    with pytest.raises(BadSheet) as refusal:
        read_sheet(data)

    assert told in str(refusal.value)


def test_five_hundred_rows_fit() -> None:
    assert len(read_sheet(b"Name\n" + b"Noor\n" * 500).rows) == 500
