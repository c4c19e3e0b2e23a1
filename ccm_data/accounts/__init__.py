"""Credentials, lockout and server-side sessions."""
