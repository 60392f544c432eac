"""Readers of the data sets that peers are measured on."""

import csv
import gzip
import io
from pathlib import Path


def text(path: Path) -> str:
    """The text of a file, packed or not. Undecodable bytes are replaced."""
    packed = path.with_name(path.name + ".gz")
    data = gzip.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
    return data.decode("utf-8", errors="replace")


def messages_of_systems(data: Path) -> dict[str, list[str]]:
    """The messages of each system with known templates, cut as the ground truth cuts them."""
    systems = {}
    for folder in sorted(path for path in (data / "loghub_2k").iterdir() if path.is_dir()):
        base = folder / f"{folder.name}_2k.log_structured_corrected.csv"
        rows = csv.DictReader(io.StringIO(text(base), newline=""))
        systems[folder.name] = [" ".join(row["Content"].split()) for row in rows]
    return systems


def lines_of_hdfs(data: Path) -> list[str]:
    """The lines of the HDFS log, with their headers."""
    return text(data / "hdfs_2pct" / "HDFS.log").splitlines()


def message_of_hdfs(line: str) -> str:
    """What follows date, time, process, level and component."""
    return line.split(" ", 5)[-1]


def session_ids(data: Path) -> list[str]:
    """Ids of the labelled sessions, in the order of the labels."""
    rows = text(data / "hdfs_2pct" / "anomaly_label.csv").split("\n")[1:]
    return [row.split(",")[0].strip() for row in rows if row.strip()]


def alert_lines(data: Path) -> list[str]:
    """The lines of BGL_2k without the column that says which are alerts."""
    lines = text(data / "loghub_2k" / "BGL" / "BGL_2k.log").rstrip().split("\n")
    return [line.split(" ", 1)[1] for line in lines]
