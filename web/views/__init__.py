"""The members' pages. A view reads what it shows, calls one function of a room, and chooses a template."""
