"""The plain text says what the mail says, in reading order, without what is hidden."""

import pytest

from motion_desk.services.templates.finished.text import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>Order 12</h1><p>Dear <b>Ann</b>,<br>thanks.</p>", "Order 12\n\nDear Ann,\nthanks.\n"),
        ("<p>a</p><p>b</p>", "a\n\nb\n"),
        ("<div>a</div><div>b</div>", "a\nb\n"),
        ("a\n   b&nbsp;&amp;\tc", "a b & c\n"),
        ("<b>bo</b>ld and <i>so</i> on", "bold and so on\n"),
        ("<ul><li>a<li>b</ul>", "- a\n- b\n"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b\n"),
        ("<ul><li>a<ol><li>b</ol></li></ul>", "- a\n  1. b\n"),
        ('<a href="https://a.example/x">here</a>.', "here <https://a.example/x>.\n"),
        ('<a href="https://a.example">https://a.example</a>', "https://a.example\n"),
        ('<a href="https://a.example/">a.example</a>', "a.example\n"),
        ('<a href="mailto:a@b.example">a@b.example</a>', "a@b.example\n"),
        ('<a href="mailto:a@b.example">Write</a>', "Write <a@b.example>\n"),
        ('<a href="javascript:x">a</a> <a href="#b">b</a>', "a b\n"),
        ('<a href="{{ link }}">Sign in</a>', "Sign in <{{ link }}>\n"),
        ('<img src="x" alt="Logo">Hi<img src="y">', "Logo Hi\n"),
        ('<a href="https://a.example"><img alt="Logo"></a>', "Logo <https://a.example>\n"),
        (
            "<table><tr><th>Item<th>Price<tr><td>Lamp<td>9 €</table>",
            "Item  Price\nLamp  9 €\n",
        ),
        ("<blockquote>a<p>b</p></blockquote>c", "> a\n\n> b\n\nc\n"),
        ("<pre>a\n  b</pre>", "a\n  b\n"),
        ("a<hr>b", "a\n\n--------------------\n\nb\n"),
        ("<title>t</title><style>p{}</style><script>s</script>x", "x\n"),
        ("<!-- c --><!--[if mso]>d<![endif]-->x", "x\n"),
        ("{{ contact.firstName }}", "{{ contact.firstName }}\n"),
        ("", ""),
        ("<p></p>", ""),
        ("a<br><br>b", "a\n\nb\n"),
        ("ש&#x200e;לום", "ש\u200eלום\n"),
    ],
)
def test_html_becomes_text(html: str, text: str) -> None:
    assert plain_text(html) == text


HIDDEN = [
    "display:none",
    "DISPLAY : NONE !important",
    "visibility:hidden",
    "font-size:0",
    "font-size:0px;line-height:0",
    "opacity:0",
    "max-height:0;overflow:hidden",
    "mso-hide:all",
]


@pytest.mark.parametrize("style", HIDDEN)
def test_a_hidden_preheader_is_left_out(style: str) -> None:
    assert plain_text(f'<div style="{style}">pre<p>header</p></div>x') == "x\n"


def test_a_preheader_that_a_style_sheet_hides_is_left_out() -> None:
    style = "<style>.pre { display: none }</style>"
    assert plain_text(f'{style}<div class="pre">pre</div>x') == "x\n"


def test_what_only_phones_hide_stays() -> None:
    style = "<style>@media (max-width:600px) { .wide { display: none } }</style>"
    assert plain_text(f'{style}<div class="wide">wide</div>x') == "wide\nx\n"


def test_the_hidden_attribute_hides() -> None:
    assert plain_text("<p hidden>a</p>b") == "b\n"


def test_signs_that_fill_a_preheader_up_are_left_out() -> None:
    assert plain_text("a&zwnj;&nbsp;&zwnj;&nbsp;&#8203;b") == "a b\n"


def test_joiners_of_emoji_and_of_scripts_stay() -> None:
    family = "👩\u200d👧"
    assert plain_text(f"<p>{family} می\u200cخواهم</p>") == f"{family} می\u200cخواهم\n"


def test_deep_lists_and_quotes_are_moved_in_by_a_bounded_depth() -> None:
    """Else each line would be as long as it is deep, and all of them quadratic."""
    text = plain_text("<ul>" * 3_000 + "<li>x" * 3_000)
    assert len(text) < 3_000 * 60
    assert len(plain_text("<blockquote>" * 3_000 + "x")) < 60
