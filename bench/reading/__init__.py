"""The two installations of `bench.tenants_reading`: the product, and the same without tenancy."""
