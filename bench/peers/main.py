"""Runs the peers and writes what they say, for src/eval to score with the metrics of all others.

Usage: python main.py DATA_FOLDER OUT.json
"""

import json
import re
import sys
import time
import traceback
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np

import detectors
import logs
import parsers

SEEDS = [1, 2, 3, 4, 5]
VARIED_LINES = 24_000

result: dict = {
    "versions": {name: version(name) for name in ("drain3", "logparser3", "pyod", "scikit-learn")},
    "leftOut": [],
    "templates": {},
    "speed": [],
    "sessions": {"ids": [], "peers": []},
    "lines": {"peers": []},
}


def attempt(name: str, work) -> None:
    """One peer that fails is left out; the others go on."""
    started = time.perf_counter()
    try:
        work()
        print(f"  {name}: {time.perf_counter() - started:.1f} s", flush=True)
    except Exception as error:  # whatever a peer throws
        traceback.print_exc()
        result["leftOut"].append({"name": name, "why": f"{type(error).__name__}: {error}"[:300]})


def parse_systems(data: Path) -> None:
    systems = logs.messages_of_systems(data)
    peers = {
        "Drain3, general masks": lambda _, messages: parsers.drain3_templates(messages, True),
        "Drain, settings per system": lambda system, messages: parsers.logparser_templates(
            "Drain", system, messages
        ),
        "Brain, settings per system": lambda system, messages: parsers.logparser_templates(
            "Brain", system, messages
        ),
    }

    def run(peer: str) -> None:
        result["templates"][peer] = {
            system: peers[peer](system, messages) for system, messages in systems.items()
        }

    for peer in peers:
        attempt(f"templates: {peer}", lambda peer=peer: run(peer))


def speeds(data: Path) -> None:
    hdfs = [logs.message_of_hdfs(line) for line in logs.lines_of_hdfs(data)]
    systems = list(logs.messages_of_systems(data).values())
    random = np.random.default_rng(1)
    varied = [
        re.sub(r"\d", lambda _: str(random.integers(10)), messages[at % len(messages)])
        for at in range(VARIED_LINES // len(systems))
        for messages in systems
    ]

    def drain3(messages: list[str], masked: bool) -> None:
        miner = parsers.drain3_miner(masked)
        for message in messages:
            miner.add_log_message(message)

    def measure(log: str, peer: str, lines: list[str], work) -> None:
        times = parsers.timed(lambda: work(lines))
        result["speed"].append({"log": log, "peer": peer, "lines": len(lines), **times})

    for log, lines in (("hdfs", hdfs), ("varied", varied)):
        for peer, work in {
            "Drain3": lambda lines: drain3(lines, False),
            "Drain3, general masks": lambda lines: drain3(lines, True),
            "Drain of logparser3": lambda lines: parsers.logparser_templates("Drain", "HDFS", lines),
            "Brain of logparser3": lambda lines: parsers.logparser_templates("Brain", "HDFS", lines),
        }.items():
            attempt(
                f"speed on {log}: {peer}",
                lambda log=log, peer=peer, lines=lines, work=work: measure(log, peer, lines, work),
            )


def add(to: dict, name: str, seed: int | None, scored: tuple[np.ndarray, np.ndarray]) -> None:
    scores, flags = scored
    to["peers"].append(
        {
            "name": name,
            "seed": seed,
            "scores": [float(score) for score in scores],
            "flags": [bool(flag) for flag in flags],
        }
    )


def general_detectors(to: dict, table: np.ndarray) -> None:
    """pyod and scikit-learn; what depends on a seed runs with all of them."""

    def seeded(name: str, work) -> None:
        for seed in SEEDS:
            add(to, name, seed, work(seed))

    attempt(
        "IForest (pyod)",
        lambda: seeded("IForest (pyod)", lambda seed: detectors.pyod("IForest", table, seed)),
    )
    attempt(
        "IsolationForest (scikit-learn)",
        lambda: seeded(
            "IsolationForest (scikit-learn)", lambda seed: detectors.forest(table, seed)
        ),
    )
    attempt("ECOD (pyod)", lambda: add(to, "ECOD (pyod)", None, detectors.pyod("ECOD", table)))
    attempt("LOF (pyod)", lambda: add(to, "LOF (pyod)", None, detectors.pyod("LOF", table)))


def count_table(data: Path, ids: list[str]) -> np.ndarray:
    """Sessions by templates of Drain with logparser3's settings for HDFS, as loglizer counts them."""
    lines = logs.lines_of_hdfs(data)
    templates = parsers.logparser_templates(
        "Drain", "HDFS", [logs.message_of_hdfs(line) for line in lines]
    )
    row_of = {name: row for row, name in enumerate(ids)}
    column_of = {template: at for at, template in enumerate(sorted(set(templates)))}
    counts = np.zeros((len(ids), len(column_of)), dtype=np.int64)
    for line, template in zip(lines, templates):
        for name in set(re.findall(r"blk_-?\d+", line)):
            if name in row_of:
                counts[row_of[name], column_of[template]] += 1
    return counts


def sessions(data: Path) -> None:
    to = result["sessions"]
    to["ids"] = logs.session_ids(data)
    counts = count_table(data, to["ids"])
    attempt("PCA", lambda: add(to, "PCA (Xu 2009)", None, detectors.pca(counts)))
    attempt(
        "invariant mining",
        lambda: add(to, "invariant mining (Lou 2010)", None, detectors.invariants(counts)),
    )
    general_detectors(to, counts.astype(float))


def lines(data: Path) -> None:
    """Words without digits, weighted by tf-idf and reduced to 32 numbers a line."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(token_pattern=r"[A-Za-z_]{2,}").fit_transform(logs.alert_lines(data))
    general_detectors(result["lines"], TruncatedSVD(32, random_state=1).fit_transform(words))


def main() -> None:
    warnings.filterwarnings("ignore")
    data, out = Path(sys.argv[1]), Path(sys.argv[2])
    for section in (parse_systems, sessions, lines, speeds):
        attempt(section.__name__, lambda section=section: section(data))
    out.write_text(json.dumps(result))


main()
