"""Says of every recording in a folder whether it would enroll, as CSV.

python validate_folder.py recordings > report.csv
"""

import csv
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import voiceroll


def row(path: Path) -> list[object]:
    try:
        found = voiceroll.inspect(path, timeout=120)
    except voiceroll.Error as error:
        return [path.name, "unreadable", "", "", error.code, error.message]
    problems = " ".join(problem.code for problem in found.problems)
    advice = " ".join(problem.advice for problem in found.problems)
    return [path.name, "yes" if found.accepted else "no", found.speech_seconds, found.snr_db, problems, advice]


def main(folder: str) -> None:
    paths = sorted(path for path in Path(folder).iterdir() if path.is_file())
    report = csv.writer(sys.stdout)
    report.writerow(["file", "enrolls", "speech_seconds", "snr_db", "problems", "advice"])
    with ThreadPoolExecutor() as pool:
        report.writerows(pool.map(row, paths))


if __name__ == "__main__":
    main(sys.argv[1])
