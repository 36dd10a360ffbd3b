"""The transport: real HTTP exchanges with a server on the loopback interface."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.channels.channel import DoorClosed, Request, SendError, SendFailure
from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.http import AiohttpRequest, Unreachable
from tests.loopback import BotApi
from tests.loopback.doubles import LAN

SECRET = "7654321:a-token-nobody-may-read"


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    """python-telegram-bot's own Bot on our transport."""
    found = Bot(api.token, api.base_url, request=AiohttpRequest(), get_updates_request=AiohttpRequest(connections=1))
    async with found:
        yield found


async def test_it_carries_every_kind_of_call_of_the_library(api: BotApi, bot: Bot) -> None:
    """The library's own methods work on this transport, with Vietnamese text, buttons and long polls."""
    person = api.person()
    person.type("Xin chào")
    updates = await bot.get_updates(timeout=1)
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Tiếp", callback_data="1:next")]])
    sent = await bot.send_message(LAN, "Đảng ủy xã & phường 😀", reply_markup=buttons)
    edited = await bot.edit_message_text("Mới", chat_id=LAN, message_id=sent.message_id)

    assert updates[0].effective_message is not None
    assert updates[0].effective_message.text == "Xin chào"
    assert sent.text == "Đảng ủy xã & phường 😀"
    assert edited is not True
    assert person.seen[0].text == "Mới"
    assert person.seen[0].buttons == []


async def test_a_file_arrives_with_its_name_and_bytes(api: BotApi, bot: Bot) -> None:
    """Names are sent as plain UTF-8: percent-encoded ones would be shown so on the phone."""
    person = api.person()
    content = bytes(range(256)) * 300
    for name in ("Báo cáo Đảng ủy xã An Bình.docx", 'a "b" c.xlsx', "KL62_ThanhSon.xlsx"):
        await bot.send_document(LAN, InputFile(content, filename=name), caption="Tệp của đồng chí")

    names = [seen.document[0] for seen in person.seen if seen.document]
    assert names == ["Báo cáo Đảng ủy xã An Bình.docx", 'a "b" c.xlsx', "KL62_ThanhSon.xlsx"]
    assert all(seen.document and seen.document[1] == content for seen in person.seen)
    assert person.seen[0].text == "Tệp của đồng chí"


async def test_a_line_end_in_a_file_name_cannot_forge_a_header(api: BotApi, bot: Bot) -> None:
    """Control characters of a name do not reach the wire."""
    person = api.person()
    await bot.send_document(LAN, InputFile(b"x", filename="a\r\nX-Evil: 1\r\n\r\n.docx"))

    assert person.seen[0].document == ("aX-Evil: 1.docx", b"x")


async def test_errors_of_telegram_keep_their_names(api: BotApi, bot: Bot) -> None:
    """The library tells errors apart by status on this transport as on its own."""
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "x")


async def test_no_answer_in_time_is_timed_out(api: BotApi) -> None:
    """A server that accepts and says nothing is left after the read timeout."""
    api.faults.delay = 60
    request = AiohttpRequest(read_timeout=0.05)
    await request.initialize()
    with pytest.raises(TimedOut):
        await request.do_request(f"{api.base_url}{api.token}/getMe", "POST")
    await request.shutdown()


async def test_no_connection_is_a_network_error() -> None:
    """Nobody listens there."""
    request = AiohttpRequest(connect_timeout=5)
    await request.initialize()
    with pytest.raises(Unreachable, match="ClientConnectorError"):
        await request.do_request(f"http://127.0.0.1:9/bot{SECRET}/getMe", "POST")
    await request.shutdown()


@pytest.mark.parametrize("error", ["drop_before", "drop_after"])
async def test_a_broken_connection_is_a_network_error(api: BotApi, error: str) -> None:
    """Whether the call was done is not known; the caller decides to try again."""
    api.faults.next_errors = [error]
    request = AiohttpRequest()
    await request.initialize()
    with pytest.raises(NetworkError):
        await request.do_request(f"{api.base_url}{api.token}/getMe", "POST")
    await request.shutdown()


async def test_it_needs_to_be_opened_first() -> None:
    """A call before ``initialize`` is a fault of the program."""
    with pytest.raises(RuntimeError, match="not initialized"):
        await AiohttpRequest().do_request("http://127.0.0.1:9/", "POST")


async def test_calls_go_through_the_proxy() -> None:
    """Where Telegram is blocked a proxy carries the calls: it sees the whole address."""
    asked: list[str] = []

    async def proxy(request: web.BaseRequest) -> web.Response:
        asked.append(str(request.url))
        return web.json_response({"ok": True, "result": True})

    runner = web.ServerRunner(web.Server(proxy))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    request = AiohttpRequest(proxy=f"http://127.0.0.1:{runner.addresses[0][1]}")
    await request.initialize()
    status, _ = await request.do_request("http://api.telegram.invalid/bot1:a/getMe", "POST")
    await request.shutdown()
    await runner.cleanup()

    assert status == 200
    assert asked == ["http://api.telegram.invalid/bot1:a/getMe"]


async def _page(status: int, text: str) -> tuple[web.AppRunner, str]:
    async def serve(request: web.Request) -> web.Response:
        return web.Response(status=status, text=text.replace("{path}", request.path))

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/bot"


@pytest.mark.parametrize(
    ("status", "text"), [(502, "Bad gateway: {path}"), (404, "no {path} here"), (200, "<p>{path}"), (200, "[]")]
)
async def test_a_page_that_is_not_the_bot_apis_never_shows_the_token(
    status: int, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Proxies write error pages that quote the address, and the address holds the token."""
    caplog.set_level(logging.INFO)
    runner, base_url = await _page(status, text)
    channel = TelegramChannel(SECRET, base_url)
    with pytest.raises((SendError, DoorClosed)) as raised:
        await channel.open()
    await channel.close()
    await runner.cleanup()

    shown = "".join(traceback.format_exception(raised.value)) + caplog.text
    assert SECRET not in shown


@pytest.mark.parametrize("token", ["", SECRET])
async def test_a_refused_token_is_one_clear_line_without_the_token(api: BotApi, token: str) -> None:
    """Whoever starts the service reads which setting is wrong, and not the secret."""
    with pytest.raises(DoorClosed) as raised:
        channel = TelegramChannel(token, api.base_url)
        try:
            await channel.open()
        finally:
            await channel.close()

    assert "BAOCAO_TELEGRAM_TOKEN" in str(raised.value)
    assert "\n" not in str(raised.value)
    assert SECRET not in "".join(traceback.format_exception(raised.value))


async def test_an_address_that_makes_no_sense_does_not_show_the_token() -> None:
    """aiohttp quotes the address it cannot use; we do not."""
    channel = TelegramChannel(SECRET, "http://[not-an-address")
    with pytest.raises(SendError) as raised:
        await channel.open()
    await channel.close()

    assert raised.value.failure is SendFailure.NETWORK
    assert SECRET not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize("ending", ["", "/", "/bot", "/bot{token}"])
async def test_the_base_url_may_end_in_any_usual_way(api: BotApi, ending: str) -> None:
    """The address of a Bot API server of one's own is written with or without /bot."""
    channel = TelegramChannel(api.token, api.base_url.removesuffix("/bot") + ending)

    assert await channel.open() == "baocao_bot"
    await channel.close()


async def test_calls_are_json_and_files_are_multipart(api: BotApi, channel: TelegramChannel) -> None:
    """What the server reads from either form is the same."""
    api.person()
    await channel.call(Request("sendMessage", {"chat_id": str(LAN), "text": "Đ"}))

    assert api.calls[-1].fields == {"chat_id": str(LAN), "text": "Đ"}


async def test_a_form_is_read_by_the_loopback_server_too(api: BotApi) -> None:
    """Other libraries write forms; the server is to judge them as well."""
    api.person()
    request = AiohttpRequest()
    await request.initialize()
    session = request._session
    assert session is not None
    async with session.post(
        f"{api.base_url}{api.token}/sendMessage", data={"chat_id": str(LAN), "text": "Đảng & đoàn"}
    ) as response:
        answer = json.loads(await response.read())
    await request.shutdown()

    assert answer["result"]["text"] == "Đảng & đoàn"


def test_errors_are_those_of_the_library() -> None:
    """Code that knows the library's errors knows ours."""
    assert issubclass(Unreachable, NetworkError)
    assert issubclass(NetworkError, TelegramError)
    assert not issubclass(InvalidToken, NetworkError)
