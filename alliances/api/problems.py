"""Room 4: every refusal of the API as a problem document (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

from alliances.exports import NOT_UNDERSTOOD, PROBLEM_TYPE, problem

LOGGER = logging.getLogger("django.request")


class BadParameters(APIException):
    """400; `errors`: what is wrong with each parameter, by its name."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, errors: Mapping[str, Iterable[Any]]) -> None:
        super().__init__(NOT_UNDERSTOOD)
        self.errors = errors


def refuse(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer to whatever a view raised; a fault of ours is logged, and not shown. None, so that
    it goes on to those who answer for the whole site, where no database answers.
    """
    if isinstance(exception, OperationalError | InterfaceError):
        return None
    response = exception_handler(exception, context)
    if response is not None:
        response.data = problem(
            response.status_code,
            str(response.data["detail"]),
            getattr(exception, "errors", None),
        )
    elif isinstance(exception, SuspiciousOperation):
        response = Response(problem(HTTPStatus.BAD_REQUEST, _("The request cannot be read.")), 400)
    else:
        LOGGER.error("%s", context["request"].path, exc_info=exception)
        detail = _("The fault is ours. It is logged.")
        response = Response(problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail), 500)
    response.content_type = PROBLEM_TYPE
    return response
