"""How the cost grows with the catalog: `python -m benchmarks` measures, and prints one JSON document."""
