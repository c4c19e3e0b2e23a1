"""What the tests share: a PostgreSQL server, a browser, the dashboard's server."""
