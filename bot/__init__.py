"""The assistant: actions, components, and training data for Rasa."""
