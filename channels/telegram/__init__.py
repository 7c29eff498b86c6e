"""The door in Telegram: what comes in from the Bot API, and how a reply of the tutor looks there."""
