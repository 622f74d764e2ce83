"""How much memory processes take, when what they share is counted once."""

from pathlib import Path


def proportional(number: int) -> tuple[float, float]:
    """Read how much memory a process takes.

    Args:
        number: Its process id.

    Returns:
        Its proportional set size, in which memory that n processes share counts 1/n; and the part
        that no other process has, which ending it would free. In MB.
    """
    sizes = {}
    # The first line tells the range of addresses.
    for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()[1:]:
        name, _, size = line.partition(":")
        sizes[name] = int(size.removesuffix("kB")) * 1024 / 1e6
    return sizes["Pss"], sizes["Private_Clean"] + sizes["Private_Dirty"]
