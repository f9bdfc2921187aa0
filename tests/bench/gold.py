"""How many keys and clicks it takes from the suggestions to our own reading of the samples.

A perfect analyst (:mod:`tests.bench.gold_analyst`) sits at the real window: at each suggestion it
knows what is right and presses the fewest keys that the window has for it. A chord is one action,
so are a click, a letter typed, and a drag over some words; turning the wheel is none. A name is
right where bounds and label are; a stance where
:func:`desktop.suggest.evaluation.frames.same_target` says so. In the end the project must say what
the gold says: names to the letter, and each stance once, with nothing besides.
"""

from collections import Counter
from collections.abc import Iterator

from tests.bench.gold_analyst import NAMES, STANCES, Analyst, Moves
from tests.bench.real_window import open_article, real_window, wait
from tests.bench.result import Result
from tests.gold import FILES, Gold, read_gold

BY_PARAGRAPH = Moves(paragraph=("Shift+Return",), everywhere=("M",))
"""As an analyst works who reads a paragraph, mends what is wrong in it, and accepts the rest."""
AT_ONCE = Moves(article=("Ctrl+Shift+A", "Return"), everywhere=("M",))
"""As one works who mends what is wrong in the whole article, and accepts the rest in one go."""
WAYS = (
    ("", True, AT_ONCE, {NAMES: 0.6, STANCES: 2.5}),
    ("_by_paragraph", True, BY_PARAGRAPH, {NAMES: 0.6, STANCES: 2.5}),
    ("_unaided", False, BY_PARAGRAPH, {}),
)


def measure() -> Iterator[Result]:
    """Yield actions by gold name and gold stance, with suggestions and without, and what for."""
    read = [read_gold(file) for file in FILES]
    for words, suggest, moves, goals in WAYS:
        spent, wanted = Counter[tuple[str, str]](), Counter[str]()
        for gold in read:
            analyst = worked(gold, moves, suggest=suggest)
            spent += analyst.spent
            wanted += Counter({NAMES: len(gold.entities), STANCES: len(analyst.frames)})
        for layer, goal in ((NAMES, goals.get(NAMES)), (STANCES, goals.get(STANCES))):
            many = wanted[layer]
            done = {what: n for (mine, what), n in sorted(spent.items()) if mine == layer}
            unit = f"actions for each of {many}"
            yield Result(f"gold.{layer}{words}", sum(done.values()) / many, unit, at_most=goal)
            for what, actions in done.items():
                yield Result(f"gold.{layer}{words}.{what}", actions / many, unit)


def worked(gold: Gold, moves: Moves, *, suggest: bool) -> Analyst:
    """Return an analyst who brought an article to its gold, with suggestions or without."""
    with real_window([gold.article], suggest=suggest) as app:
        if suggest:
            open_article(app, gold.article.text)
        else:
            app.suggesting.engine.stop()
            wait(lambda: app.session.state)
            wait(lambda: app.window.actions_table["stance"].isEnabled())
        analyst = Analyst(app, gold, moves)
        analyst.work()
    return analyst
