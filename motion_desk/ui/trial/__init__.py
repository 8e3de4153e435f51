"""The trial of header filters: messages, what each rule says of them, and what must stay so."""
