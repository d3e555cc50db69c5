"""Perceptual fingerprints and their index."""
