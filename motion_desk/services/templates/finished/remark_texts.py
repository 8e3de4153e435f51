"""Remark texts: for each code how bad it is, and the template of its sentence."""

from __future__ import annotations

from collections.abc import Mapping

from motion_desk.models.problems import Severity

_Text = tuple[Severity, str]


def _note(text: str) -> _Text:
    return Severity.NOTE, text


def _warning(text: str) -> _Text:
    return Severity.WARNING, text


def _error(text: str) -> _Text:
    return Severity.ERROR, text


TEXTS: Mapping[str, _Text] = {
    "more": _note("{count} more of the same kind are not listed."),
    # Size
    "size.clipped": _warning(
        "The HTML has {size}, {images} of it in embedded images. Gmail clips a message at about "
        "102 kB: keep it below {most}.",
    ),
    "size.near": _note(
        "The HTML has {size}, {images} of it in embedded images. Gmail clips a message at about "
        "102 kB, and values put in for variables make it longer.",
    ),
    # Links
    "link.empty": _warning("This link has no address. Write where it leads."),
    "link.no-text": _warning(
        "This link to “{address}” shows nothing that can be clicked. Write its text.",
    ),
    "link.anchor": _warning(
        "This link leads to “{address}”, and nothing in the mail has that name."
    ),
    "link.file": _error("This link leads to a file on the reader’s own computer: “{address}”."),
    "link.http": _note("This link is not encrypted: write https in place of http (“{address}”)."),
    "link.no-scheme": _warning(
        "This link has no scheme, and a mail has none of its own: write “https:{address}”.",
    ),
    "link.relative": _warning(
        "“{address}” has no host, and a mail stands on none: write the whole address, with "
        "https://.",
    ),
    "link.scheme": _warning("Many mail clients take links with “{scheme}:” out. Use https."),
    "link.no-host": _warning("The address “{address}” names no host."),
    "link.user": _warning(
        "The address has a user name (“{user}”) before its host {host}, as fraud has it, and mail "
        "filters take it for that. Leave it out.",
    ),
    "link.foreign-letters": _note(
        "The host {host} has letters beyond ASCII. Some mail filters take it for an imitation.",
    ),
    "link.other-host": _warning(
        "The text shows {shown}, but the link leads to {host}. Mail filters and careful readers "
        "take that for fraud: let both name the same host.",
    ),
    "link.mailto": _warning("“{address}” after “mailto:” is no e-mail address."),
    "link.mailto-field": _note(
        "Mail clients do not know the field “{field}” in a mailto link: they know subject, body, "
        "cc and bcc.",
    ),
    # Images
    "image.no-alt": _warning(
        "This image has no alternative text (alt). Readers without images, and those who listen, "
        'get nothing: describe it, or write alt="" where it only decorates.',
    ),
    "image.empty": _warning("This image has no source."),
    "image.no-width": _note(
        "This image has no width. Outlook for Windows shows it in its full size: write width in "
        "pixels.",
    ),
    "image.remote": _note(
        "This image is loaded from {host}. Many mail clients block that until the reader allows "
        "it, and its server learns who reads. Images from there: {count}.",
    ),
    "image.remote-background": _note(
        "This background is loaded from {host}. Many mail clients block that until the reader "
        "allows it: set a background colour too. Backgrounds from there: {count}.",
    ),
    "image.http": _warning(
        "This image is loaded without encryption (“{address}”): mail clients that are web pages "
        "block it. Write https.",
    ),
    "image.file": _error(
        "This image is a file on one computer (“{address}”): nobody else sees it."
    ),
    "image.relative": _warning(
        "The image “{address}” has no host, and a mail stands on none: write the whole address, or "
        "embed it.",
    ),
    "image.damaged": _error("This embedded image is damaged: {flaw}. Insert it again."),
    "image.no-image": _warning("What is embedded here is no image but “{kind}”."),
    "image.heavy": _warning(
        "This embedded image takes {size} of the source. Gmail clips a message at about 102 kB: "
        "make it smaller, or link to it.",
    ),
    "image.data": _warning(
        "This image is embedded as a data URI. Clients of {none} do not show such images: attach it to the "
        "message, or link to it.",
    ),
    # Contrast
    "contrast.light": _warning(
        "The text’s colour {text} on {background} has a contrast of {ratio} : 1; to be readable it "
        "needs {needed} : 1 (WCAG 2.2). Texts like this: {count}.",
    ),
    "contrast.full": _note(
        "Where a mail client inverts all colours, this text becomes {text} on {background}, with a "
        "contrast of {ratio} : 1 in place of {needed} : 1 (approximation). Texts like this: "
        "{count}.",
    ),
    "contrast.partial": _note(
        "Where a mail client darkens light backgrounds, this text becomes {text} on {background}, "
        "with a contrast of {ratio} : 1 in place of {needed} : 1 (approximation). Texts like this: "
        "{count}.",
    ),
    "contrast.unresolved": _note(
        "Whether this text can be read cannot be told, for it depends on {reason}. Texts like "
        "this: {count}.",
    ),
    "contrast.no-inlining": _note(
        "Contrast is judged without the colours of <style>. {reason}",
    ),
    # Active content
    "active.script": _error(
        "<{element}>: no mail client runs scripts; all drop them, and mail filters take them for "
        "an attack. Take it out.",
    ),
    "active.handler": _error(
        "{attribute} would run a script. All mail clients drop it, and mail filters take it for an "
        "attack. Take it out.",
    ),
    "active.script-address": _error(
        "An address with “{scheme}:” would run a script. All mail clients drop it. Take it out.",
    ),
    "active.data-page": _error(
        "This address holds a whole page ({kind}), which browsers and mail clients block.",
    ),
    "active.local-address": _error(
        "An address with “{scheme}” leads into the reader’s own computer or network. Mail clients "
        "block it, and mail filters take it for an attack. Take it out.",
    ),
    "active.svg-script": _error("This SVG image has a script in it. Take it out."),
    "active.frame": _error("<{element}> shows another page. All mail clients drop it."),
    "active.plugin": _error("<{element}> would start another program. All mail clients drop it."),
    "active.form": _warning(
        "<{element}>: forms are dropped or blocked by most mail clients, and readers are warned of "
        "them. Link to a page with the form.",
    ),
    "active.media": _warning(
        "<{element}> plays in few mail clients. Show a picture that leads to it.",
    ),
    "active.base": _warning(
        "<base> changes where all links lead. Many mail clients drop it: write whole addresses.",
    ),
    "active.link": _warning(
        "<link> loads a file from elsewhere, mostly CSS. Most mail clients drop it: write the CSS "
        "into the mail.",
    ),
    "active.foreign": _warning(
        "<{element}>: most mail clients drop embedded drawings and formulas. Use an image.",
    ),
    "active.animation": _warning(
        "<{element}> changes other elements by itself, their addresses too. Take it out.",
    ),
    "active.motion": _warning(
        "<{element}> moves text. Few mail clients do it, and few readers want it."
    ),
    "active.template": _warning("<{element}> is never shown without a script. Take it out."),
    "active.plaintext": _warning(
        "<{element}> is out of use and read differently by each mail client: what follows may "
        "become markup or vanish.",
    ),
    "active.refresh": _error("<meta> with “refresh” leads to another page. Mail clients drop it."),
    "active.meta": _warning("<meta> with “{what}” has no effect in a mail. Take it out."),
    "active.ping": _warning("ping tells another server of each click. Mail clients drop it."),
    "active.attribute": _warning("{attribute} has no place in a mail. Mail clients drop it."),
    "active.css": _error("{what} would run code from CSS. Mail clients drop it. Take it out."),
    "active.import": _warning(
        "@import loads CSS from elsewhere (“{address}”). Most mail clients drop it: write the CSS "
        "into the mail.",
    ),
    "active.css-remote": _warning(
        "The CSS loads something from {host}. Many mail clients block that, and some drop the "
        "whole style with it.",
    ),
    # Direction
    "direction.missing": _warning(
        'This text runs from right to left, and nothing says so: write dir="rtl" on the element '
        "around it.",
    ),
    "direction.no-language": _note(
        'This text has no language: write lang, such as lang="ar" or lang="he", so that it is '
        "read aloud rightly.",
    ),
    # Damage
    "damage.unclosed": _warning(
        "<{element}> is not closed: what follows may stand inside of it. Write </{element}>.",
    ),
    "damage.stray-end": _note("</{element}> ends what was not begun, or what is already ended."),
    "damage.cut-tag": _error(
        "The tag <{element} has no “>”, or a quote in it is not closed: all that follows is lost.",
    ),
    "damage.cut-comment": _error(
        "The comment that begins here is not closed: all that follows is lost. Write “-->”.",
    ),
    "damage.cut-text": _error(
        "<{element}> is not closed: all that follows is taken for its content. Write </{element}>.",
    ),
    "damage.too-deep": _warning(
        "Elements are nested more than {bound} levels deep here. Mail clients cut that off.",
    ),
    "damage.too-many": _warning(
        "What follows was not looked at: there are more than {bound} elements before it.",
    ),
    "damage.css": _warning(
        "CSS from here on was not looked at: there are more than {bound} characters of it.",
    ),
    "source.not-utf8": _error(
        "The file is not UTF-8: byte {byte} here has no meaning in it. Save it as UTF-8.",
    ),
    "source.null": _error(
        "The character U+0000 stands here, which neither a mail nor the store can hold. Delete it. "
        "In all: {count}."
    ),
    "source.surrogate": _error(
        "Half a character ({character}) stands here, which cannot be sent. Delete it and type the "
        "character again. In all: {count}."
    ),
    "source.control": _warning(
        "The control character {character} stands here. Delete it. In all: {count}."
    ),
    "source.charset": _warning(
        "The HTML says that it is {charset}; mail is sent as UTF-8. Write charset=utf-8, or leave "
        "it out.",
    ),
    # Compatibility
    "compatibility.no": _warning("{feature}: not supported by {none}. Uses: {count}."),
    "compatibility.both": _warning(
        "{feature}: not supported by {none}, and in part or not by all of {partly}. Uses: {count}."
    ),
    "compatibility.part": _note(
        "{feature}: supported in part, or not by all of {partly}. Uses: {count}."
    ),
}
