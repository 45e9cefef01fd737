# SPDX-License-Identifier: Apache-2.0
"""When a value is as a case says; ``README.md`` has the rules."""

from __future__ import annotations

from typing import Any


def matches(found: Any, expected: Any) -> bool:
    """Whether it is."""
    if not isinstance(expected, dict):
        if isinstance(expected, list):
            return isinstance(found, list) and len(found) == len(expected) and all(map(matches, found, expected))
        return bool(found == expected)
    number = isinstance(found, (int, float))
    tests = {
        "about": lambda at: number and abs(found - at[0]) <= at[1],
        "at_least": lambda least: number and found >= least,
        "at_most": lambda most: number and found <= most,
        "contains": lambda text: isinstance(found, str) and text in found,
        "one_of": lambda values: found in values,
        "any": lambda items: isinstance(found, list) and all(any(matches(f, i) for f in found) for i in items),
        "length": lambda length: len(found) == length,
    }
    if expected.keys() & tests.keys():
        return all(tests[name](value) for name, value in expected.items())
    return isinstance(found, dict) and all(name in found and matches(found[name], v) for name, v in expected.items())
