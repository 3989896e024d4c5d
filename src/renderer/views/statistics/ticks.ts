import { hourMs } from "../../../shared/duration.ts";
import type { StatsRange } from "../../../shared/stats.ts";
import { dayAfter, stockholmDay, stockholmInstant } from "../../../shared/text/format.ts";

const days = (from: number, to: number, step: number): readonly number[] => {
  const ticks: number[] = [];
  for (let day = stockholmDay(from); ; day = dayAfter(day, step)) {
    const at = Date.parse(stockholmInstant(day, "00:00"));
    if (at > to) return ticks;
    if (at >= from) ticks.push(at);
  }
};

const steps = (from: number, to: number, step: number): readonly number[] => {
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step);
};

/** Whole hours of Stockholm that can be divided by three, on the days of clock changes too. */
const threeHours = (from: number, to: number): readonly number[] =>
  steps(from, to, hourMs).filter((at) => {
    const midnight = Date.parse(stockholmInstant(stockholmDay(at), "00:00"));
    const wall = new Date(at).toLocaleTimeString("sv-SE", { timeZone: "Europe/Stockholm", hour: "2-digit" });
    return at === midnight || Number(wall) % 3 === 0;
  });

/** Where the time axis is marked: at round times of the clock in Stockholm. */
export const ticksFor = (range: StatsRange, from: number, to: number): readonly number[] => {
  switch (range) {
    case "1h":
      return steps(from, to, hourMs / 6);
    case "24h":
      return threeHours(from, to);
    case "7d":
      return days(from, to, 1);
    case "30d":
      return days(from, to, 3);
  }
};
