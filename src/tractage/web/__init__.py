"""The web faces: public site, desk, feeds."""
