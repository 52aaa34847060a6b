"""Prints the memory of one renderer over 1,500 documents, never replaced by a fresh one; exits with 1 when it grows.

python benchmarks/renderer_memory.py [how many documents, 1500 unless given]
"""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path

from docgen.config import Settings
from docgen.service import build_service
from docgen.workers import Limits, Writers

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
MARKS = (200, 500, 1000, 1500)
MOST_GROWTH = 16.0  # MiB from document 200 to the last; 0.26 MiB a document would be 338


def main(count: int) -> int:
    """Write the same agreement as PDF and as DOCX ``count`` times; return 1 if the renderer has grown since 200."""
    writers = Writers(Limits(megabytes=65536, documents=10**9))
    service = build_service(Settings(), writers.write)
    order = (SAMPLES / "services_agreement" / "company_stages.json").read_bytes()
    draft = service.draft(order, firm=SAMPLES / "firm.yaml")
    found: dict[int, float] = {}
    started = time.perf_counter()
    for number in range(1, count + 1):
        service.write(draft, "pdf")
        service.write(draft, "docx")
        if number in (1, *MARKS, count):
            found[number] = resident()
            seconds = time.perf_counter() - started
            print(f"after {number} PDF and DOCX: {found[number]:.1f} MiB, {seconds:.0f} s", flush=True)
    writers.close()
    return int(found[count] - found.get(MARKS[0], found[count]) > MOST_GROWTH)


def resident() -> float:
    """Return the resident mebibytes of our one child."""
    (child,) = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    (kibibytes,) = re.findall(r"^VmRSS:\s+(\d+) kB$", Path(f"/proc/{child}/status").read_text(), re.MULTILINE)
    return int(kibibytes) / 1024


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else MARKS[-1]))
