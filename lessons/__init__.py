"""All lessons, one folder each, which holds what the lesson owns and nothing else does.

`settings` has its name and what a reader can set; `pictures` the figures; `formulas`, `predictions` and
`worksheet` what their names say; `text` the prose and the messages in each language. What has no Streamlit in
it computes; the other modules draw a part of the page. The page itself is the storyboard in `pages/`.
"""

from __future__ import annotations

from lessons.home import settings as _home
from lessons.information import settings as _information
from lessons.losses import settings as _losses
from lessons.names import settings as _names
from lessons.notes import settings as _notes
from lessons.scores import settings as _scores
from lessons.stability import settings as _stability
from lessons.train import settings as _train
from ui.lesson import enter
from ui.parameters import declare

# The aliases begin with an underscore so that none of them hides the package of its lesson.
_IN_ORDER = (_home, _scores, _stability, _losses, _train, _information, _names, _notes)

PAGES = tuple(settings.LESSON for settings in _IN_ORDER)
HOME, *_others = PAGES
LESSONS = tuple(_others)

for _settings in _IN_ORDER:
    enter(_settings.LESSON)
    declare(_settings.LESSON.slug, *_settings.PARAMETERS)
