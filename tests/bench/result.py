"""One figure of the bench, and the goal it is held against."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """``name`` is ``area.what``; a goal is a ceiling (``at_most``), a floor, or there is none."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def holds(self) -> bool | None:
        """Tell whether the goal is met; ``None`` where there is none."""
        if self.at_most is not None:
            return self.value <= self.at_most
        if self.at_least is not None:
            return self.value >= self.at_least
        return None

    def to_json(self) -> str:
        """Return ``{"name", "value", "unit", "goal", "holds"}``, the goal as in ``"<= 50"``."""
        goal = None
        if self.at_most is not None:
            goal = f"<= {self.at_most:g}"
        elif self.at_least is not None:
            goal = f">= {self.at_least:g}"
        value = float(f"{self.value:.4g}")
        line = {"name": self.name, "value": value, "unit": self.unit, "goal": goal}
        return json.dumps({**line, "holds": self.holds})
