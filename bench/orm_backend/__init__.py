"""The platform's backend for Django's own tests: all it adds is the schemas that they need."""

SCHEMA = "t_0123456789abcdef"  # of the organisation in which the tests run
