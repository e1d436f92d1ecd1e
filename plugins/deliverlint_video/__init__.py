"""Moving pictures: what a container and its video streams say of themselves."""
