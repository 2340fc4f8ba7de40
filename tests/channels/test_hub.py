"""Listeners that are too slow."""

from __future__ import annotations

from bot.channels.hub import WAITING, Hub, TypingEvent


async def test_a_listener_that_is_too_slow_is_cut_off_and_others_are_not() -> None:
    hub = Hub()
    with hub.subscription("one") as slow, hub.subscription("one") as quick:
        for _ in range(WAITING + 1):
            hub.publish("one", TypingEvent(on=True))
            await quick.next()
        assert slow.behind
        assert not quick.behind


async def test_a_listener_hears_of_its_own_conversation_alone_and_only_while_it_listens() -> None:
    hub = Hub()
    with hub.subscription("one") as one, hub.subscription("two") as two:
        hub.publish("two", TypingEvent(on=True))
        hub.publish_to_all(TypingEvent(on=False))
        assert await one.next() == TypingEvent(on=False)
        assert await two.next() == TypingEvent(on=True)
    hub.publish("one", TypingEvent(on=True))
    assert len(hub) == 0
