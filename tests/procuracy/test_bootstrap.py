"""The first part of each command: the virtual environment and the packages, before anything is installed."""

from __future__ import annotations

import importlib.util
import shutil

import pytest

from procuracy.embedded.home import ROOT

PIP = """#!/bin/sh
echo "Collecting Django==5.2"
echo "  Downloading Django"
echo "Processing /packages/celery-5.4-py3-none-any.whl"
echo "Requirement already satisfied: redis==5.0 in /somewhere"
echo "Installing collected packages: Django, celery"
{end}
"""


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    """The program, with an environment of its own whose pip says what a test lets it say."""
    place = importlib.util.spec_from_file_location("bootstrap", ROOT / "script/bootstrap.py")
    program = importlib.util.module_from_spec(place)
    place.loader.exec_module(program)
    monkeypatch.setattr(program, "ENVIRONMENT", tmp_path / "venv")
    return program


def requirements(program, tmp_path, end):
    """Let pip answer with three packages and `end`; return the file to install."""
    pip = program.ENVIRONMENT / "bin/python"
    pip.parent.mkdir(parents=True)
    pip.write_text(PIP.format(end=end))
    pip.chmod(0o755)
    file = tmp_path / "requirements.txt"
    file.write_text("# pinned\nDjango==5.2\ncelery==5.4\nredis==5.0\n")
    return file


def test_every_package_is_a_line_of_progress(bootstrap, tmp_path, capfd):
    bootstrap.install([requirements(bootstrap, tmp_path, "exit 0")])
    assert capfd.readouterr().err.splitlines() == [
        "Installing 3 packages (once; about half a minute) …",
        "    1/3 Django==5.2",
        "    2/3 celery-5.4-py3-none-any.whl",
        "    3/3 redis==5.0",
        "  unpacking …",
    ]


def test_what_pip_could_not_do_is_said_with_what_to_do(bootstrap, tmp_path):
    end = 'echo "ERROR: No matching distribution found for celery"; exit 1'
    with pytest.raises(bootstrap.CannotInstall) as told:
        bootstrap.install([requirements(bootstrap, tmp_path, end)])
    assert "No matching distribution found for celery" in str(told.value)
    assert "free disk space, then start again." in str(told.value)


def test_a_disk_too_full_for_the_installation_is_told_before_it(bootstrap, monkeypatch):
    nearly_full = shutil.disk_usage(ROOT)._replace(free=5 * 1024**2)
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda place: nearly_full)
    with pytest.raises(bootstrap.CannotInstall, match=r"Only 5 MB are free.*needs 700 MB"):
        bootstrap.prepare("server")
    assert not (bootstrap.ENVIRONMENT / "procuracy-requirements").exists()


def test_what_is_installed_already_is_not_installed_again(bootstrap, tmp_path, monkeypatch):
    bootstrap.ENVIRONMENT.mkdir()
    files = bootstrap.requirements_of("server")
    (bootstrap.ENVIRONMENT / "procuracy-requirements").write_text(bootstrap.fingerprint(files))
    monkeypatch.setattr(bootstrap, "install", lambda files: pytest.fail("installed again"))
    bootstrap.prepare("server")


def test_a_changed_pin_is_installed(bootstrap, monkeypatch):
    (bootstrap.ENVIRONMENT / "bin").mkdir(parents=True)
    (bootstrap.ENVIRONMENT / "bin/pip").touch()
    (bootstrap.ENVIRONMENT / "procuracy-requirements").write_text("of another day")
    monkeypatch.setattr(bootstrap, "require_free_space", lambda: None)
    installed = []
    monkeypatch.setattr(bootstrap, "install", installed.extend)
    bootstrap.prepare("test")
    assert [file.name for file in installed] == ["requirements.txt", "requirements-dev.txt"]
