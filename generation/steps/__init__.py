"""The kinds of step of a book's journey: what each reads, what it asks for, and what it writes."""
