"""How a text of the tutor looks at each door: pure functions, for whoever sends it and for whoever shows a preview."""
