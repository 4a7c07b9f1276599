"""The error for input that a person can repair."""


class InputError(Exception):
    """Raised for unusable input from a person; the message says what is wrong, where, and what to
    do.
    """
