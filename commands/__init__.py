"""What the command line does; ``tutor.py`` at the top only reads the words."""
