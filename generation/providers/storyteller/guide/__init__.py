"""Guides and workbooks from a topic, a goal and the member's own notes. Nothing in them is invented."""
