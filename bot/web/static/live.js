// New lines as they come: server-sent events, with plain look-ups in between where the stream does not get through.

const RETRY = [500, 1000, 2000, 4000, 8000];
const SILENCE = 40000; // The server beats every 15 seconds.

export class Live {
  // address(name) -> URL of a look-up after the last line shown; lines([...]) takes what came; state(connected);
  // look() -> asks once by hand and returns whether the server answered.
  constructor({ address, lines, state, look }) {
    Object.assign(this, { address, lines, state, look });
    this.failures = 0;
  }

  start() {
    this.stop();
    const source = new EventSource(this.address("events"));
    this.source = source;
    source.onopen = () => this.beat();
    source.addEventListener("beat", () => this.beat());
    source.onmessage = (message) => {
      this.beat();
      this.lines([JSON.parse(message.data)]);
    };
    // The browser would try again by itself, but not say why it failed, nor hurry when the network is back.
    source.onerror = () => this.lost();
    this.expect();
  }

  stop() {
    clearTimeout(this.timer);
    clearTimeout(this.watch);
    if (this.source) this.source.close();
    this.source = null;
  }

  beat() {
    this.failures = 0;
    this.state(true);
    this.expect();
  }

  expect() {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.lost(), SILENCE);
  }

  async lost() {
    this.stop();
    const pause = RETRY[Math.min(this.failures, RETRY.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.start(), pause);
    this.state(await this.look());
  }

  kick() {
    this.failures = 0;
    this.start();
  }
}
