"""Durable steps: work that survives the death of its worker, of the broker and of the database's connections.

`jobs.control` starts and stops jobs, `jobs.steps` adds steps, `jobs.kinds` says what a kind of step is.
"""
