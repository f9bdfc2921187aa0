"""A screen reader's ears, for the system's Python: says as JSON what AT-SPI tells of a program.

``reader.py tree`` has every control that is shown; ``text NAME`` the text of a field and the runs
of its attributes; ``rows NAME`` the lines of a list; ``press NAME`` presses a button.
"""

import json
import sys
import time

import pyatspi  # pyright: ignore[reportMissingImports] - the system's Python has it

PATIENCE = 30  # s
PROGRAM = "standfirst"


def program():
    """Wait for the program to be on the accessibility bus."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for one in pyatspi.Registry.getDesktop(0):
            if one is not None and PROGRAM in (one.name or "").lower():
                return one
        time.sleep(0.2)
    sys.exit(f"{PROGRAM} is not on the bus")


def shown(control):
    """Tell whether a control can be met."""
    return control.getState().contains(pyatspi.STATE_SHOWING)


def walk(control, path=()):
    """Yield every control that is shown, with the names of those it lies in."""
    for child in control:
        if child is None or not shown(child):
            continue
        yield child, path
        yield from walk(child, (*path, child.name or child.getRoleName()))


def find(name, *roles):
    """Return the control of that name and of one of the roles."""
    for control, _ in walk(program()):
        if control.name == name and control.getRoleName() in roles:
            return control
    sys.exit(f"no {' or '.join(roles)} is called {name}")


def said(control, path=()):
    """Return what is said of a control."""
    state = control.getState()
    return {
        "name": control.name,
        "role": control.getRoleName(),
        "in": list(path),
        "focusable": state.contains(pyatspi.STATE_FOCUSABLE),
        "focused": state.contains(pyatspi.STATE_FOCUSED),
    }


def runs(control):
    """Yield the stretches of a text that have attributes of their own."""
    text = control.queryText()
    at, end = 0, text.characterCount
    while at < end:
        attributes, start, stop = text.getAttributeRun(at, False)
        yield {"start": start, "end": stop, "attributes": dict(a.split(":", 1) for a in attributes)}
        at = max(stop, at + 1)


def main():
    """Answer one question."""
    question, *names = sys.argv[1:]
    if question == "tree":
        answer = [said(control, path) for control, path in walk(program())]
    elif question == "text":
        control = find(*names, "text")
        text = control.queryText()
        answer = {
            "text": text.getText(0, -1),
            "caret": text.caretOffset,
            "runs": list(runs(control)),
        }
    elif question == "press":
        answer = find(*names, "push button", "check box").queryAction().doAction(0)
    else:
        found = find(*names, "list", "tree", "tree table", "table")
        answer = [child.name for child in found if child is not None]
    json.dump(answer, sys.stdout)


main()
