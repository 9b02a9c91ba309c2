"""The small worlds of the pages' tests."""

from tests.views.conftest import promisor_with

__all__ = ["promisor_with"]
