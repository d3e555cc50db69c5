"""Make the video of an edit decision list: sources are opened in a confined process only."""

from tractage.adapters.edits.making import Made, make_edit

__all__ = ["Made", "make_edit"]
