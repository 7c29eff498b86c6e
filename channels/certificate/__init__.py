"""Certificates at the door: where a name is typed, where the papers come from, and where anybody can check one."""
