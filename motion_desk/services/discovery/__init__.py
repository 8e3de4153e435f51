"""Discovery: settings that may belong to an address, found without sending any password."""
