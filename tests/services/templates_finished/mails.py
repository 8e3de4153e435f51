"""Mails to look at: a newsletter of any length, in the style that senders write them."""

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>News</title>
<style>
body { margin: 0; padding: 0; background-color: #f4f4f4; }
.preheader { display: none; max-height: 0; overflow: hidden; }
.card { background-color: #ffffff; border-radius: 8px; }
.card h2 { font-size: 20px; color: #1a1a1a; }
a.button:hover { background-color: #0b5ed7; }
@media (max-width: 600px) { .column { width: 100% !important; display: block !important; } }
</style>
</head>
<body style="margin:0;padding:0;font-family:Arial,Helvetica,sans-serif" bgcolor="#f4f4f4">
<div class="preheader">What is new this month</div>
<!--[if mso]><table width="600"><tr><td><![endif]-->
<table role="presentation" width="600" cellpadding="0" cellspacing="0" align="center">
"""
_ROW = """<tr>
<td class="card" style="padding:24px 24px {pad}px 24px;border-bottom:1px solid #e5e5e5">
<h2 style="margin:0 0 8px 0;font-size:{size}px;line-height:1.3">Article {n} &amp; more</h2>
<p style="margin:0 0 16px 0;font-size:15px;line-height:22px;color:#444444">Dear
{{{{ contact.firstName }}}}, the lamps of series {n} are here again, in three colours and at the
price of last year. <a href="https://shop.example/lamps/{n}?from=news" style="color:#0a58ca">Look at
them</a>.</p>
<img src="https://shop.example/images/{n}.jpg" alt="Lamp {n}" width="552" style="display:block">
<table role="presentation" cellpadding="0" cellspacing="0"><tr>
<td class="column" style="padding:12px 0;font-size:{size}px"><a class="button"
href="https://shop.example/order/{n}" style="background-color:#0d47a1;color:#ffffff;padding:10px
18px;text-decoration:none;display:inline-block">Order</a></td></tr></table>
</td>
</tr>
"""
_FOOT = """</table>
<!--[if mso]></td></tr></table><![endif]-->
<p style="font-size:12px;color:#595959">Fjord Lamps, Harbour 1. <a
href="mailto:care@shop.example?subject=Unsubscribe" style="color:#595959">Unsubscribe</a></p>
</body>
</html>
"""


def newsletter(length: int) -> str:
    """A newsletter of about so many characters; nothing in it is wrong."""
    rows = []
    left = length - len(_HEAD) - len(_FOOT)
    number = 0
    while left > 0:
        # Some styles are all alike, some of their own, as where people wrote them.
        row = _ROW.format(n=number, pad=16 + number % 7, size=18 + number % 3)
        rows.append(row)
        left -= len(row)
        number += 1
    return _HEAD + "".join(rows) + _FOOT
