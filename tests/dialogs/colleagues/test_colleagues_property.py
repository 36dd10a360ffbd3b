"""However two people's events follow each other: no text is lost, and nothing of a colleague's is replaced unseen."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.forms.answers import Address, Answer, Value
from dialogs.values.effects import Reply, SaveAnswer
from tests.world.little_team import Office

PEOPLE = st.sampled_from(["Lan", "Mai"])
PLACES = st.sampled_from(["II.1", "II.1", "PL3.1", "PL3.1", "IV", "vb"])
WAYS = st.sampled_from(["/tiep", "/huy", "/muc", "/start", "/boqua", "/truoc", "/xem", "/nop", "không có", "/sua II.1"])
ACTS = st.one_of(
    st.tuples(st.just("at"), PEOPLE, PLACES),
    st.tuples(st.just("text"), PEOPLE, st.just("")),
    st.tuples(st.just("text"), PEOPLE, st.just("")),
    st.tuples(st.just("row"), PEOPLE, st.just("")),
    st.tuples(st.just("press"), PEOPLE, st.integers(0, 6)),
    st.tuples(st.just("press"), PEOPLE, st.integers(0, 6)),
    st.tuples(st.just("stale"), PEOPLE, st.integers(0, 6)),
    st.tuples(st.just("edit"), PEOPLE, st.integers(1, 6)),
    st.tuples(st.just("say"), PEOPLE, WAYS),
)


@dataclass
class Watched:
    """An office in which every event is checked. ``log`` holds what each person was shown, with its event."""

    office: Office = field(default_factory=Office)
    events: int = 0
    words: int = 100
    log: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: {"Lan": [], "Mai": []})
    written_at: dict[Address, int] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    messages: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    mended: tuple[list[str], str] = ([], "")

    def act(self, kind: str, name: str, detail: str | int) -> None:
        before = dict(self.office.report.answers)
        talk = self.office.chats[name]
        known = len(talk.replies)
        self.events += 1
        self.mended = ([], "")
        self.do(kind, name, detail)
        replies = talk.replies[known:]
        self.log[name] += [(self.events, flat(reply.text)) for reply in replies]
        if replies:
            self.nothing_unseen(name, before)
            self.nothing_lost(name, replies)

    def do(self, kind: str, name: str, detail: str | int) -> Reply | None:
        talk = self.office[name]
        if kind == "at":
            return self.office.at(name, str(detail)).reply
        if kind in ("press", "stale"):
            shown = talk.reply if kind == "press" else (talk.replies[-3] if len(talk.replies) > 2 else talk.reply)
            number = int(detail)
            return talk.press_id(shown.choices[number].id) if number < len(shown.choices) else None
        if kind == "say":
            return talk.say(str(detail))
        return self.write(kind, name, int(detail or 0))

    def write(self, kind: str, name: str, back: int) -> Reply | None:
        """Something that is in no other message."""
        talk = self.office.chats[name]
        if kind == "edit" and talk.sent <= back:
            return None
        self.words += 4
        words = [str(self.words + at) for at in (3, 0, 1, 2)]
        text = "; ".join(words) if kind == "row" else f"w{words[0]}"
        for word in words if kind == "row" else [text]:
            self.typed[word] = name
        number = talk.sent - back if kind == "edit" else talk.sent + 1
        before = self.messages.get((name, number), [])
        self.messages[name, number] = [*before, *words] if kind == "row" else [*before, text]
        if kind == "edit":
            self.mended = (before, text)
            return talk.edit(number, text)
        return talk.say(text)

    def nothing_unseen(self, name: str, before: dict[Address, Answer]) -> None:
        me = self.office.people[name].id
        last = {effect.address: effect for effect in self.office.chats[name].effects if isinstance(effect, SaveAnswer)}
        for address, save in last.items():
            their = before.get(address)
            replaced = their is not None and (their.state, their.value) != (save.state, save.value)
            if their is not None and replaced and their.who != me and not contains(save.value, their.value):
                since = self.written_at[address]
                shown = [text for at, text in self.log[name] if since < at < self.events]
                assert any(quoted(their.value) in text for text in shown), (address, their, save)
            self.written_at[address] = self.events

    def nothing_lost(self, name: str, replies: list[Reply]) -> None:
        """Each word is in the history or still held by whoever typed it, or they were told in so many words.

        A decision takes the words that it was explained with. The words of a message that its writer edits give way
        to the words it was edited to.
        """
        history = [flat(json.dumps(value_of(each), ensure_ascii=False)) for each in self.office.report.history]
        now, told = self.office.chats[name].stored, flat(" ".join(f"{each.text} {each.refused}" for each in replies))
        refused = any(each.refused for each in replies)
        before, after = self.mended
        edited = after in now or any(after in each for each in history)
        decided = [str(each) for each in self.office.chats[name].effects if not isinstance(each, SaveAnswer | Reply)]
        for word, who in list(self.typed.items()):
            if any(word in each for each in (*history, *decided)):
                del self.typed[word]
            elif who == name and word not in now:
                unknown = "không phải là câu trả lời đang lưu" in told
                mended = edited and word in before
                assert refused or word in told or unknown or mended, (word, told)
                del self.typed[word]


def value_of(answer: Answer) -> object:
    value = answer.value
    return [*(list(value) if isinstance(value, tuple) else [str(value)]), answer.reason]


def flat(text: str) -> str:
    return " ".join(text.split())


def contains(new: Value, old: Value) -> bool:
    if isinstance(new, tuple) and isinstance(old, tuple):
        return new[: len(old)] == old
    return isinstance(new, str) and isinstance(old, str) and new.startswith(old)


def quoted(value: Value) -> str:
    """What a screen shows of a value at least; of none at all nothing can be lost."""
    if isinstance(value, tuple):
        return flat(value[-1])
    return "" if value is None else flat(str(value))[:60]


def test_what_was_edited_while_it_was_held_against_a_word_for_nothing_is_what_is_written() -> None:
    """What once went wrong, step by step: Lan says there is nothing, Mai writes and edits what is held."""
    watched = Watched()
    begun: list[tuple[str, str, str | int]] = [("at", "Lan", "II.1"), ("at", "Mai", "II.1"), ("press", "Lan", 2)]
    for kind, name, detail in [*begun, ("text", "Mai", ""), ("text", "Mai", ""), ("edit", "Mai", 1)]:
        watched.act(kind, name, detail)
    decide_all(watched, "Mai")
    assert watched.office.report.value("II.1") == "w115"


@settings(max_examples=80, deadline=None)
@given(st.lists(ACTS, min_size=5, max_size=40), PLACES)
def test_no_text_is_lost_and_nothing_is_replaced_unseen(acts: list[tuple[str, str, str | int]], place: str) -> None:
    watched = Watched()
    for name in ("Lan", "Mai"):
        watched.act("at", name, place)
    for kind, name, detail in acts:
        watched.act(kind, name, detail)
    for name in ("Lan", "Mai"):
        decide_all(watched, name)


def decide_all(watched: Watched, name: str) -> None:
    """Whatever is held can be decided from anywhere; of a report that was sent meanwhile it is told."""
    talk = watched.office.chats[name]
    for _ in range(2 * len(talk.session.held)):
        watched.act("say", name, "/start")
        labels = [choice.label for choice in talk.reply.choices]
        if "Quyết định chỗ ghi trùng" not in labels:
            break
        watched.act("press", name, labels.index("Quyết định chỗ ghi trùng"))
        assert talk.session.state == "conflicted"
        watched.act("press", name, 1)
    assert talk.session.held == ()
