"""Custom actions: thin, never silent. They read slots, call pure functions, speak, and return events."""
