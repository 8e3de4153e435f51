"""Pastes: HTML as programs put it on the clipboard, and what becomes of it in rich text."""

from typing import NamedTuple


class Paste(NamedTuple):
    """HTML from a program, the value that it becomes in an empty text, and what is told."""

    source: str
    html: str
    value: str
    losses: tuple[str, ...] = ()


_STYLES = "a style sheet (<style>)"

PASTES = (
    Paste(
        "Word",
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-c'
        'om:office:office" xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equ'
        'iv=Content-Type content="text/html; charset=utf-8"><meta name=Generator conten'
        't="Microsoft Word 15"><!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml'
        "><![endif]--><style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} --></styl"
        "e></head><body lang=EN-GB style='tab-interval:36.0pt;word-wrap:break-word'><!-"
        "-StartFragment--><h1 style='mso-margin-top-alt:auto'>Terms<o:p></o:p></h1><p c"
        "lass=MsoNormal style='margin-bottom:0cm;line-height:normal'><b><span lang=EN-U"
        'S style=\'font-size:12.0pt;font-family:"Times New Roman",serif;mso-fareast-lang'
        "uage:EN-GB'>Dear customer,<o:p></o:p></span></b></p><p class=MsoListParagraph "
        "style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span"
        " style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7"
        '.0pt "Times New Roman"\'>&nbsp;&nbsp; </span></span></span><![endif]>First</p><'
        "!--EndFragment--></body></html>",
        "<h1>Terms</h1>\n"
        "<p><span style=\"font-family: 'Times New Roman', serif; font-size: 12pt\"><stron"
        "g>Dear customer,</strong></span></p>\n"
        '<p><span style="font-family: Symbol">·&nbsp;&nbsp; </span>First</p>',
        (
            _STYLES,
            ("the styles “margin-bottom”, “text-indent”, “font”"),
        ),
    ),
    Paste(
        "Word-right-to-left",
        "<body><!--StartFragment--><p class=MsoNormal dir=RTL style='text-align:right;d"
        "irection:rtl;unicode-bidi:embed'><span lang=HE style='font-family:\"Arial\",sans"
        "-serif'>שלום עולם</span><span dir=LTR></span><span dir=LTR></span><o:p></o:p><"
        "/p><!--EndFragment--></body>",
        '<p dir="rtl" style="text-align: right"><span style="font-family: Arial, sans-s'
        'erif">שלום עולם</span></p>',
        (),
    ),
    Paste(
        "Gmail",
        '<meta http-equiv="content-type" content="text/html; charset=utf-8"><div dir="l'
        'tr" style="color: rgb(34, 34, 34); font-family: Arial, Helvetica, sans-serif; '
        "font-size: small; font-style: normal; font-variant-ligatures: normal; font-wei"
        "ght: 400; letter-spacing: normal; orphans: 2; text-align: start; text-indent: "
        "0px; text-transform: none; widows: 2; word-spacing: 0px; -webkit-text-stroke-w"
        "idth: 0px; white-space: normal; background-color: rgb(255, 255, 255); text-dec"
        "oration-thickness: initial; text-decoration-style: initial; text-decoration-co"
        'lor: initial;">Hello <b>you</b><div><br></div><div>Second line</div></div>',
        '<div dir="ltr"><span style="font-family: Arial, Helvetica, sans-serif; font-si'
        'ze: 13px; color: #222222">Hello <strong>you</strong></span></div>\n'
        '<div dir="ltr"><br></div>\n'
        '<div dir="ltr"><span style="font-family: Arial, Helvetica, sans-serif; font-si'
        'ze: 13px; color: #222222">Second line</span></div>',
        (),
    ),
    Paste(
        "Gmail-reply",
        '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon wrote:<br></'
        'div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-lef'
        't:1px solid rgb(204,204,204);padding-left:1ex"><div dir="rtl">שלום</div></bloc'
        "kquote></div>",
        '<div dir="ltr">On Mon wrote:</div>\n'
        "<blockquote>\n"
        '<div dir="rtl">שלום</div>\n'
        "</blockquote>",
        (("the styles “margin”, “border-left”, “padding-left”"),),
    ),
    Paste(
        "Google-Docs",
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"'
        '><h2 dir="ltr" style="line-height:1.38;margin-top:18pt;margin-bottom:6pt;"><sp'
        'an style="font-size:16pt;font-family:Arial,sans-serif;color:#000000;background'
        "-color:transparent;font-weight:400;font-style:normal;font-variant:normal;text-"
        'decoration:none;vertical-align:baseline;white-space:pre;white-space:pre-wrap;"'
        '>Title</span></h2><p dir="rtl" style="line-height:1.38;text-align: right;margi'
        'n-top:0pt;margin-bottom:0pt;"><span style="font-size:11pt;font-family:Arial,sa'
        'ns-serif;color:#000000;background-color:transparent;white-space:pre-wrap;">שלו'
        'ם</span></p><ul style="margin-top:0;margin-bottom:0;padding-inline-start:48px;'
        '"><li dir="ltr" style="list-style-type:disc;font-size:11pt;font-family:Arial,s'
        'ans-serif;color:#000000;background-color:transparent;" aria-level="1"><p dir="'
        'ltr" style="line-height:1.38;margin-top:0pt;margin-bottom:0pt;" role="presenta'
        'tion"><span style="font-size:11pt;">one</span></p></li></ul></b>',
        '<h2 dir="ltr" style="font-family: Arial, sans-serif; font-size: 16pt; color: #'
        '000000"><span style="font-weight: normal">Title</span></h2>\n'
        '<div dir="rtl" style="text-align: right"><span style="font-family: Arial, sans'
        '-serif; font-size: 11pt; color: #000000">שלום</span></div>\n'
        '<ul dir="ltr">\n'
        '<li><span style="font-family: Arial, sans-serif; font-size: 11pt; color: #0000'
        '00">one</span></li>\n'
        "</ul>",
        (("the styles “line-height”, “margin-top”, “margin-bottom”, “padding-inline-start”"),),
    ),
    Paste(
        "LibreOffice",
        '<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html;'
        ' charset=utf-8"/><title></title><meta name="generator" content="LibreOffice 7.'
        '6 (Linux)"/><style type="text/css">@page { size: 21cm 29.7cm } p { line-height'
        ": 115%; margin-bottom: 0.25cm; background: transparent }</style></head><body l"
        'ang="en-US" link="#000080" dir="ltr"><p dir="rtl" style="line-height: 100%; ma'
        'rgin-bottom: 0cm">שלום <font color="#ff0000"><font face="Liberation Serif, ser'
        'if"><font size="4" style="font-size: 14pt"><b>b</b></font></font></font></p><t'
        'able width="100%" cellpadding="4" cellspacing="0"><col width="128*"><col width'
        '="128*"><tr valign="top"><td colspan="2" width="50%" style="border: 1px solid '
        '#000000; padding: 0.1cm"><p>a</p></td></tr></table></body></html>',
        '<p dir="rtl">שלום <span style="font-family: \'Liberation Serif\', serif; font-si'
        'ze: 14pt; color: #ff0000"><strong>b</strong></span></p>\n'
        '<table dir="ltr" width="100%" cellpadding="4" cellspacing="0">\n'
        '<tr valign="top">\n'
        '<td width="50%" style="border: 1px solid #000000; padding: 0.1cm" colspan="2">'
        "<p>a</p></td>\n"
        "</tr>\n"
        "</table>",
        (
            _STYLES,
            ("the styles “line-height”, “margin-bottom”"),
            ("the widths of a table's columns (<col>)"),
        ),
    ),
    Paste(
        "web-page",
        '<html><body><!--StartFragment--><h3 style="margin: 0px 0px 10px; color: rgb(0,'
        '0,0); letter-spacing: normal;">News</h3><p style="margin: 0.5em 0px; font-fami'
        'ly: sans-serif; font-size: 14px;">See <a href="https://x.example/a" title="A" '
        'class="mw" style="text-decoration: none; color: rgb(51, 102, 204); background:'
        ' none;">this</a> or <a href="/wiki/B">that</a><sup id="r1" class="reference"><'
        'a href="#n1">[1]</a></sup><img src="https://x.example/a.png" width="10"></p><h'
        "r><pre><code>def a():\n"
        "    return 1</code></pre><!--EndFragment--></body></html>",
        '<h3 style="color: #000000">News</h3>\n'
        '<p><span style="font-family: sans-serif; font-size: 14px">See </span><a href="'
        'https://x.example/a" style="font-family: sans-serif; font-size: 14px; color: #'
        '3366cc">this</a><span style="font-family: sans-serif; font-size: 14px"> or tha'
        't</span><a href="#n1" style="font-family: sans-serif; font-size: 14px"><sup>[1'
        "]</sup></a></p>\n"
        "<p>def a():<br>&nbsp;&nbsp;&nbsp;&nbsp;return 1</p>",
        (
            (
                "One picture was left out: only pictures that are part of the text can be kept."
                " Save it as a file and insert that."
            ),
            ("where a link leads (without https:)"),
            ("the styles “margin”, “text-decoration”"),
            ("a line (<hr>)"),
            ("the font of preformatted text (<pre>)"),
            ("the font of program code (<code>)"),
        ),
    ),
    Paste(
        "code-editor",
        "<meta charset='utf-8'><div style=\"color: #d4d4d4;background-color: #1e1e1e;fon"
        "t-family: 'Droid Sans Mono', 'monospace', monospace;font-weight: normal;font-s"
        'ize: 14px;line-height: 19px;white-space: pre;"><div><span style="color: #569cd'
        '6;">def</span><span style="color: #d4d4d4;"> a():</span></div><div><span style'
        '="color: #d4d4d4;">    </span><span style="color: #c586c0;">return</span></div'
        "></div>",
        "<div><span style=\"font-family: 'Droid Sans Mono', monospace, monospace; font-s"
        'ize: 14px; color: #569cd6">def</span><span style="font-family: \'Droid Sans Mon'
        "o', monospace, monospace; font-size: 14px; color: #d4d4d4\"> a():</span></div>\n"
        "<div><span style=\"font-family: 'Droid Sans Mono', monospace, monospace; font-s"
        'ize: 14px; color: #d4d4d4">&nbsp;&nbsp;&nbsp;&nbsp;</span><span style="font-fa'
        "mily: 'Droid Sans Mono', monospace, monospace; font-size: 14px; color: #c586c0"
        '">return</span></div>',
        (("the styles “background-color”, “line-height”"),),
    ),
    Paste(
        "Excel",
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--table '
        '{mso-displayed-decimal-separator:"\\.";} .xl65 {color:black;}--></style></head>'
        '<body link="#0563C1"><table border=0 cellpadding=0 cellspacing=0 width=128 sty'
        "le='border-collapse:collapse;width:96pt'><!--StartFragment--><col width=64 spa"
        "n=2 style='width:48pt'><tr height=20 style='height:15.0pt'><td height=20 class"
        "=xl65 width=64 style='height:15.0pt;width:48pt' x:num>1</td><td width=64>2</td"
        "></tr><!--EndFragment--></table></body></html>",
        '<table border="0" cellpadding="0" cellspacing="0" width="128" style="border-co'
        'llapse:collapse;width:96pt">\n'
        '<tr height="20" style="height:15.0pt">\n'
        '<td height="20" width="64" style="height:15.0pt;width:48pt">1</td>\n'
        '<td width="64">2</td>\n'
        "</tr>\n"
        "</table>",
        (
            _STYLES,
            ("the widths of a table's columns (<col>)"),
        ),
    ),
    Paste(
        "Apple-Mail",
        '<meta charset="UTF-8"><div style="caret-color: rgb(0, 0, 0); color: rgb(0, 0, '
        "0); font-family: Helvetica; font-size: 12px; font-style: normal; letter-spacin"
        'g: normal; orphans: auto; text-align: start; white-space: normal;">Hi<span cla'
        'ss="Apple-converted-space">&nbsp;</span>there</div><blockquote type="cite" sty'
        'le="font-family: Helvetica; font-size: 12px;"><div>quoted</div></blockquote>',
        '<div><span style="font-family: Helvetica; font-size: 12px; color: #000000">Hi&'
        "nbsp;there</span></div>\n"
        "<blockquote>\n"
        '<div><span style="font-family: Helvetica; font-size: 12px">quoted</span></div>'
        "\n"
        "</blockquote>",
        (),
    ),
    Paste(
        "terminal",
        "<html><head></head><body><span style=\"font-family:'Monospace';font-size:10pt\">"
        "$ ls&nbsp;-l<br>total 4</span></body></html>",
        '<p><span style="font-family: Monospace; font-size: 10pt">$ ls&nbsp;-l<br>total'
        " 4</span></p>",
        (),
    ),
    Paste(
        "right-to-left",
        '<p dir="rtl">a <strong>b</strong></p>',
        '<p dir="rtl">a <strong>b</strong></p>',
        (),
    ),
    Paste(
        "pictures",
        '<p>a<img src="cid:x"><img src="file:///C:/a.png"></p>',
        "<p>a</p>",
        (
            (
                "2 pictures were left out: only pictures that are part of the text can be kept."
                " Save it as a file and insert that."
            ),
        ),
    ),
    Paste(
        "lists",
        '<p>One</p><p style="text-align:center">two <span style="color:#f00">c</span></'
        'p><ol start="3"><li>x<ol type="a"><li>y</li></ol></li></ol>',
        "<p>One</p>\n"
        '<p style="text-align: center">two <span style="color: #ff0000">c</span></p>\n'
        "<ol>\n"
        "<li>x\n"
        "<ol>\n"
        "<li>y</li>\n"
        "</ol>\n"
        "</li>\n"
        "</ol>",
        (("the attributes “start”, “type”"),),
    ),
)
