"""Sign-ins: the cloud providers of the workspace, who is signed in, and what each still needs."""
