#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes `voiceroll.ffi.h`, the header as PHP's FFI reads it, from `../c/voiceroll.h`. `--check` only compares."""

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]


def main() -> None:
    text = (HERE.parent / "c" / "voiceroll.h").read_text()
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    # FFI has no preprocessor, and knows the types of stdint.h.
    text = re.sub(r"#ifdef __cplusplus.*?#endif[^\n]*", "", text, flags=re.DOTALL)
    text = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\n\s*\n+", "\n", text).strip()
    made = f"/* SPDX-License-Identifier: Apache-2.0. Made from ../c/voiceroll.h by tools/header.py. */\n{text}\n"
    path = HERE / "voiceroll.ffi.h"
    if "--check" not in sys.argv:
        path.write_text(made)
    elif not path.is_file() or path.read_text() != made:
        sys.exit(f"{path.name} is not what tools/header.py makes; run it and commit")


main()
