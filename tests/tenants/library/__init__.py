"""An app with tables in each organisation's schema, for the tests of the engine."""
