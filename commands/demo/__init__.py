"""A believable month of learners, made by talking with the real tutor."""
