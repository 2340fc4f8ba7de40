"""Messaging channels under load: ``python -m tests.bench.channels [--messages 10000] [--only telegram]``.

For each provider's simulator so many messages with 5 % faults: deliveries that come twice or in the wrong
order, API calls that are throttled, refused or broken, answers that get lost where a lost one can be
recognised. Each message has to be answered exactly once, and in order for each person. Then how fast a
webhook is acknowledged while twenty conversations are held with Rasa.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet

from bot.channels.outbox import Timing
from bot.intake import schema
from bot.intake.database import Database
from bot.intake.sealing import Seal
from tests.bench.load import run
from tests.parrot import Parrot
from tests.running import RunningAssistant
from tests.simulators.base import Fault, Simulator, faults
from tests.simulators.meta import InstagramSimulator, MessengerSimulator, WhatsAppSimulator
from tests.simulators.serving import serving
from tests.simulators.slack import SlackSimulator
from tests.simulators.telegram import TelegramSimulator
from tests.simulators.twilio import TwilioSimulator

SHARE = 0.05
PEOPLE = 100
AT_ONCE = 20
PATIENCE = 3600
TIMING = Timing(send=5, lease=10, unsure=1.0, first=0.05, longest=1.0, attempts=50, look=1, settle=0.3)
SIMULATORS: dict[str, Callable[[], Simulator]] = {
    "telegram": TelegramSimulator,
    "sms": TwilioSimulator,
    "whatsapp-twilio": lambda: TwilioSimulator("whatsapp:"),
    "whatsapp": WhatsAppSimulator,
    "messenger": MessengerSimulator,
    "instagram": InstagramSimulator,
    "slack": SlackSimulator,
}
RECOGNISED = ("sms", "whatsapp-twilio", "whatsapp", "messenger", "slack")
TIMED = ("telegram", "whatsapp", "messenger", "instagram", "slack")
"""Channels whose provider gives each message a time, so that a wrong order can be put right."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--only", choices=SIMULATORS)
    parser.add_argument("--no-rasa", action="store_true", help="leave the acknowledgement under load out")
    options = parser.parse_args()
    print("| channel | messages | answered once | in order | seconds | acknowledged p50 / p95 ms |")
    print("|---|---|---|---|---|---|")
    for name in [options.only] if options.only else SIMULATORS:
        print(asyncio.run(measure(name, options.messages)), flush=True)
    if not options.no_rasa:
        print(asyncio.run(acknowledged()), flush=True)


async def measure(name: str, messages: int) -> str:
    """One line of the table."""
    simulator, chance = SIMULATORS[name](), random.Random(name)
    kinds: tuple[Fault, ...] = ("throttled", "unavailable", "broken", *(("lost",) if name in RECOGNISED else ()))
    people = [person(name, number) for number in range(min(PEOPLE, messages))]
    each = messages // len(people)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/bench.db", Seal([Fernet.generate_key().decode()]))
        schema.upgrade(database)
        async with serving(Path(folder), database, Parrot(pause=0), simulator, timing=TIMING):
            simulator.fault = faults(SHARE, 1, *kinds)
            begin = time.perf_counter()
            gate = asyncio.Semaphore(AT_ONCE)

            async def talk(who: Any) -> None:
                async with gate:
                    await converse(simulator, name, who, each, chance)

            await asyncio.gather(*(talk(who) for who in people))
            wanted = {str(who): [f"text: m {number}" for number in range(each)] for who in people}
            try:
                await simulator.until(lambda: all(len(simulator.received[who]) > each for who in wanted), PATIENCE)
            finally:
                took = time.perf_counter() - begin
            await asyncio.sleep(TIMING.unsure * 2)  # what would come twice comes now
        database.close()
    got = {who: simulator.texts(who)[1:] for who in wanted}
    once = sum(sorted(got[who]) == sorted(wanted[who]) for who in wanted)
    order = sum(got[who] == wanted[who] for who in wanted)
    return (
        f"| {name} | {each * len(people)} | {once} of {len(people)} people | {order} of {len(people)} | {took:.0f} | "
        f"{times(simulator.acknowledged)} |"
    )


async def converse(simulator: Any, name: str, who: Any, each: int, chance: random.Random) -> None:
    """Everything that a person writes; now and then twice, or two messages in the wrong order."""
    sent = [{"text": f"m {number}", **stamp(name, number)} for number in range(each)]
    at = 0
    while at < len(sent):
        pair = sent[at : at + 2]
        if name in TIMED and len(pair) == 2 and chance.random() < SHARE:
            pair.reverse()
            await asyncio.gather(*(simulator.says(who, **message) for message in pair))
            at += 2
            continue
        await simulator.says(who, **sent[at], again=int(chance.random() < SHARE))
        at += 1


def person(name: str, number: int) -> Any:
    return {"sms": f"+1555{number:07d}", "whatsapp-twilio": f"+1555{number:07d}", "slack": f"D{number:06d}"}.get(
        name, number + 1_000_000 if name == "telegram" else f"1555{number:07d}"
    )


def stamp(name: str, number: int) -> dict[str, Any]:
    """The provider's time of a message, a second after the one before."""
    moment = 1_790_000_000 + number
    stamps = {"telegram": {"date": moment}, "slack": {"ts": f"{moment}.000100"}}
    return stamps.get(name, {"at": moment} if name in TIMED else {})


async def acknowledged() -> str:
    """How fast Telegram's webhook is answered while the machine works at twenty conversations."""
    telegram = TelegramSimulator()
    await telegram.start()
    with tempfile.TemporaryDirectory() as folder:
        keys = {key.upper(): value for key, value in telegram.keys.items()}
        assistant = RunningAssistant(Path(folder), environment=keys)
        telegram.connect(assistant.url)
        try:
            await asyncio.to_thread(assistant.start)
            load = asyncio.create_task(run(assistant.url, at_once=20, conversations=60))
            number = 0
            while not load.done():
                await telegram.says(2_000_000 + number % 20, "how long is an express entry profile valid?")
                number += 1
                await asyncio.sleep(0.1)
            turns = (await load).turns_per_second
        finally:
            assistant.stop()
            await telegram.stop()
    return (
        f"\nAcknowledged at 20 conversations with Rasa ({turns:.0f} turns/s): {times(telegram.acknowledged)} ms "
        f"over {len(telegram.acknowledged)} deliveries."
    )


def times(seconds: list[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100)
    return f"{cuts[49] * 1000:.1f} / {cuts[94] * 1000:.1f}"


if __name__ == "__main__":
    main()
