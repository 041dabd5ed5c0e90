"""The commands of Clear to Post: set up and serve, test, and the ``clearpost`` command line."""
