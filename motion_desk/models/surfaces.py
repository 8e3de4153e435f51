"""Surfaces: the places in Motion where a template is shown, each with variables of its own."""

from motion_desk.models.kinds import Option


class Surface(Option):
    """What a template is for. Its value names the files of its variables and its data."""

    BODY = "body", "Default body"
    NOTIFICATION = "notification", "Notification"
    INVITATION = "invitation", "Invitation"
    CANNED_ANSWER = "canned_answer", "Canned answer"
    AUTO_REPLY = "auto_reply", "Auto reply"
    ACCOUNT_TRANSFER = "account_transfer", "Account transfer"


class Offered(Option):
    """Where a variable of one's own is offered: on every surface, on those ticked, or on one."""

    EVERYWHERE = "all", "Every surface"
    SEVERAL = "several", "Several surfaces"
    BODY = Surface.BODY.value, Surface.BODY.label
    NOTIFICATION = Surface.NOTIFICATION.value, Surface.NOTIFICATION.label
    INVITATION = Surface.INVITATION.value, Surface.INVITATION.label
    CANNED_ANSWER = Surface.CANNED_ANSWER.value, Surface.CANNED_ANSWER.label
    AUTO_REPLY = Surface.AUTO_REPLY.value, Surface.AUTO_REPLY.label
    ACCOUNT_TRANSFER = Surface.ACCOUNT_TRANSFER.value, Surface.ACCOUNT_TRANSFER.label
