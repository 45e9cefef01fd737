# SPDX-License-Identifier: Apache-2.0
"""Prints the table in core/src/audio/wada.rs.

Kim and Stern, "Robust signal-to-noise ratio estimation based on waveform amplitude
distribution analysis", Interspeech 2008: take speech amplitudes as gamma distributed with
shape 0.4 and a random sign, noise as Gaussian, and tabulate ln(E|x|) - E(ln|x|) of their sum
against the ratio of their powers. Needs numpy; takes about ten seconds.
"""
import numpy as np

SHAPE, DRAWS, LOWEST, HIGHEST = 0.4, 4_000_000, -10, 60

random = np.random.default_rng(2008)
speech = random.gamma(SHAPE, 1.0, DRAWS) * random.choice([-1.0, 1.0], DRAWS)
speech /= np.sqrt(np.mean(speech**2))
noise = random.standard_normal(DRAWS)

values = []
for decibels in range(LOWEST, HIGHEST + 1):
    mixed = np.abs(speech + noise * 10 ** (-decibels / 20))
    values.append(np.log(np.mean(mixed)) - np.mean(np.log(mixed)))
for row in range(0, len(values), 10):
    print("    " + " ".join(f"{value:.4f}," for value in values[row : row + 10]))
