"""What is: values, declarations, rules and pure engines. No I/O, no Qt, no threads."""
