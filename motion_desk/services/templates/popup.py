"""Pop-up: an agent's notification of a new interaction, drawn around its text.

What Motion draws around a notification's text is not documented: the frame, the channel's name and
the two buttons are a model of the documentation, which says that an agent accepts or rejects.
"""

from __future__ import annotations

from html import escape

_STYLE = """
.motion-desk-stage { min-height: 96vh; margin: 0; padding: 0; position: relative;
  background: #e9edf2; font-family: "Segoe UI", Arial, sans-serif; }
.motion-desk-popup { position: absolute; right: 16px; bottom: 16px; width: 320px;
  max-width: calc(100% - 32px); box-sizing: border-box; background: #ffffff; color: #1b2430;
  border-radius: 8px; border-left: 5px solid #1f5fd0; padding: 12px 14px;
  box-shadow: 0 6px 24px rgba(15, 23, 42, .25); overflow-wrap: anywhere; }
.motion-desk-popup header { font-size: 12px; color: #5b6675; margin-bottom: 6px; }
.motion-desk-popup footer { margin-top: 12px; display: flex; gap: 8px; }
.motion-desk-popup footer span { font-size: 13px; padding: 6px 14px; border-radius: 6px;
  background: #1a6b3a; color: #ffffff; }
.motion-desk-popup footer span + span { background: #e5e8ed; color: #1b2430; }
.motion-desk-dark { background: #16181d; }
.motion-desk-dark .motion-desk-popup { background: #23272e; color: #e6e9ee; }
.motion-desk-dark header { color: #a3acb9; }
@keyframes motion-desk-shake {
  10%, 90% { transform: translateX(-2px); } 20%, 80% { transform: translateX(4px); }
  30%, 50%, 70% { transform: translateX(-7px); } 40%, 60% { transform: translateX(7px); }
}
.motion-desk-shake { animation: motion-desk-shake .7s linear .4s 2; }
@media (prefers-reduced-motion: reduce) { .motion-desk-shake { animation: none; } }
"""


def popup(html: str, *, account: str, shake: bool, dark: bool) -> str:
    """A page that shows a notification's text as an agent's pop-up; it has no script.

    ``shake`` lets it shake twice, unless the reader's system asks for less motion.
    """
    stage = "motion-desk-stage motion-desk-dark" if dark else "motion-desk-stage"
    box = "motion-desk-popup motion-desk-shake" if shake else "motion-desk-popup"
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><style>{_STYLE}</style></head>"
        f"<body class='{stage}'><div class='{box}'><header>Email · {escape(account)}</header>"
        f"<div>{html}</div><footer><span>Accept</span><span>Reject</span></footer></div>"
        "</body></html>"
    )
