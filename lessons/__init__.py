"""All lessons, one folder each, which holds what the lesson owns and nothing else does.

`settings` has its name and what a reader can set; `pictures` the figures; `formulas`, `predictions` and
`worksheet` what their names say; `text` the prose and the messages in each language. What has no Streamlit in
it computes; the other modules draw a part of the page. The page itself is the storyboard in `pages/`.
"""

from __future__ import annotations

from lessons.home import settings as home
from lessons.information import settings as information
from lessons.losses import settings as losses
from lessons.names import settings as names
from lessons.notes import settings as notes
from lessons.scores import settings as scores
from lessons.stability import settings as stability
from lessons.train import settings as train
from ui.lesson import enter
from ui.parameters import declare

HOME = home.LESSON
LESSONS = tuple(part.LESSON for part in (scores, stability, losses, train, information, names, notes))
PAGES = (HOME, *LESSONS)

for part in (home, scores, stability, losses, train, information, names, notes):
    enter(part.LESSON)
    declare(*part.PARAMETERS)
