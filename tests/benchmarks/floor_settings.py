"""The settings of the application as they are, with the floors' addresses beside its own."""

from procuracy.settings import *  # noqa: F403 - every setting of the application holds

ROOT_URLCONF = "tests.benchmarks.floors"
