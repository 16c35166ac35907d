"""Pages of what is used, what is limited, and what it costs."""
