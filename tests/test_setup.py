"""The set-up script in a toy folder: what it would install, when it asks for root, when it has nothing to do."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PIP = '#!/bin/sh\necho "pip $*" >> calls\n'
STUBS = {
    "dpkg-query": "#!/bin/sh\nprintf installed\n",
    "id": "#!/bin/sh\necho 1000\n",
    "sudo": "#!/bin/sh\nexit 1\n",
    "apt-get": '#!/bin/sh\necho "apt-get $* as $DEBIAN_FRONTEND" >> calls\n',
    "python3": f"""#!/bin/sh
case "$1" in
    -V) echo Python 3.11.2 ;;
    -m) echo "$*" >> calls; rm -rf .venv; mkdir -p .venv/bin; printf '%s' '{PIP}' > .venv/bin/pip
        chmod +x .venv/bin/pip ;;
    *) echo "fonts" >> calls ;;
esac
""",
}
Setup = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a repository with the real script, and programs that only note that they were called."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / "stubs").mkdir()
    shutil.copy(ROOT / ".ci/setup", tmp_path / ".ci")
    for name in ("requirements.lock", "pyproject.toml", "calls"):
        (tmp_path / name).touch()
    for name, text in STUBS.items():
        stub(tmp_path, name, text)
    return tmp_path


def stub(folder: Path, name: str, text: str) -> None:
    path = folder / "stubs" / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def setup(folder: Path) -> Setup:
    path = f"{folder / 'stubs'}:/usr/bin:/bin"

    def run(level: str = "demo") -> subprocess.CompletedProcess[str]:
        (folder / "calls").write_text("")
        return subprocess.run(
            [folder / ".ci/setup", level],
            env={"PATH": path, "TMPDIR": os.fspath(folder)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
        )

    return run


def calls(folder: Path) -> list[str]:
    return (folder / "calls").read_text(encoding="utf-8").splitlines()


def test_without_root_and_sudo_it_prints_the_one_line_to_run(folder: Path, setup: Setup) -> None:
    stub(folder, "dpkg-query", "#!/bin/sh\nexit 1\n")
    ran = setup()
    assert ran.returncode == 1
    (line,) = [line for line in ran.stderr.splitlines() if "apt-get" in line]
    assert line.startswith("su - -c 'apt-get update && ")
    assert line.endswith("libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation'")
    assert calls(folder) == []


def test_as_root_it_installs_only_what_is_missing_and_asks_nothing(folder: Path, setup: Setup) -> None:
    stub(folder, "id", "#!/bin/sh\necho 0\n")
    stub(folder, "dpkg-query", '#!/bin/sh\ncase "$*" in *qpdf*) exit 1 ;; *) printf installed ;; esac\n')
    assert setup("test").returncode == 0
    update, install = calls(folder)[:2]
    assert update.startswith("apt-get update")
    assert install == "apt-get install -y --no-install-recommends qpdf as noninteractive"


def test_through_sudo_it_installs_too(folder: Path, setup: Setup) -> None:
    stub(folder, "sudo", '#!/bin/sh\n[ "$1" = -n ] && shift\nexec "$@"\n')
    stub(folder, "dpkg-query", "#!/bin/sh\nexit 1\n")
    assert setup().returncode == 0
    assert calls(folder)[1].startswith("apt-get install")


def test_the_demo_needs_no_office(folder: Path, setup: Setup) -> None:
    stub(folder, "dpkg-query", "#!/bin/sh\nexit 1\n")
    assert "libreoffice" not in setup("demo").stderr
    assert "libreoffice-writer-nogui poppler-utils qpdf" in setup("test").stderr


def test_a_failed_install_stops_it_and_shows_the_log(folder: Path, setup: Setup) -> None:
    stub(folder, "id", "#!/bin/sh\necho 0\n")
    stub(folder, "dpkg-query", "#!/bin/sh\nexit 1\n")
    stub(folder, "apt-get", "#!/bin/sh\necho 'no such package' >&2\nexit 100\n")
    ran = setup()
    assert ran.returncode == 1
    assert "no such package" in ran.stderr
    assert calls(folder) == []


def test_a_failed_package_leaves_no_stamp(folder: Path, setup: Setup) -> None:
    stub(folder, "python3", STUBS["python3"].replace('echo "pip $*" >> calls', "exit 1"))
    assert setup().returncode == 1
    assert setup().returncode == 1
    assert not list((folder / ".venv").glob("*.stamp"))


def test_packages_are_installed_by_their_hashes_and_nothing_is_built_from_the_network(
    folder: Path, setup: Setup
) -> None:
    assert setup().returncode == 0
    _, packages, project, _ = calls(folder)
    assert "--require-hashes" in packages
    assert packages.endswith("-r requirements.lock")
    assert "--no-deps" in project
    assert "--no-build-isolation" in project


def test_the_second_time_it_does_nothing_but_look_at_the_fonts(folder: Path, setup: Setup) -> None:
    setup()
    again = setup()
    assert (again.returncode, again.stdout, calls(folder)) == (0, "", ["fonts"])


def test_another_lock_makes_the_environment_anew(folder: Path, setup: Setup) -> None:
    setup()
    (folder / "requirements.lock").write_text("# another\n")
    setup()
    assert calls(folder)[0] == "-m venv --clear .venv"


def test_another_pyproject_installs_only_the_project(folder: Path, setup: Setup) -> None:
    setup()
    (folder / "pyproject.toml").write_text("# another\n")
    setup()
    assert [call.split()[-1] for call in calls(folder)] == [".", "fonts"]


def test_the_lock_has_hashes_and_no_addresses() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert lock.count("==") <= lock.count("--hash=sha256:")
