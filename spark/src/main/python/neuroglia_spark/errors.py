"""Errors of the JVM as Python exceptions with one sentence."""

from __future__ import annotations

import functools
import json
from typing import Any, Optional

from pyspark.errors import IllegalArgumentException

#: Java's exception; and the parameter by which an analysis error of Spark's says that it is ours,
#: with the sentence for its value.
_JAVA = "org.neuroglia.InvalidInputException"
_REFUSED = "AnalysisException"


class InvalidInput(IllegalArgumentException, ValueError):
    """Bad input by the user: a wrong file, table, column, parameter or value.

    The message is one sentence that says what is wrong, where, and what is accepted. It is Java's
    ``InvalidInputException``, wherever in a job it was thrown, or what our SQL functions and tables
    refuse in a query, on classic Spark and on Spark Connect. It is a ``ValueError`` too.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message=message)

    def __str__(self) -> str:
        return self._message

    def getMessage(self) -> str:
        return self._message

    def getSqlState(self) -> Optional[str]:
        return None


class NotOnConnect(NotImplementedError):
    """What Spark Connect cannot do, with what can be done in its place."""


def _of_jvm(error: Any) -> Optional[InvalidInput]:
    """The user's error behind an exception of the JVM, or None."""
    depth = 0
    while error is not None and depth < 32:
        name = error.getClass().getName()
        if name == _JAVA:
            return InvalidInput(error.getMessage())
        if name.endswith(_REFUSED):
            sentence = error.getMessageParameters().get(_JAVA)
            if sentence is not None:
                return InvalidInput(sentence)
        error = error.getCause()
        depth += 1
    return None


def _of_response(response: Any) -> Optional[InvalidInput]:
    """The user's error in what a Connect server tells of a failure, or None."""
    for error in getattr(response, "errors", ()):
        hierarchy = list(error.error_type_hierarchy)
        if hierarchy and hierarchy[0] == _JAVA:
            return InvalidInput(error.message)
        if hierarchy and hierarchy[0].endswith(_REFUSED):
            sentence = error.spark_throwable.message_parameters.get(_JAVA)
            if sentence is not None:
                return InvalidInput(sentence)
    return None


def _of_info(info: Any, message: Optional[str]) -> Optional[InvalidInput]:
    """The same, of a server that tells only the class and the message of the error."""
    classes = json.loads(info.metadata.get("classes", "[]"))
    if classes and classes[0] == _JAVA:
        return InvalidInput((message or "").removeprefix(f"({_JAVA}) "))
    if classes and classes[0].endswith(_REFUSED):
        sentence = json.loads(info.metadata.get("messageParameters", "{}")).get(_JAVA)
        if sentence is not None:
            return InvalidInput(sentence)
    return None


def install() -> None:
    """Makes pyspark raise :class:`InvalidInput` for the JVM's exception of that meaning.

    pyspark turns exceptions of the JVM into its own in one function for classic Spark and one for
    Connect; ours look first. Called when the package is imported.
    """
    _install_classic()
    _install_connect()


def _install_classic() -> None:
    try:
        from pyspark.errors.exceptions import captured
    except ImportError:  # a client of Connect without py4j
        return
    convert = captured.convert_exception
    if getattr(convert, "_neuroglia", False):
        return

    @functools.wraps(convert)
    def converted(error: Any) -> Any:
        try:
            found = _of_jvm(error)
        except Exception:  # an error of reading the error must not hide it
            found = None
        return found if found is not None else convert(error)

    converted._neuroglia = True  # type: ignore[attr-defined]
    captured.convert_exception = converted  # type: ignore[assignment]


def _install_connect() -> None:
    try:
        from pyspark.errors.exceptions import connect
        from pyspark.sql.connect.client import core
    except Exception:  # without gRPC there is no Connect
        return
    convert = connect.convert_exception
    if getattr(convert, "_neuroglia", False):
        return

    @functools.wraps(convert)
    def converted(info: Any, truncated: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            found = _of_response(response) or _of_info(info, truncated)
        except Exception:
            found = None
        if found is not None:
            return found
        return convert(info, truncated, response, *args, **kwargs)

    converted._neuroglia = True  # type: ignore[attr-defined]
    connect.convert_exception = converted  # type: ignore[assignment]
    core.convert_exception = converted  # type: ignore[assignment]
