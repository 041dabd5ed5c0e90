"""How do several processes serve one register, and who looks after them?

Whoever looks after them answers nothing itself, and loads nothing of the register but how to write logs; each of the
others makes the application anew (see `scripts.worker`) from what `clearpost serve` hands on. One that ends is started
again.
"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import uvicorn

import register.logs
from scripts.interpreter import become

HANDED_ON = "CLEARPOST_SERVING"
# A process that is still loading on a busy machine is not taken for dead.
SECONDS_TO_ANSWER = 60
# Linux would keep what a large list took for the next one, in each of many threads. Lists are rare.
MEMORY = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072"}


@dataclass(frozen=True)
class Serving:
    """What to serve, where, and by how many processes."""

    data: str
    site: str
    base_url: str
    host: str
    port: int
    workers: int
    log_level: str

    @classmethod
    def handed_on(cls, environ: Mapping[str, str]) -> "Serving":
        """Return what `clearpost serve` has put into the environment."""
        return cls(**json.loads(environ[HANDED_ON]))


def serve(serving: Serving) -> None:
    """Let the processes take the place of this one."""
    environ = {**MEMORY, **os.environ, HANDED_ON: json.dumps(asdict(serving))}
    become([sys.executable, "-m", "scripts.serving"], environ)


def main() -> None:
    """Start the processes, and look after them."""
    given = Serving.handed_on(os.environ)
    register.logs.configure(sys.stderr, given.log_level)
    uvicorn.run(
        "scripts.worker:application",
        factory=True,
        workers=given.workers,
        timeout_worker_healthcheck=SECONDS_TO_ANSWER,
        host=given.host,
        port=given.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )


if __name__ == "__main__":
    main()
