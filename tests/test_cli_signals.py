"""Ctrl+C, and being ended from outside, while something must not be left half done."""

import os
import signal
import subprocess
import sys

import pytest

from desktop.cli.signals import each_held, held


class Goes:
    """Is interrupted while it goes, where Python drops what is raised."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def test_ctrl_c_has_its_effect_at_the_end_wherever_it_came(interruptible):
    done = []
    with pytest.raises(KeyboardInterrupt), held() as came:
        assert not came()
        Goes()
        assert came()
        done.append("the rest")
    assert done


def test_so_has_being_ended(interruptible):
    ended = []
    before = signal.signal(signal.SIGTERM, lambda number, _: ended.append(number))
    try:
        with held():
            os.kill(os.getpid(), signal.SIGTERM)
            assert not ended
        assert ended == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_second_one_has_its_effect_at_once(interruptible):
    with pytest.raises(KeyboardInterrupt), held():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        pytest.fail("it went on")


def test_what_fails_meanwhile_is_told_first(interruptible):
    with pytest.raises(OSError, match="disk"), held():
        signal.raise_signal(signal.SIGINT)
        raise OSError("disk")
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_while_one_after_another_is_made_it_has_its_effect_between_two(interruptible):
    def making():
        for number in range(3):
            if number == 1:
                Goes()
            yield number

    made = []
    with pytest.raises(KeyboardInterrupt):
        for number in each_held(making()):
            made.append(number)
    assert made == [0]


def test_undisturbed_all_are_made():
    assert list(each_held(range(3))) == [0, 1, 2]


def test_what_a_shell_runs_in_the_background_goes_on_ignoring_ctrl_c():
    code = (
        "import signal; from desktop.cli.signals import held\n"
        "with held() as came:\n"
        "    signal.raise_signal(signal.SIGINT); assert not came()\n"
    )
    # A shell without job control lets what it runs in the background ignore Ctrl+C.
    command = ["sh", "-c", '"$0" -c "$1" & wait $!', sys.executable, code]
    assert subprocess.run(command, timeout=60).returncode == 0
