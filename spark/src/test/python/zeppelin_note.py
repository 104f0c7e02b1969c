"""Runs a note of Zeppelin without Zeppelin, each paragraph by the interpreter that it names.

Zeppelin has one JVM for a note's Spark interpreters: Scala's interpreter and Python's share its
session, and SQL is ``spark.sql``. So it is here: pyspark starts the JVM with the settings of the
paragraph ``%spark.conf``, and in that JVM runs the Scala interpreter that spark-shell is made of.

    python zeppelin_note.py note.zpln outcome.json --set spark.jars=neuroglia-spark-bundle.jar

writes a list with an object per paragraph that ran: its interpreter, title and status (SUCCESS or
ERROR), what the interpreter said, the columns and rows of SQL, how many pictures were drawn. What
Scala prints goes to standard output, as a JVM has one only.
"""

import argparse
import io
import json
import re
import sys
import traceback
from contextlib import redirect_stdout

_INTERPRETER = re.compile(r"^\s*%(\w+(?:\.\w+)*)(?:\(.*?\))?(.*)", re.DOTALL)


def parse(text):
    """The interpreter that a paragraph names, and what it is to run."""
    found = _INTERPRETER.match(text)
    return (found[1], found[2].strip()) if found else ("", text.strip())


def settings(note):
    """What the paragraphs ``%spark.conf`` set: a property a line, comments after ``#``."""
    result = {}
    for paragraph in note["paragraphs"]:
        name, script = parse(paragraph["text"])
        if name == "spark.conf":
            for line in script.splitlines():
                if line.strip() and not line.strip().startswith("#"):
                    key, value = line.split(None, 1)
                    result[key] = value.strip()
    return result


class Scala:
    """Scala's interpreter in the JVM of a session, with the session as ``spark``."""

    def __init__(self, spark):
        jvm = spark._jvm
        loader = jvm.java.lang.Thread.currentThread().getContextClassLoader()
        compiler = jvm.scala.tools.nsc.Settings()
        jars = spark.conf.get("spark.jars", "").replace(",", ":")
        compiler.processArgumentString(f"-usejavacp -classpath {jars}")
        self._said = jvm.java.io.StringWriter()
        console = jvm.java.io.PrintWriter(self._said)
        shell = jvm.scala.tools.nsc.interpreter
        self._interpreter = shell.IMain(
            compiler,
            jvm.scala.Option.apply(loader),
            compiler,
            shell.shell.ReplReporterImpl(compiler, console),
        )
        self._interpreter.initializeCompiler()
        none = jvm.scala.collection.immutable.List.newBuilder().result()
        self._interpreter.bind(
            "spark", "org.apache.spark.sql.SparkSession", spark._jsparkSession, none
        )
        self._interpreter.bind("sc", "org.apache.spark.SparkContext", spark._jsc.sc(), none)

    def run(self, script):
        self._said.getBuffer().setLength(0)
        result = self._interpreter.interpret(script).toString()
        return {
            "status": "SUCCESS" if result == "Success" else "ERROR",
            "said": self._said.toString(),
        }


class Python:
    """Python with the names that Zeppelin gives: ``spark``, ``sc`` and ``sqlContext``."""

    def __init__(self, spark):
        import matplotlib

        matplotlib.use("Agg")
        self._names = {"__name__": "__main__", "spark": spark, "sc": spark.sparkContext}

    def run(self, script):
        import matplotlib.pyplot as plt

        said = io.StringIO()
        try:
            with redirect_stdout(said):
                exec(compile(script, "<paragraph>", "exec"), self._names)
            return {
                "status": "SUCCESS",
                "said": said.getvalue(),
                "pictures": len(plt.get_fignums()),
            }
        except Exception:
            return {"status": "ERROR", "said": said.getvalue() + traceback.format_exc()}
        finally:
            plt.close("all")


class Sql:
    """Spark's SQL: a statement a paragraph."""

    def __init__(self, spark):
        self._spark = spark

    def run(self, script):
        try:
            table = self._spark.sql(script)
            rows = [list(row) for row in table.collect()]
            return {"status": "SUCCESS", "said": "", "columns": table.columns, "rows": rows}
        except Exception:
            return {"status": "ERROR", "said": traceback.format_exc()}


def run(note, given):
    """Runs the paragraphs of a note in order and yields what became of each."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName(note["name"]).master("local[2]")
    for key, value in {"spark.ui.enabled": "false", **settings(note), **given}.items():
        if key.startswith("spark."):  # others are Zeppelin's own
            builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        interpreters = {
            "spark": Scala(spark),
            "spark.pyspark": Python(spark),
            "spark.sql": Sql(spark),
        }
        for paragraph in note["paragraphs"]:
            name, script = parse(paragraph["text"])
            if name in ("md", "spark.conf"):
                continue
            interpreter = interpreters.get(name)
            outcome = (
                {"status": "ERROR", "said": f"Interpreter {name} not found"}
                if interpreter is None
                else interpreter.run(script)
            )
            yield {"interpreter": name, "title": paragraph.get("title"), **outcome}
    finally:
        spark.stop()


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("note")
    parser.add_argument("outcome")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    options = parser.parse_args(arguments)
    with open(options.note, encoding="utf-8") as file:
        note = json.load(file)
    outcomes = list(run(note, dict(pair.split("=", 1) for pair in options.set)))
    with open(options.outcome, "w", encoding="utf-8") as file:
        json.dump(outcomes, file, default=str)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
