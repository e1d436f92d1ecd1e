"""Game builds at file and header level: what lies in the tree, its executables, its engine."""
