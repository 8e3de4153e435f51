"""The timeline's page: what happens to a message second by second, and the waits that decide.

From what is chosen to what is shown: ``chosen`` keeps a ``scene`` for each account; ``messages``
reads its message and ``judging`` has the filters judge it; ``drawing`` shows it on the four
``cards``, each in a folder of its own: ``waits`` above all, ``situation`` beside ``events``, and
``scenarios``. What a person does there comes to ``page``, which chooses another scene or edits the
account, and draws again. ``held`` keeps layouts still meanwhile, and ``warming`` makes it all ready.
"""
