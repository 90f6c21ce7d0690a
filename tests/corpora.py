"""Articles of one paragraph each, and what the tests of reading share."""

import warnings

from idlibkit.reading.articles import read_articles
from idlibkit.tables import IdlibkitNote, IdlibkitWarning

ARMY = (
    "The army said on Monday that it had taken the town after a night of shelling, and that the road was open again. "
    "Officials who were there told reporters that three people had been killed when a shell hit the market."
)
REBELS = (
    "The rebels said they had left the town before the army came, and that their fighters were now in the hills. "
    "People who have fled from the valley said that there was no water, and that the school had been hit."
)
TURKISH = "Ordu pazartesi günü yaptığı açıklamada kasabanın geceki bombardımandan sonra ele geçirildiğini söyledi."


def read_and_listen(*args, **kwargs):
    """The articles, the problems that were named, and the notes, as texts."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        articles = read_articles(*args, **kwargs)
    assert all(
        issubclass(w.category, IdlibkitWarning) and w.filename == __file__
        for w in caught
    ), [str(w.message) for w in caught]
    problems = [str(w.message) for w in caught if w.category is IdlibkitWarning]
    notes = [str(w.message) for w in caught if w.category is IdlibkitNote]
    return articles, problems, notes


def quiet(*args, **kwargs):
    """The articles, and the problems that were named."""
    return read_and_listen(*args, **kwargs)[:2]


def put(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
