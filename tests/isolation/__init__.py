"""Who sees and changes what, asked of every address of the platform.

A new route needs one line, in the table of its room (`tests/isolation/tables/`):

    "web:design": page("book_id", GET=SEES, POST=EDITS, body={"theme": "modern-novel"}),

It says what stands in the address (`cast.Cast.values` has an object of each name), which methods there are
and who may use each (`audiences.py`), and what is sent. All the rest follows: everybody else is turned away,
sees nothing and changes nothing. See docs/developers/isolation.md.
"""
