"""An emulator of a crew on CrewAI AMP, which obeys AMP's own description (amp.yaml)."""

from tests.emulators.crewai.crew import TASKS, Sent
from tests.emulators.crewai.server import TOKEN, CrewServer, Script

__all__ = ["TASKS", "TOKEN", "CrewServer", "Script", "Sent"]
