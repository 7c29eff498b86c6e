"""The tests; a package of its own name, since a library installs a ``tests`` too."""
