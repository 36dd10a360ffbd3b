"""From the outbox to the phone: in order, once, and nothing forgotten."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.telegram.adapter import TelegramChannel
from bot.runtime.writer import Writer
from bot.sending.sender import HOLD_SECONDS, LEASE_SECONDS, MAX_ATTEMPTS, Sender
from storage.messages import files, outbox
from tests.loopback import BotApi
from tests.loopback.doubles import HOA, LAN, MINH, Clock, Post, settled

DEAD = "SELECT error FROM outbox WHERE dead_at IS NOT NULL"
BLOCKED = "SELECT external FROM account WHERE blocked_at IS NOT NULL"


async def test_posted_rows_arrive_in_order_and_are_marked(api: BotApi, sender: Sender, post: Post) -> None:
    """One person's replies keep their order."""
    lan = api.person(LAN)
    sender.post(await post.write(LAN, "một", "hai", "ba"))
    await settled(sender)

    assert [seen.text for seen in lan.seen] == ["một", "hai", "ba"]
    assert await post.waiting() == []


async def test_people_do_not_wait_for_each_other(api: BotApi, sender: Sender, post: Post) -> None:
    """While one send hangs, another person's goes out."""
    lan, minh = api.person(LAN), api.person(MINH)
    going, free = asyncio.Event(), asyncio.Event()

    async def hold(method: str, stage: str) -> None:
        if method == "sendMessage" and stage == "accepted" and not going.is_set():
            going.set()
            await free.wait()

    api.faults.hook = hold
    sender.post(await post.write(LAN, "một", "hai"))
    await going.wait()
    sender.post(await post.write(MINH, "chào"))
    seen = await minh.next()
    free.set()
    await settled(sender)

    assert seen.text == "chào"
    assert [seen.text for seen in lan.seen] == ["một", "hai"]


async def test_nothing_of_one_person_is_sent_before_the_send_before_ended(
    api: BotApi, sender: Sender, post: Post
) -> None:
    """Two sends to one chat never overlap: Telegram would show them in either order."""
    api.person(LAN)
    inside = 0
    most = 0

    async def watch(method: str, stage: str) -> None:
        nonlocal inside, most
        if method == "sendMessage":
            inside += 1 if stage == "accepted" else -1
            most = max(most, inside)
            await asyncio.sleep(0)

    api.faults.hook = watch
    sender.post(await post.write(LAN, *map(str, range(20))))
    await settled(sender)

    assert most == 1


async def test_a_sweep_brings_what_jobs_and_other_doors_wrote(api: BotApi, sender: Sender, post: Post) -> None:
    """A row that nobody claimed when it was written is found."""
    lan = api.person(LAN)
    await Post(post.writer, post.clock, process="").write(LAN, "từ việc nền")
    found = await sender.sweep()
    await settled(sender)

    assert found == 1
    assert lan.seen[0].text == "từ việc nền"


async def test_what_a_dead_process_had_claimed_goes_out_at_the_start(
    api: BotApi, channel: TelegramChannel, writer: Writer, clock: Clock
) -> None:
    """Killed between the commit and the send: the next process sends it, first things first."""
    lan = api.person(LAN)
    await Post(writer, clock, "killed").write(LAN, "một", "hai")
    await clock.sleep(1)
    sender = Sender(writer, {"telegram": channel}, clock.now, "p2", clock.sleep)
    await sender.sweep()
    sender.post(await Post(writer, clock, "p2").write(LAN, "ba"))
    await settled(sender)
    await sender.sweep()
    await settled(sender)
    await sender.close()

    assert [seen.text for seen in lan.seen] == ["một", "hai", "ba"]


async def test_beside_other_processes_only_a_lease_that_ran_out_is_taken_over(
    api: BotApi, channel: TelegramChannel, writer: Writer, clock: Clock
) -> None:
    """A living colleague's claim is respected; one that is silent for too long is not."""
    lan = api.person(LAN)
    await Post(writer, clock, "colleague").write(LAN, "một")
    await clock.sleep(60)
    sender = Sender(writer, {"telegram": channel}, clock.now, "p2", clock.sleep, alone=False)
    respected = await sender.sweep()
    await clock.sleep(LEASE_SECONDS)
    taken = await sender.sweep()
    await settled(sender)
    await sender.close()

    assert (respected, taken) == (0, 1)
    assert [seen.text for seen in lan.seen] == ["một"]


async def test_a_row_posted_twice_is_sent_once(api: BotApi, sender: Sender, post: Post) -> None:
    """A sweep and a turn may both bring a row."""
    lan = api.person(LAN)
    rows = await post.write(LAN, "một")
    sender.post(rows)
    sender.post(rows)
    sender.reclaim()
    await sender.sweep()
    await settled(sender)

    assert [seen.text for seen in lan.seen] == ["một"]


async def test_a_committed_turn_whose_return_was_lost_is_still_answered(
    api: BotApi, sender: Sender, post: Post
) -> None:
    """Claimed by this process and never posted: ``reclaim`` finds it."""
    lan = api.person(LAN)
    await post.write(LAN, "đã lưu")
    before = await sender.sweep()
    sender.reclaim()
    after = await sender.sweep()
    await settled(sender)

    assert (before, after) == (0, 1)
    assert lan.seen[0].text == "đã lưu"


async def test_a_long_text_arrives_whole_and_goes_on_where_it_failed(
    api: BotApi, sender: Sender, post: Post, clock: Clock
) -> None:
    """Pieces that went out are not sent again when a later one has to be."""
    lan = api.person(LAN)
    text = "\n\n".join(f"Đoạn {n}: " + "đã làm việc ở cơ sở. " * 60 for n in range(12)).strip()
    api.faults.next_errors = [None, "500"]
    sender.post(await post.write(LAN, text))
    await settled(sender)

    assert len(lan.seen) > 2
    assert "".join("".join(seen.text.split()) for seen in lan.seen) == "".join(text.split())
    assert clock.slept == [1.0]


async def test_retry_after_is_obeyed_to_the_second(api: BotApi, sender: Sender, post: Post, clock: Clock) -> None:
    """429 says how long to wait, and the next reply of the person waits too."""
    lan = api.person(LAN)
    api.faults.retry_after = 17
    api.faults.next_errors = ["429"]
    sender.post(await post.write(LAN, "một", "hai"))
    await settled(sender)

    assert clock.slept == [17.0]
    assert [seen.text for seen in lan.seen] == ["một", "hai"]


async def test_retry_after_is_obeyed_by_the_next_process_too(
    api: BotApi, channel: TelegramChannel, writer: Writer, clock: Clock, post: Post
) -> None:
    """Killed while it waits: whoever comes next must not ask again too soon, with this reply or a newer one."""
    lan = api.person(LAN)
    api.faults.retry_after = 17
    api.faults.next_errors = ["429"]
    waiting = asyncio.Event()

    async def for_ever(seconds: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    killed = Sender(writer, {"telegram": channel}, clock.now, "killed", for_ever, clock=clock.seconds)
    killed.post(await Post(writer, clock, "killed").write(LAN, "một"))
    await waiting.wait()
    await post.look("UPDATE outbox SET claimed_by='killed too' WHERE claimed_by='killed' RETURNING id")
    await clock.sleep(10)
    sender = Sender(writer, {"telegram": channel}, clock.now, "p2", clock.sleep, clock=clock.seconds)
    sender.post(await Post(writer, clock, "p2").write(LAN, "hai"))
    early = await sender.sweep()
    await clock.sleep(7)
    late = await sender.sweep()
    await settled(sender)
    await sender.close()
    await killed.close()

    assert (early, late) == (0, 2)
    assert [seen.text for seen in lan.seen] == ["một", "hai"]


async def test_a_long_retry_after_is_kept_in_the_database(
    api: BotApi, sender: Sender, post: Post, clock: Clock
) -> None:
    """Hours are not waited for in memory; afterwards the order is as it was."""
    lan = api.person(LAN)
    api.faults.retry_after = 10_072
    api.faults.next_errors = ["429"]
    sender.post(await post.write(LAN, "một", "hai"))
    await settled(sender)
    early = await sender.sweep()
    await clock.sleep(10_072)
    sender.post(await post.write(LAN, "ba"))
    await sender.sweep()
    await settled(sender)
    await sender.sweep()
    await settled(sender)

    assert early == 0
    assert [seen.text for seen in lan.seen] == ["một", "hai", "ba"]


@pytest.mark.parametrize("error", ["500", "drop_before"])
async def test_a_server_or_a_line_that_fails_is_tried_again_with_longer_and_longer_waits(
    api: BotApi, sender: Sender, post: Post, clock: Clock, error: str
) -> None:
    """Backing off doubles the wait."""
    lan = api.person(LAN)
    api.faults.next_errors = [error] * 4
    sender.post(await post.write(LAN, "một"))
    await settled(sender)

    assert clock.slept == [1.0, 2.0, 4.0, 8.0]
    assert [seen.text for seen in lan.seen] == ["một"]


async def test_an_answer_lost_on_the_way_back_repeats_that_send_and_no_other(
    api: BotApi, sender: Sender, post: Post
) -> None:
    """The server had it, we cannot know: once more is the price, for this one only."""
    lan = api.person(LAN)
    api.faults.next_errors = ["drop_after"]
    sender.post(await post.write(LAN, "một", "hai"))
    await settled(sender)

    assert [seen.text for seen in lan.seen] == ["một", "một", "hai"]


async def test_a_long_failure_gives_the_rows_back_in_order(
    api: BotApi, sender: Sender, post: Post, clock: Clock
) -> None:
    """After minutes of failures another process, or a later sweep, may have them."""
    lan = api.person(LAN)
    api.faults.next_errors = ["500"] * 12
    sender.post(await post.write(LAN, "một", "hai"))
    await settled(sender)
    given_back = await post.look("SELECT claimed_by, attempts FROM outbox")
    await clock.sleep(HOLD_SECONDS)
    for _ in range(8):
        await clock.sleep(60)
        await sender.sweep()
        await settled(sender)

    assert given_back == [(None, 1), (None, 1)]
    assert [seen.text for seen in lan.seen] == ["một", "hai"]


async def test_a_row_that_only_ever_breaks_the_server_is_given_up_in_the_end(
    api: BotApi, sender: Sender, post: Post, clock: Clock
) -> None:
    """Fifty minutes of its failures must not hold up the person's next reply for ever."""
    lan = api.person(LAN)
    rows = await post.write(LAN, "một", "hai")
    await post.look(f"UPDATE outbox SET attempts={MAX_ATTEMPTS - 1} WHERE id={rows[0].id} RETURNING id")
    api.faults.next_errors = ["500"]
    sender.reclaim()
    await sender.sweep()
    await settled(sender)

    assert [seen.text for seen in lan.seen] == ["hai"]
    assert (await post.look(DEAD))[0][0].startswith("server")


async def test_somebody_who_blocked_the_bot_is_marked_and_the_others_are_served(
    api: BotApi, sender: Sender, post: Post
) -> None:
    """403: the reply is given up, the account is marked for the coordinator to see."""
    lan, minh = api.person(LAN), api.person(MINH)
    lan.blocked = True
    sender.post(await post.write(LAN, "một", "hai"))
    sender.post(await post.write(MINH, "chào"))
    await settled(sender)

    assert await post.look(BLOCKED) == [(str(LAN),)]
    assert len(await post.look(DEAD)) == 2
    assert [seen.text for seen in minh.seen] == ["chào"]


async def test_a_chat_that_does_not_exist_is_given_up(sender: Sender, post: Post) -> None:
    """400 chat not found is for good."""
    sender.post(await post.write(HOA, "một"))
    await settled(sender)

    assert await post.look(BLOCKED) == [(str(HOA),)]
    assert (await post.look(DEAD))[0][0].startswith("no_chat")


async def test_a_row_that_makes_our_own_code_fail_does_not_hold_up_the_next(
    api: BotApi, sender: Sender, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    """The poisonous row is kept with its error; its text is not logged."""
    lan = api.person(LAN)
    sender.post(await post.write(LAN, "bí mật", choices=[["chỉ một phần"]]))
    sender.post(await post.write(LAN, "hai"))
    await settled(sender)

    assert [seen.text for seen in lan.seen] == ["hai"]
    assert (await post.look(DEAD))[0][0].startswith("program")
    assert "bí mật" not in caplog.text


async def test_a_document_arrives_with_its_vietnamese_name_and_its_bytes(
    api: BotApi, sender: Sender, post: Post, clock: Clock
) -> None:
    """Files come from the database and keep their names."""
    lan = api.person(LAN)
    name, content = "Báo cáo Đảng ủy xã An Bình.docx", b"PK\x03\x04" + bytes(5000)
    file = await post.writer.run(lambda connection: files.put(connection, name, "application/x", content, clock.now()))
    rows = await post.write(LAN, "Báo cáo của đơn vị", kind=outbox.FILE, file={"id": file, "name": name})
    sender.post(rows)
    await settled(sender)

    assert lan.seen[0].document == (name, content)
    assert lan.seen[0].text == "Báo cáo của đơn vị"


async def test_a_document_that_is_gone_is_given_up(api: BotApi, sender: Sender, post: Post) -> None:
    """The row names a file that no longer exists."""
    api.person(LAN)
    sender.post(await post.write(LAN, "", kind=outbox.FILE, file={"id": 99, "name": "a.docx"}))
    await settled(sender)

    assert (await post.look(DEAD))[0][0].startswith("no_file")


async def test_replies_go_before_notices(api: BotApi, sender: Sender, post: Post) -> None:
    """Within one account a notice that waits lets a reply pass, but not the one in flight."""
    lan = api.person(LAN)
    first = await post.write(LAN, "một")
    notice = await post.write(LAN, "báo", kind=outbox.NOTICE)
    second = await post.write(LAN, "hai")
    sender.post([*first, *notice, *second])
    await settled(sender)

    assert [seen.text for seen in lan.seen] == ["một", "hai", "báo"]


async def test_closing_lets_sends_end_and_gives_the_rest_back(
    api: BotApi, channel: TelegramChannel, writer: Writer, clock: Clock, post: Post
) -> None:
    """What was in flight is marked; what was not begun is free for the next start."""
    lan = api.person(LAN)
    going, free = asyncio.Event(), asyncio.Event()

    async def hold(method: str, stage: str) -> None:
        if method == "sendMessage" and stage == "accepted":
            going.set()
            await free.wait()

    api.faults.hook = hold
    sender = Sender(writer, {"telegram": channel}, clock.now, "p1", clock.sleep)
    sender.post(await post.write(LAN, "một", "hai"))
    await going.wait()
    closing = asyncio.create_task(sender.close())
    await asyncio.sleep(0)
    free.set()
    await closing

    assert [seen.text for seen in lan.seen] == ["một"]
    assert await post.waiting() == ["hai"]
    assert await post.look("SELECT claimed_by FROM outbox WHERE sent_at IS NULL") == [(None,)]


async def test_running_sweeps_when_woken(api: BotApi, sender: Sender, post: Post) -> None:
    """A job of this process that wrote a file need not wait for the next look."""
    lan = api.person(LAN)
    running = asyncio.create_task(sender.run())
    await Post(post.writer, post.clock, process="").write(LAN, "tệp đã xong")
    sender.wake()
    seen = await lan.next()
    await settled(sender)
    await sender.close()
    await running

    assert seen.text == "tệp đã xong"
