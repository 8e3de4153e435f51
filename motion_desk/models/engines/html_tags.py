"""HTML tags: which have no end, which are blocks, which are hidden, and what people call them."""

from motion_desk.models.engines.html_attributes import HEADINGS

EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
BLOCKS = {
    *HEADINGS,
    *[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
    ],
    *[
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "main",
        "nav",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "thead",
        "tr",
    ],
}
HIDDEN = {"head", "iframe", "noscript", "object", "script", "style", "svg", "template", "title"}
NAMES = {
    "caption": "a table's caption",
    "col": "the widths of a table's columns (<col>)",
    "colgroup": "the widths of a table's columns (<col>)",
    "code": "the font of program code (<code>)",
    "head": "the page's head",
    "hr": "a line (<hr>)",
    "pre": "the font of preformatted text (<pre>)",
    "style": "a style sheet (<style>)",
    "table": "a table in a table or list",
    "td": "a cell that is not in a table's row",
    "th": "a cell that is not in a table's row",
    "tr": "a row that is not in a table",
}
OPTIONAL_ENDS = {"p", "li", "td", "th", "tr", "thead", "tbody", "tfoot"}
"""Elements that HTML ends by itself where the next one begins."""
