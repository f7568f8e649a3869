"""Django's PostgreSQL, of release 15 or later, which can bring up the embedded server by itself."""
