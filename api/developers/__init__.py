"""Pages for those who write programs, on the platform's host: guides, reference, errors."""
