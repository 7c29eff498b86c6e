"""One person: where they are in a lesson, what they answered, what they wrote. Knows nothing of Rasa or the web."""
