"""The peer of `bench.api_cost`: the same tables and statements behind bare views, for one tenant alone."""
