"""A crew without processes: what a test plants in the builder reaches the hands that burn."""

from __future__ import annotations

import io


class NearbyCrew:
    """Does each task at once, in this process, in the order of the tasks."""

    def __init__(self, hands, *, workers=0, before=None, error=None, page_of, cancelled=None,
                 file=None, staff=None):  # fmt: skip
        self._hands, self._before, self._file = hands, before, file

    def __enter__(self):
        if self._file is not None:
            self._file.seek(0)
            content = self._file.read()
            self._hands.attach(lambda: io.BytesIO(content))
        return self

    def __exit__(self, *_):
        pass

    def run(self, tasks):
        for task in tasks:
            for key, content in self._before(0, task) if self._before else ():
                self._hands.accept(key, content)
            yield self._hands(task)
