"""`python -m eksread.demo`: the portal in the foreground, for a look with any browser."""

from __future__ import annotations

import argparse
import threading

from eksread.demo import DemoPortal


def main() -> None:
    """Serve until interrupted; the address is printed first."""
    parser = argparse.ArgumentParser(
        prog="python -m eksread.demo", description="Serve the demo portal on loopback."
    )
    parser.add_argument("--port", type=int, default=0, help="port to serve on (default: any free one)")
    options = parser.parse_args()
    with DemoPortal(port=options.port) as portal:
        print(portal.url, flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
