"""What is decided on a stretch of text as a whole."""

from desktop.article.stretches import Stretch, Stretches


def test_the_whole_text_or_the_selection_is_checked(session, news):
    session.load(news.article, news.suggestions)
    stretches, told = Stretches(session), list[int]()
    session.set_selection(news.span("bridge toll"))
    assert stretches.nothing_here(Stretch.PARAGRAPH, told.append)
    layers = ("entities", "stances")
    found = {(one.layer, one.end - one.start) for one in session.state.checked.values()}
    assert found == {(layer, len("bridge toll")) for layer in layers}
    assert stretches.nothing_here(Stretch.ARTICLE, told.append)
    session.many.finish()
    found = {(one.layer, one.end - one.start) for one in session.state.checked.values()}
    assert found >= {(layer, len(news.text)) for layer in layers}
    assert session.state.left() == 0
    assert told[0] == 0 < told[1]
