"""The console of the people who run the platform."""
