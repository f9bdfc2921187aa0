"""The window round the rooms: actions, tasks, settings, the engine's client."""
