"""Loading the model that is in place now, while turns go on with the one that was loaded before."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from rasa.core.agent import Agent

logger = logging.getLogger(__name__)


class ModelSwap:
    """Loads a model on a thread of its own; the agent changes over in one step, between two turns.

    A turn that is under way ends with the model that it began with.

    Args:
        path: The model's file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = asyncio.Lock()

    async def load(self, agent: Agent) -> bool:
        """Load it.

        Returns:
            Whether it could be loaded; if not, the old one stays.
        """
        async with self._lock:
            try:
                await asyncio.get_running_loop().run_in_executor(None, agent.load_model, self._path)
            except Exception:  # a damaged archive fails in many ways, and none of them may end the assistant
                logger.exception("The model in %s could not be loaded; the old one stays", self._path.name)
                return False
        logger.warning("The model in %s was loaded", self._path.name)
        return True
