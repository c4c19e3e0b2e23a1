"""Reminders by e-mail: who is written to (`carnet`), one message (`courriel`), the server (`smtp`), all of it (`relances`)."""
