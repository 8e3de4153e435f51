"""Filter presets: header filters for what common scanners write into the messages they let pass.

They come from the products, not from Motion: each filter says where it was read. What a scanner
writes can be configured, so that a preset is a beginning; the trial shows whether it holds for
the messages of one's own server.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from motion_desk.models import rows
from motion_desk.models.choices import Operator, Verdict
from motion_desk.models.sections.routing import HeaderFilter


class Basis(Enum):
    """What a preset's filter rests on; its value is said on screen."""

    DOCUMENTED = "from the product's documentation, not Motion's"
    SOURCE = "from the product's source code; no documentation says it"
    SEEN = "as seen in messages; neither the product's documentation nor Motion's"
    PARTLY = "seen in messages with “no action” only; the values are the product's other actions"


@dataclass(frozen=True, slots=True)
class PresetFilter:
    """One filter of a preset; it rejects what matches. ``source`` is where it was read."""

    header: str
    operator: Operator
    value: str
    source: str
    basis: Basis = Basis.DOCUMENTED

    @property
    def row(self) -> HeaderFilter:
        """The filter as a row without an id."""
        return HeaderFilter(
            header=self.header, operator=self.operator, value=self.value, verdict=Verdict.REJECT
        )


@dataclass(frozen=True, slots=True)
class Preset:
    """The filters for one scanner; ``about`` says what must hold for them to work."""

    word: str
    title: str
    about: str
    filters: tuple[PresetFilter, ...]


_SPAMASSASSIN = "https://spamassassin.apache.org/full/4.0.x/doc/Mail_SpamAssassin_Conf.html"
_RSPAMD_HEADERS = "https://rspamd.com/doc/modules/milter_headers.html"
_RSPAMD_FLAG = "https://github.com/afewmail/afew/issues/299"
_RSPAMD_ACTION = "https://lore.kernel.org/all/20250117095742.GA749338@pevik/"
_CLAMAV = "https://github.com/Cisco-Talos/clamav/blob/main/clamav-milter/clamfi.c"
_MICROSOFT = "https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo"
_EXCHANGE = (
    "https://learn.microsoft.com/exchange/antispam-and-antimalware/antispam-protection/"
    "antispam-stamps"
)
_BARRACUDA = "https://wiki.umiacs.umd.edu/umiacs/index.php/BarracudaSpamFirewall/Scoring"

PRESETS = (
    Preset(
        "spamassassin",
        "SpamAssassin",
        "SpamAssassin writes these by default; an administrator can rename or remove them.",
        (
            PresetFilter("X-Spam-Flag", Operator.EQUALS, "YES", _SPAMASSASSIN),
            PresetFilter("X-Spam-Status", Operator.STARTS, "Yes", _SPAMASSASSIN),
        ),
    ),
    Preset(
        "rspamd",
        "Rspamd",
        "Which of these Rspamd writes depends on its milter and on the routines that are in use.",
        (
            PresetFilter("X-Spam", Operator.EQUALS, "Yes", _RSPAMD_FLAG, Basis.SEEN),
            PresetFilter("X-Spam-Status", Operator.STARTS, "Yes", _RSPAMD_HEADERS),
            PresetFilter(
                "X-Rspamd-Action",
                Operator.MATCHES,
                "^(reject|add header|rewrite subject)$",
                _RSPAMD_ACTION,
                Basis.PARTLY,
            ),
        ),
    ),
    Preset(
        "clamav",
        "ClamAV",
        "Written by clamav-milter where AddHeader is on, and where infected mail is not held back "
        "before (OnInfected).",
        (PresetFilter("X-Virus-Status", Operator.CONTAINS, "Infected", _CLAMAV, Basis.SOURCE),),
    ),
    Preset(
        "microsoft",
        "Microsoft 365 and Exchange",
        "The spam confidence level (SCL) is 5 or more for what Microsoft takes for spam.",
        (
            PresetFilter("X-Forefront-Antispam-Report", Operator.CONTAINS, "SFV:SPM", _MICROSOFT),
            PresetFilter("X-Forefront-Antispam-Report", Operator.CONTAINS, "SFV:SKS", _MICROSOFT),
            PresetFilter("X-Forefront-Antispam-Report", Operator.CONTAINS, "SFV:SKB", _MICROSOFT),
            PresetFilter("X-MS-Exchange-Organization-SCL", Operator.MATCHES, "^[5-9]$", _EXCHANGE),
        ),
    ),
    Preset(
        "barracuda",
        "Barracuda",
        "Written by the gateway for messages that reach the level at which they are tagged.",
        (
            PresetFilter("X-Barracuda-Spam-Flag", Operator.EQUALS, "YES", _BARRACUDA, Basis.SEEN),
            PresetFilter("X-Barracuda-Spam-Status", Operator.STARTS, "Yes", _BARRACUDA, Basis.SEEN),
        ),
    ),
)


def preset_named(word: str) -> Preset:
    """The preset of a word. Raises ``KeyError`` where there is none."""
    for preset in PRESETS:
        if preset.word == word:
            return preset
    raise KeyError(word)


def missing(preset: Preset, filters: Iterable[HeaderFilter]) -> tuple[PresetFilter, ...]:
    """The filters of a preset that are not among ``filters`` yet, in their order.

    Names and values are compared without regard to capitals, as the trial does, values of regular
    expressions with it.
    """
    known = {_sense(each) for each in filters}
    return tuple(each for each in preset.filters if _sense(each.row) not in known)


def with_preset(preset: Preset, filters: tuple[HeaderFilter, ...]) -> tuple[HeaderFilter, ...]:
    """The filters with those of a preset that were missing behind them."""
    for each in missing(preset, filters):
        fresh = rows.fresh(HeaderFilter, filters)
        filters = (*filters, replace(each.row, id=fresh.id))
    return filters


def _sense(rule: HeaderFilter) -> tuple[object, ...]:
    """What makes two filters the same: all but their ids."""
    value = str(rule.value)
    if rule.operator is not Operator.MATCHES:
        value = value.casefold()
    if rule.operator is Operator.EXISTS:
        value = ""
    header = str(rule.header).strip().casefold()
    return header, rule.operator, value, rule.negated is True, rule.verdict
