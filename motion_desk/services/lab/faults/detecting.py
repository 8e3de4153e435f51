"""Faults of detection: what a domain's files and its name service say of its mail servers."""

from __future__ import annotations

from motion_desk.services.lab.faults.behaviour import Autoconfig, Fault, Naming

DETECTING = (
    Fault(
        "autoconfig-malicious",
        "Malicious autoconfig file",
        "The domain’s autoconfig file holds entities that grow beyond all bounds and ask for a "
        "file of this computer. The servers are healthy.",
        autoconfig=Autoconfig.MALICIOUS,
    ),
    Fault(
        "autoconfig-other-domain",
        "Autoconfig file for another domain",
        "The domain’s autoconfig file speaks of another domain and names its servers.",
        autoconfig=Autoconfig.OTHER_DOMAIN,
    ),
    Fault(
        "autoconfig-endless",
        "Autoconfig file without end",
        "The domain’s autoconfig file never ends.",
        autoconfig=Autoconfig.ENDLESS,
    ),
    Fault(
        "names-lie",
        "DNS names another domain’s servers",
        "The name service gives the mail servers of another domain for every one.",
        naming=Naming.LYING,
    ),
    Fault(
        "names-loop",
        "DNS leads in a circle",
        "Every name is an alias of itself.",
        naming=Naming.LOOPING,
    ),
    Fault(
        "names-silent",
        "DNS does not answer",
        "The name service hears every question and answers none.",
        naming=Naming.SILENT,
    ),
)
