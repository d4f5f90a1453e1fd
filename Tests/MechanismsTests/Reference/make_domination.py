"""Writes domination.json in this folder: what a discrete Gaussian release really costs, and the bound
that GridNoise's lemma gives with rounding of width s = 1 instead of 128, where the factor can be seen.

    python3 -m venv .venv && .venv/bin/pip install mpmath==1.4.1
    .venv/bin/python make_domination.py

The sum is one whole number that moves by `shift` steps. `delta` is the hockey-stick divergence of order
e^epsilon between the two discrete Gaussians, summed over the whole numbers with 60 digits; `bound` is
e^eta f(epsilon - 2 eta, mu') with f by Balle & Wang 2018, theorem 8; `continuous` is f(epsilon, shift /
sigma), of continuous noise that is no wider. The script stops where a bound fails.
"""

import json
import pathlib

import mpmath as mp

mp.mp.dps = 60
S = mp.mpf(1)
THETA = 2 * mp.nsum(lambda j: mp.exp(-2 * mp.pi**2 * S**2 * j**2), [1, mp.inf])
ETA = mp.log((1 + THETA) / (1 - THETA))


def hockey_stick(epsilon, mu):
    above = mp.ncdf(mu / 2 - epsilon / mu)
    return above - mp.exp(epsilon) * mp.ncdf(-mu / 2 - epsilon / mu)


def exact(sigma, shift, epsilon):
    reach = int(60 * sigma) + shift
    weight = [mp.exp(-mp.mpf(k) ** 2 / (2 * sigma**2)) for k in range(reach + shift + 1)]
    total = 2 * mp.fsum(weight) - 1
    factor = mp.exp(epsilon)
    return mp.fsum(
        max(mp.mpf(0), weight[abs(k - shift)] - factor * weight[abs(k)])
        for k in range(-reach, reach + 1)) / total


rows = []
for sigma in range(3, 11):
    for shift in (1, 2, 5):
        for epsilon in (0, 0.1, 0.5, 1, 2, 4):
            sigma_, epsilon_ = mp.mpf(sigma), mp.mpf(epsilon)
            delta = exact(sigma_, shift, epsilon_)
            bound = mp.exp(ETA) * hockey_stick(
                epsilon_ - 2 * ETA, shift / mp.sqrt(sigma_**2 - S**2))
            assert delta <= bound, (sigma, shift, epsilon, delta, bound)
            rows.append({
                "sigma": sigma, "shift": shift, "epsilon": epsilon,
                "delta": float(delta), "bound": float(bound),
                "continuous": float(hockey_stick(epsilon_, shift / sigma_)),
            })
content = {"tool": f"mpmath {mp.__version__}, make_domination.py", "rows": rows}
target = pathlib.Path(__file__).with_name("domination.json")
target.write_text(json.dumps(content) + "\n")
print(len(rows), "bounds hold; the discrete noise costs more than continuous noise as wide in",
      sum(row["delta"] > row["continuous"] for row in rows))
