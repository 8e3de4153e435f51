"""The lab's identity server: Microsoft's identity platform v2, as far as mail needs it."""
