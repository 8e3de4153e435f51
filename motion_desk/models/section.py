"""A section: a named group of fields of an account or of the workspace."""

from typing import ClassVar

from motion_desk.models.declared import Declared
from motion_desk.models.rules import ALWAYS, Rule


class Section(Declared):
    """Base of all sections: frozen dataclasses whose attributes are declared fields.

    ``NAME`` is the attribute in the document and the first part of every key; ``ABOUT`` says in
    a sentence what the section is for; ``SOURCE`` names its page of Motion's documentation.
    """

    NAME: ClassVar[str]
    TITLE: ClassVar[str]
    ABOUT: ClassVar[str] = ""
    VISIBLE: ClassVar[Rule] = ALWAYS
    SOURCE: ClassVar[str] = "S1"
