"""The course team's desk: an ASGI app of its own, which never writes Rasa's tables."""
