"""The web door: a page and the API that it talks to."""
