import asyncio

from visas.seals.pades import apart


def test_papers_are_signed_also_where_an_event_loop_runs():
    async def serving():
        return apart(lambda: asyncio.run(asyncio.sleep(0, "signed")))

    assert asyncio.run(serving()) == "signed"
