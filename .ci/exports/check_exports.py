#!/usr/bin/env python3
"""Reads a finished run, and every form that `tradeoff export` writes, with the tools they are for.

    check_exports.py [--program .build/release/tradeoff] [--run results/fashion-mnist-fedavg]

The tables are read as they are, and once more with ids of trials that all look like numbers. It stops at the
first type or value that is not as it should be. The packages are those of requirements.txt, and R.
"""

import argparse
import csv
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

import duckdb
import frictionless
import mlflow
import numpy as np
import pandas
from pyarrow import parquet
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

HERE = Path(__file__).parent
# How the README says that a table is read.
PANDAS = {"dtype": {"trial": "string"}}


def check(condition, *what):
    if not condition:
        sys.exit("check_exports: " + " ".join(map(str, what)))


def export(program, run, form, folder, *flags):
    return subprocess.run(
        [program, "export", run, "--format", form, "--output", folder, *flags], capture_output=True, text=True
    )


def truth(run):
    """The tables as Python's csv module reads them: text, whatever it looks like."""
    def rows(name):
        with open(run / name, newline="") as file:
            return list(csv.DictReader(file))

    return rows("trials.csv"), rows("rounds.csv"), rows("tradeoff.csv")


def with_numeric_ids(run, folder):
    """The same run with ids that readers take for numbers: leading zeros, and exponents."""
    shutil.copytree(run, folder)
    ids = [row["trial"] for row in truth(run)[0]]
    likes = ["{:016d}".format(123456789012345 - i) if i % 2 else "12e45678901{:05d}".format(i) for i in range(len(ids))]
    for name in ["trials.csv", "rounds.csv", "timings.csv", "plan.json", "ledgers.jsonl"]:
        text = (folder / name).read_text()
        for old, new in zip(ids, likes):
            text = text.replace(old, new)
        (folder / name).write_text(text)
    return folder


def numbers(rows, column):
    return np.array([float(row[column]) if row[column] else math.nan for row in rows])


def read_with_pandas(run):
    trials, rounds, settings = truth(run)
    frame = pandas.read_csv(run / "trials.csv", **PANDAS)
    check(frame["trial"].tolist() == [row["trial"] for row in trials], "pandas: ids", frame["trial"].head())
    for column in ["epsilon_upper", "delta", "accuracy", "loss", "clipping_norm", "epsilon_upper_rdp"]:
        check(frame[column].dtype == np.float64, "pandas:", column, frame[column].dtype)
        check(np.array_equal(frame[column], numbers(trials, column), equal_nan=True), "pandas:", column)
    for column in ["setting", "replicate", "rounds"]:
        check(frame[column].dtype == np.int64, "pandas:", column, frame[column].dtype)
    check(np.isinf(frame["epsilon_upper"]).any(), "pandas: no epsilon is infinite")
    check(frame["clipping_norm"].isna().any(), "pandas: no cell is empty")
    long = pandas.read_csv(run / "rounds.csv", **PANDAS)
    check(long["trial"].tolist() == [row["trial"] for row in rounds], "pandas: ids of rounds")
    merged = long.merge(frame, on="trial")
    check(len(merged) == len(rounds), "pandas: rounds and trials do not meet")
    table = pandas.read_csv(run / "tradeoff.csv")
    means = frame.groupby("setting")["accuracy"].mean()
    check(np.allclose(means[table["setting"]], table["accuracy_mean"], atol=1e-12), "pandas: means")


def read_with_duckdb(run, package):
    """By the views of tables.sql, and Parquet from them, read back with pyarrow."""
    trials, rounds, settings = truth(run)
    database = duckdb.connect()
    database.sql(f"SET file_search_path = '{package}'")
    database.sql((package / "tables.sql").read_text())
    types = {row[0]: row[1] for row in database.sql("DESCRIBE trials").fetchall()}
    for column, wanted in {
        "trial": "VARCHAR", "setting": "BIGINT", "replicate": "BIGINT", "sweep": "VARCHAR", "epsilon_upper": "DOUBLE",
        "delta": "DOUBLE", "accuracy": "DOUBLE", "clipping_norm": "DOUBLE", "privacy_unit": "VARCHAR",
    }.items():
        check(types[column] == wanted, "DuckDB:", column, "is", types[column])
    rows = database.sql("SELECT trial, epsilon_upper, accuracy, clipping_norm FROM trials").fetchall()
    for row, expected in zip(rows, trials, strict=True):
        check(row[0] == expected["trial"], "DuckDB: id", row[0])
        check(row[1] == float(expected["epsilon_upper"]) and row[2] == float(expected["accuracy"]), "DuckDB:", row)
        check((row[3] is None) == (expected["clipping_norm"] == ""), "DuckDB: empty cell", row)
    joined = database.sql("SELECT count(*) FROM rounds JOIN trials USING (trial)").fetchone()[0]
    check(joined == len(rounds), "DuckDB: rounds and trials do not meet")
    check(database.sql("SELECT count(*) FROM tradeoff").fetchone()[0] == len(settings), "DuckDB: settings")

    path = package / "trials.parquet"
    database.sql(f"COPY trials TO '{path}'")
    table = parquet.read_table(path)
    check(str(table.schema.field("trial").type) == "string", "Parquet: ids are", table.schema.field("trial").type)
    check(table["trial"].to_pylist() == [row["trial"] for row in trials], "Parquet: ids")
    check(table["epsilon_upper"].to_pylist() == [float(row["epsilon_upper"]) for row in trials], "Parquet: epsilons")
    check(table["clipping_norm"].null_count == sum(row["clipping_norm"] == "" for row in trials), "Parquet: nulls")


def read_with_r(run):
    subprocess.run(["Rscript", HERE / "read_tables.R", run], check=True, stdout=subprocess.DEVNULL)


def read_package(run, folder):
    report = frictionless.validate(str(folder / "datapackage.json"))
    check(report.valid, "frictionless:", report.flatten(["title", "message"])[:5])
    package = frictionless.Package(str(folder / "datapackage.json"))
    rows = package.get_resource("trials").read_rows()
    for row, expected in zip(rows, truth(run)[0], strict=True):
        check(row["trial"] == expected["trial"], "frictionless: id", row["trial"])
        check(float(row["epsilon_upper"]) == float(expected["epsilon_upper"]), "frictionless:", row["epsilon_upper"])
        check((row["clipping_norm"] is None) == (expected["clipping_norm"] == ""), "frictionless: empty cell")
    check(package.custom.get("privacy"), "frictionless: the package says nothing about privacy")
    for name in ["trials.csv", "rounds.csv", "tradeoff.csv", "plan.json", "ledgers.jsonl"]:
        check((folder / name).read_bytes() == (run / name).read_bytes(), "frictionless:", name, "is not the same")


def read_lines(run, folder):
    trials, rounds, _ = truth(run)
    frame = pandas.read_json(folder / "trials.jsonl", lines=True, dtype={"trial": str}, convert_dates=False)
    check(frame["trial"].tolist() == [row["trial"] for row in trials], "JSON lines: ids", frame["trial"].head())
    check(np.array_equal(pandas.to_numeric(frame["epsilon_upper"]), numbers(trials, "epsilon_upper")), "JSON lines")
    check(np.array_equal(frame["clipping_norm"], numbers(trials, "clipping_norm"), equal_nan=True), "JSON lines: nulls")
    lines = [json.loads(line) for line in (folder / "rounds.jsonl").read_text().splitlines()]
    check(len(lines) == len(rounds), "JSON lines: rounds")
    guarantees = {row["trial"]: row for row in trials}
    for line in lines:
        own = guarantees[line["trial"]]
        check(float(line["epsilon_upper"]) == float(own["epsilon_upper"]), "JSON lines: epsilon of a round")
        check(line["delta"] == float(own["delta"]) and line["privacy_unit"] == own["privacy_unit"], "JSON lines:", line)
    types = {
        row[0]: row[1]
        for row in duckdb.sql(f"DESCRIBE FROM read_json('{folder}/rounds.jsonl')").fetchall()
    }
    check(types["trial"] == "VARCHAR" and types["value"] == "DOUBLE", "DuckDB on JSON lines:", types)


def read_events(run, folder):
    trials, rounds, _ = truth(run)
    runs = sorted(folder.glob("*/*/events.out.tfevents.*"))
    check(len(runs) == len(trials), "TensorBoard:", len(runs), "runs")
    found = {}
    for file in runs:
        events = EventAccumulator(str(file.parent), size_guidance={"scalars": 0, "tensors": 0})
        events.Reload()
        check(events.file_version == 2.0, "TensorBoard: version", events.file_version)
        texts = {
            tag: events.Tensors(tag)[0].tensor_proto.string_val[0].decode()
            for tag in events.PluginTagToContent("text")
        }
        check({"privacy", "settings"} <= texts.keys(), "TensorBoard: texts", texts.keys())
        rows = [line.strip("| ").split(" | ", 1) for line in texts["settings"].splitlines()]
        found[dict(row for row in rows if len(row) == 2)["trial"]] = (events, texts)
    for row in trials:
        events, texts = found[row["trial"]]
        statement = texts["privacy"].splitlines()[0]
        private = float(row["epsilon_upper"]) < math.inf
        check((f"delta = {row['delta']}; unit: {row['privacy_unit']}" in statement) == private, "TensorBoard:", statement)
        check(("not private" in statement) == (not private), "TensorBoard:", statement)
        for tag in events.Tags()["scalars"]:
            ours = [(event.step, event.value) for event in events.Scalars(tag)]
            theirs = [
                (int(r["round"]), float(np.float32(float(r["value"]))))
                for r in rounds
                if r["trial"] == row["trial"] and r["metric"] == tag
            ]
            check(ours == theirs, "TensorBoard:", tag, ours[:3], theirs[:3])
        check(
            set(events.Tags()["scalars"]) == {r["metric"] for r in rounds if r["trial"] == row["trial"]},
            "TensorBoard: metrics",
        )


def read_tracking(run, folder, scratch):
    trials, rounds, _ = truth(run)
    check_tracking(f"file://{folder}", trials, rounds)
    # The store that MLflow goes over to.
    database = f"sqlite:///{scratch}/mlflow.db"
    migrated = subprocess.run(
        [Path(sys.executable).with_name("mlflow"), "migrate-filestore", "--source", folder, "--target", database],
        capture_output=True, text=True,
    )
    check(migrated.returncode == 0, "mlflow migrate-filestore:", migrated.stderr[-2000:], migrated.stdout[-500:])
    check_tracking(database, trials, rounds)


def check_tracking(address, trials, rounds):
    client = mlflow.MlflowClient(tracking_uri=address)
    experiments = [e for e in client.search_experiments() if e.name != "Default"]
    check(len(experiments) == 1, "MLflow:", experiments)
    runs = {r.info.run_id: r for r in client.search_runs([experiments[0].experiment_id], max_results=5000)}
    check(set(runs) == {row["trial"] for row in trials}, "MLflow: runs", list(runs)[:3])
    for row in trials:
        tags, data = runs[row["trial"]].data.tags, runs[row["trial"]].data
        check(runs[row["trial"]].info.status == "FINISHED", "MLflow:", runs[row["trial"]].info.status)
        check(float(tags["privacy.epsilon_upper"]) == float(row["epsilon_upper"]), "MLflow:", tags)
        check(float(tags["privacy.delta"]) == float(row["delta"]), "MLflow:", tags)
        for tag in ["privacy_unit", "neighboring_relation", "sampling", "accountant"]:
            check(tags[f"privacy.{tag}"] == row[tag], "MLflow:", tag, tags)
        check("seed" in data.params and "training.rounds" in data.params, "MLflow: params", data.params)
        check(data.metrics["accuracy"] == float(row["accuracy"]), "MLflow: accuracy", data.metrics)
    for row in trials[:3]:
        for name in {r["metric"] for r in rounds if r["trial"] == row["trial"]}:
            ours = sorted((m.step, m.value) for m in client.get_metric_history(row["trial"], name))
            theirs = [
                (int(r["round"]), float(r["value"]))
                for r in rounds
                if r["trial"] == row["trial"] and r["metric"] == name
            ]
            check(ours == theirs, "MLflow:", name, ours[:3], theirs[:3])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", default=".build/release/tradeoff")
    arguments.add_argument("--run", type=Path, default=Path("results/fashion-mnist-fedavg"))
    arguments = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        runs = [("as it is", arguments.run.resolve())]
        runs.append(("ids like numbers", with_numeric_ids(arguments.run, scratch / "numeric")))
        for label, run in runs:
            forms = {}
            for form in ["json-lines", "frictionless", "tensorboard", "mlflow"]:
                forms[form] = scratch / label.replace(" ", "-") / form
                answer = export(arguments.program, run, form, forms[form])
                check(answer.returncode == 0, form, answer.stderr)
                check("epsilon <= " in (forms[form] / "PRIVACY.txt").read_text(), form, "says nothing about privacy")
                again = export(arguments.program, run, form, forms[form])
                check(again.returncode == 1 and "nothing is overwritten" in again.stderr, form, again)
            for name, step in [
                ("pandas", lambda: read_with_pandas(run)),
                ("DuckDB", lambda: read_with_duckdb(run, forms["frictionless"])),
                ("R", lambda: read_with_r(run)),
                ("frictionless", lambda: read_package(run, forms["frictionless"])),
                ("JSON lines", lambda: read_lines(run, forms["json-lines"])),
                ("TensorBoard", lambda: read_events(run, forms["tensorboard"])),
                ("MLflow", lambda: read_tracking(run, forms["mlflow"], forms["mlflow"].parent)),
            ]:
                step()
                print(f"{label}: {name} reads it", flush=True)


if __name__ == "__main__":
    main()
