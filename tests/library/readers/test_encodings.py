"""In which encoding a text is: guessed where nothing tells it, and a doubt where little does."""

import pytest

from desktop.library.readers.reading import read as any_kind
from desktop.library.readers.text import read
from desktop.refused import Refused

CZECH = (
    "Rada města zruší poplatek za průjezd Starým mostem. Předseda to řekl ve středu po roce "
    "protestů. Dopravci to nazývají dobrým dnem pro město."
)
TURKISH = "Şehir meclisi eski köprünün geçiş ücretini kaldıracak. Başkan bunu çarşamba söyledi."
RUSSIAN = "Совет отменит плату за проезд по Старому мосту. Глава совета сказал об этом в среду."
GERMAN = "Die Fähre fährt künftig auch nachts über die Förde. Das sagte Märta Özdemir in Köln."


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (CZECH, "cp1250"),
        (CZECH, "iso8859-2"),
        (TURKISH, "cp1254"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GERMAN, "cp1252"),
    ],
)
def test_letters_tell_the_encoding(tmp_path, words, encoding):
    path = tmp_path / "story.txt"
    path.write_bytes(words.encode(encoding))
    article = read(path)
    assert (article.text, article.doubts) == (words, ())


@pytest.mark.parametrize(
    ("words", "encoding"),
    [("Мост", "koi8-r"), ("Łódź", "iso8859-2"), ("过桥费", "gb18030"), ("Πόλη", "cp1253")],
)
def test_where_a_few_letters_tell_nothing_that_is_a_doubt(tmp_path, words, encoding):
    path = tmp_path / "story.txt"
    path.write_bytes(words.encode(encoding))
    assert any("its encoding was guessed" in doubt for doubt in read(path).doubts)
    path.write_text(words, "utf-8")
    assert read(path).doubts == ()


@pytest.mark.parametrize("suffix", [".csv", ".md", ".html", ".eml"])
def test_readers_of_all_kinds_tell_of_it(tmp_path, suffix):
    before = {
        ".csv": "title,text\nOne,", ".md": "---\ntitle: One\n---\n", ".html": "<html><body><p>",
        ".eml": "From: a\nMessage-ID: <1@a.example>\nSubject: One\nDate: 4 Mar 2026\n\n",
    }  # fmt: skip
    path = tmp_path / f"story{suffix}"
    path.write_bytes((before[suffix] + "Мост").encode("koi8-r"))
    (article,) = any_kind(path)
    assert not isinstance(article, Refused)
    assert any("its encoding was guessed" in doubt for doubt in article.doubts)
