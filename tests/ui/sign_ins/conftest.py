"""What the tests of the page have: a lab, a window, and the page in it."""

from tests.ui.sign_ins.scene import driver, lab, page

__all__ = ["driver", "lab", "page"]
