"""What Procuracy's speed is measured with. Nothing here is asserted: see `docs/benchmarks.md`."""
