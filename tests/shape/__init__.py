"""The shape of the program: who may import what, how a source file looks, what a test may leave."""
