import { plural } from "../plural.ts";

const count = plural("en");

/** How Avspark, the subscription and the match list are doing, in words. */
export const health = {
  ok: "Everything works",
  since: "since",
  level: { ok: "All well", working: "Working on it", warning: "Needs attention", critical: "Broken" },
  waits: "Avspark is mending it by itself.",
  connection: {
    disabled: "Not listening, by choice",
    stopped: "Stopped",
    connecting: "Connecting",
    subscribing: "Subscribing",
    live: "Listening",
    silent: "Not answering right now",
    reconnecting: "Reconnecting",
    refused: "Refused by Redis",
  },
  attempt: (number: number) => `Attempt ${number}`,
  retryIn: (relative: string) => `next ${relative}`,
  channels: (channels: number) => count(channels, { one: "# channel", other: "# channels" }),
  proven: (relative: string) => `checked ${relative}`,
  proof: {
    publish: "checked by a message through Redis to ourselves",
    ping: "checked by another answer, since publishing is not possible",
  },
  source: {
    unconfigured: "No match list over HTTP is set",
    waiting: "Waiting to fetch the match list",
    fetching: "Fetching the match list",
    fetched: (matches: number) => count(matches, { one: "List of # match", other: "List of # matches" }),
    failed: "The match list could not be fetched",
  },
  gap: {
    open: "open",
    unfilled: "not filled",
    closed: "filled",
    "not-running": "Avspark was not running",
    restart: "the subscription was restarted",
    asleep: "the computer was asleep",
    journal: "the journal could not be written",
    lost: "the subscription was lost",
    stream: "the stream was trimmed or made anew before all of it was read",
  },
};
