"""Template parsers: Drain3, and Drain and Brain of logparser3 with their own settings per system."""

import ast
import contextlib
import importlib.util
import io
import tempfile
import time
from pathlib import Path

# Masks for any log: addresses, hexadecimal and decimal numbers that stand alone.
GENERAL_MASKS = [
    r"(?<![A-Za-z0-9])\d{1,3}(\.\d{1,3}){3}(:\d+)?(?![A-Za-z0-9])",
    r"(?<![A-Za-z0-9])0x[0-9a-fA-F]+(?![A-Za-z0-9])",
    r"(?<![A-Za-z0-9])[-+]?\d+(?![A-Za-z0-9])",
]


def drain3_miner(masked: bool):
    """A Drain3 miner with its default settings."""
    from drain3 import TemplateMiner
    from drain3.masking import MaskingInstruction
    from drain3.template_miner_config import TemplateMinerConfig

    config = TemplateMinerConfig()
    if masked:
        config.masking_instructions = [MaskingInstruction(mask, "*") for mask in GENERAL_MASKS]
    return TemplateMiner(config=config)


def drain3_templates(messages: list[str], masked: bool) -> list[str]:
    """One template a message, as the miner knows it at the end."""
    miner = drain3_miner(masked)
    ids = [miner.add_log_message(message)["cluster_id"] for message in messages]
    templates = {cluster.cluster_id: cluster.get_template() for cluster in miner.drain.clusters}
    return [templates[number] for number in ids]


def settings_of(package: str) -> dict[str, dict]:
    """The settings per system that logparser3 is published with; its script would run if imported."""
    folder = Path(importlib.util.find_spec(f"logparser.{package}").origin).parent
    tree = ast.parse((folder / "benchmark.py").read_text())
    for node in tree.body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "benchmark_settings":
            return ast.literal_eval(node.value)
    raise ValueError(f"logparser.{package} has no settings")


def logparser_templates(package: str, system: str, messages: list[str]) -> list[str]:
    """One template a message, by Drain or Brain with the settings of the system."""
    from logparser import Brain, Drain

    settings = settings_of(package)[system]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "log").write_text("\n".join(messages) + "\n")
        common = {"log_format": "<Content>", "indir": folder, "outdir": folder}
        if package == "Drain":
            parser = Drain.LogParser(
                rex=settings["regex"],
                depth=settings["depth"],
                st=settings["st"],
                keep_para=False,
                **common,
            )
        else:
            parser = Brain.LogParser(
                logname=system,
                rex=settings["regex"],
                delimeter=settings["delimiter"],
                threshold=settings["theshold"],
                **common,
            )
        with contextlib.redirect_stdout(io.StringIO()):
            parser.parse("log")
        templates = parser.df_log["EventTemplate"].astype(str).tolist()
    if len(templates) != len(messages):
        raise ValueError(f"{package} on {system}: {len(templates)} of {len(messages)} lines")
    return templates


def timed(work) -> dict[str, float]:
    """Seconds of one run, by the clock and by the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return {
        "seconds": time.perf_counter() - wall,
        "processor": time.process_time() - processor,
    }
