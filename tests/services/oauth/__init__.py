"""Tests of signing in by OAuth 2: real MSAL against the lab's identity server and scripted ones."""
