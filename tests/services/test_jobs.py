"""A worker makes calls on its own thread and hands their results over when asked to."""

import threading
import time
from collections.abc import Iterator
from typing import NoReturn

import pytest

from motion_desk.services.jobs import Job, Stopped, Worker, wait_for


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker("test")
    yield worker
    worker.close()


def unexpected(error: Exception) -> NoReturn:
    raise error


def finished(worker: Worker) -> None:
    """Wait until all that was asked for is done, without draining it."""
    done = threading.Event()
    worker.ask(done.set, lambda _: None, unexpected)
    assert done.wait(5)


def drain_all(worker: Worker) -> None:
    late = time.monotonic() + 5
    while worker.drain():
        assert time.monotonic() < late, "a result never came"


def test_calls_run_on_the_workers_thread_and_results_on_the_asking_one(worker: Worker) -> None:
    threads: list[threading.Thread] = []
    worker.ask(
        threading.current_thread,
        lambda where: threads.extend([where, threading.current_thread()]),
        unexpected,
    )
    drain_all(worker)
    assert threads[0] is not threads[1] is threading.current_thread()
    assert threads[0].name == "motion-desk-test"
    assert threads[0].daemon


def test_nothing_is_handed_over_before_it_is_drained(worker: Worker) -> None:
    results: list[int] = []
    worker.ask(lambda: 7, results.append, unexpected)
    finished(worker)
    assert results == []
    assert worker.busy
    drain_all(worker)
    assert results == [7]
    assert not worker.busy


def test_results_come_in_the_order_of_asking(worker: Worker) -> None:
    results: list[object] = []
    for number in range(100):
        if number % 3:
            worker.ask(lambda number=number: number, results.append, unexpected)  # type: ignore[misc]
        else:
            worker.ask(
                lambda: int("nothing"),
                unexpected,
                lambda error, number=number: results.append(number),  # type: ignore[misc]
            )
    drain_all(worker)
    assert results == list(range(100))


@pytest.mark.parametrize("error", [ValueError("a"), SystemExit(3), KeyboardInterrupt()])
def test_whatever_a_call_raises_reaches_failed(worker: Worker, error: BaseException) -> None:
    def call() -> NoReturn:
        raise error

    failures: list[Exception] = []
    worker.ask(call, lambda _: None, failures.append)
    drain_all(worker)
    assert failures[0] is error or failures[0].__cause__ is error
    worker.ask(lambda: 1, lambda _: None, unexpected)
    drain_all(worker)


def test_drain_says_whether_something_is_outstanding(worker: Worker) -> None:
    go_on = threading.Event()
    assert not worker.drain()
    worker.ask(lambda: go_on.wait(5), lambda _: None, unexpected)
    assert worker.drain()
    go_on.set()
    drain_all(worker)
    assert not worker.drain()


def test_a_result_may_ask_for_more(worker: Worker) -> None:
    results: list[int] = []
    worker.ask(
        lambda: 1, lambda one: worker.ask(lambda: one + 1, results.append, unexpected), unexpected
    )
    drain_all(worker)
    assert results == [2]


def test_a_callback_that_raises_loses_no_other_result(worker: Worker) -> None:
    results: list[int] = []
    worker.ask(lambda: 1, lambda _: unexpected(ValueError("callback")), unexpected)
    worker.ask(lambda: 2, results.append, unexpected)
    finished(worker)
    with pytest.raises(ValueError, match="callback"):
        worker.drain()
    drain_all(worker)
    assert results == [2]


def test_closing_finishes_what_was_asked_and_drops_the_results() -> None:
    worker = Worker("closing")
    calls: list[int] = []
    results: list[None] = []
    for number in range(5):
        worker.ask(lambda number=number: calls.append(number), results.append, unexpected)  # type: ignore[misc]
    worker.close()
    assert calls == list(range(5))
    assert not worker.drain()
    assert not worker.busy
    assert results == []
    assert "motion-desk-closing" not in {thread.name for thread in threading.enumerate()}
    with pytest.raises(RuntimeError, match="closed"):
        worker.ask(lambda: 1, lambda _: None, unexpected)
    worker.close()


def test_a_wait_for_threads_ends_with_the_last_of_them() -> None:
    begun, may_end = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        may_end.wait(5)

    threads = [threading.Thread(target=work), threading.Thread(target=may_end.set)]
    threads[0].start()
    assert begun.wait(5)
    threads[1].start()
    wait_for(threads)
    assert not any(thread.is_alive() for thread in threads)


def test_a_job_brings_what_its_course_yields_in_order() -> None:
    job = Job("course", lambda stop: iter(range(5)))
    assert list(job.events()) == list(range(5))
    assert not job.running
    assert job.drain() == []


def test_a_stopped_job_ends_without_an_error() -> None:
    def course(stop: threading.Event) -> Iterator[str]:
        yield "begun"
        if stop.wait(5):
            raise Stopped

    job = Job("stopped", course)
    events = job.events()
    assert next(events) == "begun"
    job.stop()
    assert list(events) == []


def test_what_ends_a_course_comes_out_once_after_what_happened_before() -> None:
    def course(stop: threading.Event) -> Iterator[int]:
        yield 1
        raise ValueError("in the course")

    job = Job("failing", course)
    events = job.events()
    assert next(events) == 1
    with pytest.raises(ValueError, match="in the course"):
        next(events)
    assert not job.running
    assert job.drain() == []
