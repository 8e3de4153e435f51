"""What happens: store, keyring, threads, documents. No Qt."""
