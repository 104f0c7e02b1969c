"""Tables that the JVM makes, on classic Spark and on Spark Connect: functions of SQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Mapping

from pyspark.sql.utils import is_remote

from neuroglia_spark.sessions import active

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def table_function(name: str, *arguments: Any) -> DataFrame:
    """``SELECT * FROM name(arguments)``; texts, numbers and non-empty mappings of texts."""
    spark: Any = active()
    if not is_remote():
        # A session that was started without our extension knows the functions from here on.
        spark._jvm.org.neuroglia.spark.sql.TableFunctions.register(spark._jsparkSession)
    call = ", ".join(_literal(argument) for argument in arguments)
    return spark.sql(f"SELECT * FROM {name}({call})")


def _literal(value: Any) -> str:
    """A literal of SQL: Spark binds no parameters in the arguments of such functions."""
    if isinstance(value, Mapping):
        pairs = [_literal(part) for pair in value.items() for part in pair]
        return f"map({', '.join(pairs)})"
    if isinstance(value, str):
        if re.fullmatch(r"[\w ./:,-]*", value, re.ASCII):
            return f"'{value}'"
        # In digits no character needs an escape, whatever the session's rules for them are.
        return f"CAST(X'{value.encode().hex()}' AS STRING)"
    return str(int(value))
