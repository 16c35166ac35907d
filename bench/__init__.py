"""Benchmarks: each module's `main` measures, prints a report and says whether its demands are met."""
