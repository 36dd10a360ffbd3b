// Times as the office's clock shows them, whatever the phone is set to.

import { T } from "./texts.js";

export class Times {
  constructor(zone) {
    this.clock = new Intl.DateTimeFormat("vi-VN", { timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false });
    this.date = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    this.long = new Intl.DateTimeFormat("vi-VN", {
      timeZone: zone,
      weekday: "long",
      day: "2-digit",
      month: "2-digit",
      year: "numeric",
    });
  }

  time(at) {
    return this.clock.format(new Date(at));
  }

  day(at) {
    return this.date.format(new Date(at));
  }

  dayName(at) {
    const day = this.day(at);
    if (day === this.day(Date.now())) return T.today;
    if (day === this.day(Date.now() - 24 * 3600 * 1000)) return T.yesterday;
    return this.long.format(new Date(at));
  }
}
