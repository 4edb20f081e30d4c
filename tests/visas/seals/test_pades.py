import asyncio

from visas.seals.pades import apart


def test_papers_are_signed_also_where_an_event_loop_runs():
    async def serving():
        return apart(lambda: asyncio.run(asyncio.sleep(0, "signed")))

    assert apart(lambda: asyncio.run(serving())) == "signed"  # Apart: a browser's loop may run in this thread
