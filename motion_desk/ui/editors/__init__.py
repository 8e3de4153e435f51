"""Editors: one for each kind of value. All keep one contract.

An editor is a widget with a signal ``edited(value)``, emitted only when a person changed the
value, and ``show_value(value)``, which shows a value without emitting and leaves text and cursor
alone where that value is shown already. Those that refer have ``show_entries(entries)`` too.
"""
