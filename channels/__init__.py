"""The doors: one public gateway, and what stands between it and the assistant."""
