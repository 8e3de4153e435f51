"""The lab's IMAP server (RFC 3501): grammar, messages and sessions."""
