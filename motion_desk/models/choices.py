"""Choices: the enumerations that fields offer, with the words shown on screen."""

from motion_desk.models.kinds import Option


class Service(Option):
    """The services that Motion's page lists, in its order."""

    OUTLOOK365 = "outlook365", "Outlook365"
    YAHOO = "yahoo", "Yahoo"
    HOTMAIL = "hotmail", "Hotmail"
    GMAIL = "gmail", "Gmail"
    CUSTOM = "custom", "Custom"


BUILT_IN = tuple(service for service in Service if service is not Service.CUSTOM)


class UsedFor(Option):
    """The two uses that the page describes."""

    CUSTOMERS = "customers", "Customer mailbox"
    MOTION = "motion", "Motion's own mail"


class Operator(Option):
    """How a header filter compares."""

    CONTAINS = "contains", "contains"
    EQUALS = "equals", "equals"
    STARTS = "starts", "starts with"
    ENDS = "ends", "ends with"
    MATCHES = "matches", "matches regular expression"
    EXISTS = "exists", "exists"


class Verdict(Option):
    """What a matching header filter does with the message."""

    ACCEPT = "accept", "Accept"
    REJECT = "reject", "Reject"


class Times(Option):
    """How often an auto reply is sent in one interaction."""

    ONCE = "once", "One time"
    ALWAYS = "always", "Always"
    FIRST = "first", "First message"


class ReplyTo(Option):
    """Whom an auto reply answers."""

    SENDER = "sender", "Reply"
    ALL = "all", "Reply to all"


class Strategy(Option):
    """How a queue offers a message to its agents."""

    BEEPALL = "beepall", "Beepall"
    RR_MEMORY = "rrmemory", "RR Memory"
    LEAST_RECENT = "leastrecent", "Least recent"


class Typology(Option):
    """What kind of phone an agent has."""

    WEBRTC = "webrtc", "WebRTC"
    PHONEBAR = "phonebar", "Phonebar"
    EXTERNAL = "external", "External"
    MOBILE = "mobile", "Mobile"


class SignIn(Option):
    """Whether a cloud provider was authenticated on the Motion server."""

    UNKNOWN = "unknown", "Not known"
    NEEDED = "needed", "Sign-in needed"
    DONE = "done", "Signed in"


class Expected(Option):
    """What must happen to a pinned message."""

    PASS = "pass", "Must pass"
    REJECTED = "rejected", "Must be rejected"


class Conversation(Option):
    """What a message belongs to when it arrives."""

    NEW = "new", "A new conversation"
    OPEN = "open", "An open conversation"


class PassedOn(Option):
    """To whom an agent passes a conversation on."""

    NOT = "not", "No transfer"
    QUEUE = "queue", "To a queue"
    AGENT = "agent", "To an agent"
    ACCOUNT = "account", "To another account"


class Ending(Option):
    """How a message's way ends, as far as the model goes."""

    ANSWERED = "answered", "A person accepts it"
    REJECTED = "rejected", "A header filter rejects it"
    CLOSED = "closed", "It is closed by the plan"
    UNREAD = "unread", "It waits as unread"
    ENDLESS = "endless", "The plan never ends"
