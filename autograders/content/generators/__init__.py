"""What the questions are made of: small networks, predictions, records of a validation cost."""

__all__ = [
    "networks",
    "predictions",
    "records",
]
