"""The peer of the tenancy's benchmarks: django-tenants as it comes, with the same models and migrations."""
