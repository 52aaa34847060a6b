"""What a writer could not do faithfully in, an exception that is a bug (never the user's mistake) out."""


class RenderError(RuntimeError):
    """A file that must not leave: the tree, the look or a library under us does not fit the other."""
