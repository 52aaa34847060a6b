"""Measure in a real browser how long a keystroke takes to change the page: median and worst of twenty.

Run: .venv/bin/python benchmarks/keystroke.py (needs Debian's chromium and the development packages).
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = "services_agreement/company_full_hourly"
FIELD = '[id="/matter/number"]'
KEYSTROKES = 20
CHANGED = """([text, id]) => new Promise((done) => {
  const field = document.getElementById(id), page = document.getElementById("page"), start = performance.now();
  const watch = new MutationObserver(() => {
    if (page.textContent.includes(text)) { watch.disconnect(); done(performance.now() - start); }
  });
  watch.observe(page, { childList: true, subtree: true });
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""


def started(port: int, data: str) -> subprocess.Popen[bytes]:
    """Return a server that answers."""
    environment = {**os.environ, "DOCGEN_DATA": data, "DOCGEN_PORT": str(port)}
    environment["DOCGEN_FIRM"] = str(ROOT / "samples" / "firm.yaml")
    program = str(Path(sys.executable).with_name("docgen"))
    server = subprocess.Popen([program, "serve"], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server


def measured(page: Page) -> list[float]:
    """Return the milliseconds from each keystroke to the changed page, the pause of the form included."""
    made = []
    for number in range(KEYSTROKES):
        made.append(float(page.evaluate(CHANGED, [f"77-{number:03}", "/matter/number"])))
        page.wait_for_timeout(400)
    return made


def main() -> None:
    """Print the figures."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with tempfile.TemporaryDirectory() as data, sync_playwright() as driver:
        server = started(port, data)
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"http://127.0.0.1:{port}/")
        page.locator(f'button[value="{SAMPLE}"]').evaluate("one => one.closest('details').open = true")
        page.locator(f'button[value="{SAMPLE}"]').click()
        page.locator(FIELD).wait_for(state="attached")
        times = measured(page)
        browser.close()
        server.terminate()
        server.wait()
    print(f"{SAMPLE}: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms of {len(times)}")


if __name__ == "__main__":
    main()
