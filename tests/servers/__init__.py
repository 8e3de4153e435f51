"""Real mail servers on loopback, Dovecot and Postfix, and what each must do to be of use."""
