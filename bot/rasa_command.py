"""Rasa's own command line, started the quick way.

skops, which Rasa needs to read its classifier, looks through every loaded module when it is imported: 5 s once
TensorFlow is there, 1 s before. So it comes first.
"""

from __future__ import annotations

import skops.io  # noqa: F401
from rasa.__main__ import main

if __name__ == "__main__":
    main()
