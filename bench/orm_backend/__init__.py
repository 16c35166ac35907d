"""The platform's backend for Django's own tests: all it adds is the schemas that they need."""

SCHEMA = "t_abcdefabcdefabcd"  # of the organisation in which the tests run; they look for figures in SQL
