"""Plays seeded attempts of every course with the engine at hand; the same file runs in every home of the engine.

    python player.py FOLDER FIRST LAST        the digests of the attempts with these seeds, of every trust
    python player.py FOLDER TRUST SEED        the states of one attempt

`FOLDER/courses/<trust>.json` are the courses; the engine is on PYTHONPATH. JSON is printed (see `scripts.homes`).
"""

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import quiz
from quiz.attempts import Attempt, play
from quiz.courses import Course, canonical

# Of eight questions, how many are answered rightly, by the manner of the attempt.
RIGHT_OF_EIGHT = (8, 7, 6, 4, 2, 0)


def main(folder: Path, first: str, last: str) -> None:
    """Print what this home says of itself and the digests of its attempts, or the states of one attempt."""
    courses = {
        path.stem: Course(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted((folder / "courses").glob("*.json"))
    }
    if first in courses:
        print(json.dumps(list(states(courses[first], last))))
        return
    seeds = range(int(first), int(last) + 1)
    print(
        json.dumps(
            {
                "python": list(sys.version_info[:3]),
                "platform": sys.platform,
                "engine": quiz.__file__,
                "archive": sha256(Path(quiz.__file__).parents[1].read_bytes()).hexdigest(),
                "digests": {trust: [digest(course, str(seed)) for seed in seeds] for trust, course in courses.items()},
            }
        )
    )


def digest(course: Course, seed: str) -> str:
    """Return the SHA-256 of all states of an attempt, in hexadecimal."""
    played = sha256()
    for state in states(course, seed):
        played.update(canonical(state).encode())
    return played.hexdigest()


def states(course: Course, seed: str) -> Iterator[dict[str, Any]]:
    """Yield every state of an attempt, and of one in ten the last again as the register finds it, from all answers."""
    attempt = Attempt(course, seed)
    answers: list[dict[str, str]] = []
    state = attempt.state()
    yield state
    while not attempt.done:
        answers.append({"question": state["question"]["id"], "chosen": chosen(course, state["question"], seed)})
        attempt.answer(answers[-1])
        state = attempt.state()
        yield state
    if seed.endswith("0"):
        yield play(course, seed, answers)


def chosen(course: Course, question: dict[str, Any], seed: str) -> str:
    """Return the key of a right or a wrong option, as the seed has it."""
    manner = sha256(seed.encode()).digest()[0] % len(RIGHT_OF_EIGHT)
    luck, place, *_ = sha256(f"{seed}/{question['id']}/{question['again']}".encode()).digest()
    variant = course.variants[question["id"]]
    right = variant.right(course.ruling_on(variant))
    keys = [one["key"] for one in question["options"] if (one["key"] in right) == (luck % 8 < RIGHT_OF_EIGHT[manner])]
    return str(keys[place % len(keys)])


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
