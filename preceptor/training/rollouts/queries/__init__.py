"""Every read of rollouts."""
