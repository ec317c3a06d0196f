"""What one request may take from the others, and what the server does when processes, generations or itself end."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from pathlib import Path
from select import POLLIN, poll
from urllib.parse import quote, urlsplit

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from serving import CLIENT, PATIENCE, ROOT, Served, is_running, serving, until

from kg.store import write_store

#: What no engine ends in a lifetime: in one go, and row by row.
COUNT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
#: Some rows, and then none for as long.
STALLS = f"SELECT * {{ {{ SELECT ?s {{ ?s ?p ?o }} LIMIT 3000 }} UNION {{ {COUNT} }} }}"
BASE = "http://example.org/id/"


def ask(server: Served, query: str) -> httpx.Response:
    """The answer to a query by GET."""
    return CLIENT.get(server.sparql, params={"query": query})


def answers(server: Served) -> bool:
    """Whether an easy question is answered."""
    return ask(server, "ASK {}").json() == {"head": {}, "boolean": True}


def asking(server: Served, query: str) -> socket.socket:
    """A connection on which a query was asked."""
    address = urlsplit(server.url)
    connection = socket.create_connection((address.hostname, address.port), timeout=PATIENCE)
    connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    return connection


def leave(server: Served, query: str, *, after: float) -> None:
    """Ask, and be gone before there is an answer."""
    with asking(server, query):
        time.sleep(after)


def is_answered(connection: socket.socket) -> bool:
    """Whether something has come; ``select`` knows no connection beyond the thousandth of a long run."""
    waiting = poll()
    waiting.register(connection, POLLIN)
    return bool(waiting.poll(0))


@pytest.fixture(scope="module")
def strict(seed_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with two processes and narrow limits."""
    options = ("--workers", "2", "--time-limit", "8", "--max-result", "1", "--max-memory", "150")
    with serving(seed_store, *options, log=tmp_path_factory.mktemp("strict") / "log.txt") as served:
        yield served


def test_a_runaway_query_is_ended_with_its_process(strict: Served) -> None:
    """The client is told; the process is gone and another stands in its place; others are answered meanwhile."""
    before = strict.processes()
    with ThreadPoolExecutor(1) as other:
        asked = other.submit(ask, strict, COUNT)
        time.sleep(0.5)
        assert CLIENT.get(f"{strict.url}/").status_code == 200
        answer = asked.result()
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert "longer than 8 seconds" in answer.json()["detail"]
    # One is ended; the other may retire too, if the page has swollen it beyond this server's narrow memory.
    assert until(lambda: len(before - strict.processes()) >= 1)
    assert until(lambda: len(strict.processes()) == len(before))
    assert answers(strict)


def test_rows_that_go_on_for_too_long_break_off(strict: Served) -> None:
    """What has begun cannot become a problem; the connection breaks, so that nobody takes it for the whole."""
    for _ in range(10):
        try:
            answer = ask(strict, STALLS)
        except httpx.RemoteProtocolError:  # closed in the middle of the answer
            break
        assert answer.status_code == 503, "on a slow machine its time may be over before the first row"
    else:
        pytest.fail("no answer began")
    assert answers(strict)


def test_a_client_of_http_1_0_is_told_too(strict: Served) -> None:
    """It could not tell an end from a break, so it gets the whole or a problem."""
    connection = http.client.HTTPConnection(urlsplit(strict.url).netloc, timeout=PATIENCE)
    connection._http_vsn, connection._http_vsn_str = 10, "HTTP/1.0"  # type: ignore[attr-defined]
    connection.request("GET", f"/sparql?query={quote(ROWS)}")
    answer = connection.getresponse()
    assert answer.status in {403, 503}
    assert b"the most this server" in answer.read()


def test_a_result_that_is_too_long_is_never_cut_silently(strict: Served) -> None:
    """In each form: broken off, not ended."""
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
    for accept in ("application/json", "text/csv", "application/sparql-results+xml"):
        with pytest.raises(httpx.RemoteProtocolError):
            CLIENT.get(strict.sparql, params={"query": query}, headers={"accept": accept})
    assert answers(strict)


def test_an_answer_that_needs_too_much_memory_is_ended(seed_store: Path, tmp_path: Path) -> None:
    """It ends its process, not the machine."""
    options = ("--workers", "1", "--time-limit", "300", "--max-memory", "100")
    with serving(seed_store, *options, log=tmp_path / "log.txt") as served:
        answer = ask(served, "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f")
        assert answer.status_code == 503
        assert "more memory" in answer.json()["detail"]
        assert answers(served)


def test_a_client_that_leaves_ends_its_query(seed_store: Path, tmp_path: Path) -> None:
    """In the middle of the work, and in the middle of the rows; the only process is free again long before its time."""
    with serving(seed_store, "--workers", "1", "--time-limit", "300", log=tmp_path / "log.txt") as served:
        for query in (COUNT, ROWS):
            assert any(_costs_a_process(served, query, after=2) for _ in range(5))
        assert not all(_costs_a_process(served, "ASK {}", after=0) for _ in range(20)), "a short job costs none"


def _costs_a_process(served: Served, query: str, *, after: float) -> bool:
    """Whether asking and leaving ends a process; the next question is answered in any case."""
    before = served.processes()
    leave(served, query, after=after)
    assert answers(served)
    return bool(before - served.processes())


def test_a_client_that_leaves_the_queue_is_not_worked_for(seed_store: Path, tmp_path: Path) -> None:
    """Its question is dropped: nobody waits behind it for longer than a question may."""
    with serving(seed_store, "--workers", "1", "--time-limit", "8", log=tmp_path / "log.txt") as served:
        with ThreadPoolExecutor(1) as other:
            first = other.submit(ask, served, COUNT)
            time.sleep(0.3)
            for _ in range(5):
                leave(served, COUNT, after=0.1)
            assert first.result().status_code == 503
        assert answers(served)


def test_queries_never_take_all_processes(seed_store: Path, tmp_path: Path) -> None:
    """Pages are answered while more queries run and wait than there are processes."""
    with serving(seed_store, "--workers", "2", "--time-limit", "300", log=tmp_path / "log.txt") as served:
        asked = [asking(served, COUNT) for _ in range(4)]
        time.sleep(1)
        assert CLIENT.get(f"{served.url}/").status_code == 200
        assert not any(map(is_answered, asked))
        for connection in asked:
            connection.close()
        assert answers(served)


def test_too_many_questions_are_sent_away(seed_store: Path, tmp_path: Path) -> None:
    """They are told when to come back."""
    with serving(seed_store, "--workers", "1", "--time-limit", "300", log=tmp_path / "log.txt") as served:
        connections = [asking(served, COUNT) for _ in range(140)]
        too_many = 140 - 1 - 128  # one is worked on and the queue is full
        assert until(lambda: sum(map(is_answered, connections)) >= too_many)
        away = [connection.recv(4096) for connection in connections if is_answered(connection)]
        for connection in connections:
            connection.close()
        assert len(away) == too_many
        for answer in away:
            assert answer.startswith(b"HTTP/1.1 503 ")
            assert b"retry-after: " in answer.lower()
        assert until(lambda: answers(served)), "those who have left have left the queue"


@pytest.mark.slow
def test_half_a_request_does_not_hold_a_connection(server: Served) -> None:
    """Neither half a head, nor a head without its body, nor bytes one by one; others are answered meanwhile."""
    address = urlsplit(server.url)
    halves = (
        b"GET / HT",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK",
        b"",
    )
    connections = [socket.create_connection((address.hostname, address.port), timeout=PATIENCE) for _ in range(60)]
    for index, connection in enumerate(connections):
        connection.sendall(halves[index % 3])
    assert answers(server)
    for index, connection in enumerate(connections):
        answer = connection.recv(1000)
        assert answer == b"" or (index % 3 == 1 and answer.startswith(b"HTTP/1.1 408 "))
        connection.close()


def numbered(number: int) -> Iterator[Quad]:
    """A graph whose every node says the same number."""
    graph, says = NamedNode(f"{BASE}graph/g"), NamedNode("http://example.org/says")
    return (Quad(NamedNode(f"{BASE}n{i}"), says, Literal(number), graph) for i in range(500))


def test_answers_are_of_one_generation_while_others_are_made(tmp_path: Path) -> None:
    """The store is written again and again: no error and no mixture; at the end the last is served."""
    store = tmp_path / "store"
    write_store(numbered(0), base=BASE, path=store)
    query = "SELECT ?n (COUNT(*) AS ?c) { ?s <http://example.org/says> ?n } GROUP BY ?n"
    enough = threading.Event()
    seen: set[int] = set()

    def write() -> int:
        """Until enough was seen of it; the number of the last."""
        for number in count(1):
            write_store(numbered(number), base=BASE, path=store)
            time.sleep(0.2)
            if number >= 20 and enough.is_set():
                break
        return number

    with serving(store, "--workers", "2", log=tmp_path / "log.txt") as served, ThreadPoolExecutor(1) as other:
        writer = other.submit(write)
        while not writer.done():
            answer = ask(served, query)
            assert answer.status_code == 200, answer.text
            rows = [(row["n"]["value"], row["c"]["value"]) for row in answer.json()["results"]["bindings"]]
            assert len(rows) == 1, "of several generations"
            assert rows[0][1] == "500"
            seen.add(int(rows[0][0]))
            if len(seen) > 3:
                enough.set()
        last = str(writer.result())
        assert until(lambda: ask(served, query).json()["results"]["bindings"][0]["n"]["value"] == last)
        assert served.said() == ""
        assert until(lambda: len(served.processes()) == 4), "two workers, and the two processes that make them"


def test_a_query_under_way_ends_on_its_own_generation(tmp_path: Path) -> None:
    """A slow client reads on while the store is replaced and the old generation removed."""
    store = tmp_path / "store"
    write_store(numbered(0), base=BASE, path=store)
    query = "SELECT ?n { ?s <http://example.org/says> ?n . ?t <http://example.org/says> ?m }"
    with serving(store, "--workers", "1", "--time-limit", "300", log=tmp_path / "log.txt") as served:
        with CLIENT.stream("GET", served.sparql, params={"query": query}, headers={"accept": "text/csv"}) as read:
            lines = read.iter_lines()
            assert next(lines) == "n"
            for number in (1, 2):
                write_store(numbered(number), base=BASE, path=store)
                time.sleep(1)
            rest = list(lines)
        assert set(rest) == {"0"}
        assert len(rest) == 250_000
        assert until(lambda: ask(served, f"ASK {{ ?s ?p {2} }}").json()["boolean"])


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_behind(seed_store: Path, tmp_path: Path, how: signal.Signals) -> None:
    """Even one that is in the middle of a query, whatever ends the server; and no traceback tells of it."""
    with serving(seed_store, "--workers", "2", "--time-limit", "300", log=tmp_path / "log.txt") as served:
        with ThreadPoolExecutor(1) as other:
            asked = other.submit(ask, served, COUNT)
            time.sleep(0.5)
            children = served.processes()
            assert len(children) >= 3
            served.process.send_signal(how)
            served.process.wait(PATIENCE)
            assert asked.exception() is not None or asked.result().status_code >= 500
        assert until(lambda: not any(map(is_running, children)))
        if how is signal.SIGINT:
            assert served.process.returncode == 0
        assert "Traceback" not in served.said()


def test_a_worker_that_is_killed_is_replaced(seed_store: Path, tmp_path: Path) -> None:
    """As a system out of memory may kill any of them, idle or not."""
    with serving(seed_store, "--workers", "2", log=tmp_path / "log.txt") as served:
        workers = [pid for pid in served.processes() if _is_worker(pid, served)]
        assert len(workers) == 2
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        assert until(lambda: not any(map(is_running, workers)))
        assert until(lambda: answers(served))
        assert all(answers(served) for _ in range(5))


def _is_worker(pid: int, served: Served) -> bool:
    """Whether a process is a worker: it has the database open."""
    opened = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            opened.append(str(link.readlink()))
    return any(str(served.store) in path for path in opened)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--store", "nowhere"), "there is no store at 'nowhere'"),
        (("--host", "256.0.0.1"), "cannot listen on 256.0.0.1"),
        (("--allow-service", "http://example.org/"), "is not the name of a server"),
        (("--time-limit", "0"), "--time-limit"),
    ],
)
def test_what_cannot_be_served_is_told(seed_store: Path, tmp_path: Path, options: tuple[str, ...], told: str) -> None:
    """One line, no traceback, exit 2."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(seed_store), "--port", "0", *options]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE, cwd=tmp_path, env=_environment()
    )
    assert ran.returncode == 2
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_port_that_is_taken_is_told(server: Served) -> None:
    """With what to do."""
    port = str(urlsplit(server.url).port)
    command = [sys.executable, "-m", "kg", "serve", "--store", str(server.store), "--port", port]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE, env=_environment())
    assert ran.returncode == 2
    assert f"cannot listen on 127.0.0.1, port {port}" in ran.stderr
    assert "--port" in ran.stderr


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}
