"""The course: its content, how it is read and checked, and how an answer is found in it."""
