"""The benchmark: figures as ratios to floors that are measured in the same run."""
