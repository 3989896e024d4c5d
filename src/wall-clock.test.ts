import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { expect, it } from "vitest";

/*
 * The wall clock can be set at any moment. So it dates what people read and what is stored, and nothing else: every wait,
 * age, timeout and order within one run is reckoned by `clock.elapsed()`. These files may read the wall clock, each for its
 * reason: a file that is added here needs one that is about telling or storing.
 */
const allowed: Readonly<Record<string, string>> = {
  "core/calendar-feeds/feeds.ts": "when a calendar feed was made, renewed and fetched",
  "core/feed/decide.ts": "when a person decided",
  "core/feed/poller.ts": "when the list was fetched, and will be",
  "core/feed/shared-log.ts": "since when the log is out of reach",
  "core/feed/publisher-clock.ts": "the publisher's clock is known by its difference to ours",
  "core/feed/set-back.ts": "finds out that it was set back",
  "core/keeper/gate.ts": "since when a target is in trouble",
  "core/keeper/keeper.ts": "what was read and queued when, and which items lie too far back",
  "core/keeper/kept-target.ts": "when what is previewed or undone was queued",
  "core/keeper/queue.ts": "when an item was queued, and failed",
  "core/keeper/retire.ts": "when an item was written",
  "core/keeper/status.ts": "when a target is tried again",
  "core/keeper/write.ts": "when an item was written",
  "core/matches/retention-limits.ts": "how long ago a match was played",
  "core/moment.ts": "reads both clocks",
  "core/outward/carrier.ts": "when a notice came, left or failed",
  "core/outward/outward.ts": "which kick-offs are near, and whether hours are quiet",
  "core/retention/retirement.ts": "how long ago a match was played",
  "core/service/cleaner.ts": "how old the journal's records are",
  "core/service/counts.ts": "what is counted in which minute",
  "core/feed/feed.ts": "since when Redis is switched off",
  "core/service/desk.ts": "what waits for somebody now, and when a person decided",
  "core/service/handlers/health.ts": "how many hours a sign-in still holds",
  "core/service/handlers/redis.ts": "when it was asked",
  "core/service/nodes.ts": "how far our clock is from the shared server's, in words",
  "core/service/service.ts": "when the service started, and which kick-offs lie ahead",
  "core/service/watch.ts": "when a sign-in ends",
  "core/targets/targets.ts": "when the targets were opened",
  "main/adapters/caldav/connect.ts": "reads dates in a server's answer that does not say its own",
  "main/adapters/clock.ts": "is the clock",
  "main/adapters/google/client.ts": "reads dates in a server's answer that does not say its own",
  "main/adapters/google/sign-in.ts": "when a sign-in ends, which is stored",
  "main/adapters/ics/target.ts": "when the file was written",
  "main/adapters/journal/damage.ts": "names a file that is put aside",
  "main/adapters/journal/unreadable.ts": "when a record was found unreadable, which is stored",
  "main/adapters/settings-file.ts": "names a file that is put aside",
  "main/adapters/tokens.ts": "when a token was used last, which is stored",
  "main/adapters/updater.ts": "when a newer version was looked for",
  "main/bundle/contents.ts": "when the bundle was made",
  "main/cli/commands/alerts.ts": "how long ago something was, in words",
  "main/cli/commands/bundle.ts": "names the bundle",
  "main/cli/commands/config.ts": "when it was asked",
  "main/cli/commands/feeds.ts": "how long ago something was, in words",
  "main/cli/commands/free-people.ts": "which matches lie ahead",
  "main/cli/commands/people.ts": "which matches lie ahead",
  "main/cli/commands/snooze.ts": "until when an alert is put off, which is stored",
  "main/cli/commands/status.ts": "how long ago something was, in words",
  "main/cli/commands/todo.ts": "how long ago something was, in words",
  "main/cli/commands/token.ts": "when a token was made or revoked, which is stored, and how long ago, in words",
  "main/demo/feed.ts": "the days on which the demo's matches are played",
  "main/demo/wire.ts": "when the demo's publisher spoke",
  "main/messengers.ts": "reads dates in a server's answer that does not say its own",
  "main/compose.ts": "when a referee's calendar file was made",
  "main/desktop/app.ts": "how long ago something was, in words, and whether hours are quiet",
  "main/doors/feeds-listener.ts": "whether a certificate holds today",
  "main/doors/http/broken.ts": "when it was asked",
  "core/feed/stream-reader.ts": "when an entry was first heard, and since when a stream was read, which is stored",
  "main/doors/http/certificate.ts": "whether a certificate holds today",
  "main/doors/http/deltas/snapshots.ts": "when it was asked",
  "main/doors/http/door.ts": "when it was asked",
  "main/doors/http/open.ts": "whether a certificate holds today",
  "main/library/door.ts": "when it was asked",
  "main/remote/remote-desk.ts": "since when the service elsewhere hears or does not, and Stockholm's time",
  "main/remote/unsent.ts": "when something was not sent, which is stored",
  "main/serve.ts": "when the first token was made, which is stored",
  "renderer/parts/DraftDialog.tsx": "which year a draft is written in",
  "renderer/parts/SnoozeMenu.tsx": "until when an alert is put off, which is stored",
  "renderer/parts/useAlertActions.ts": "until when an alert is put off, in words",
  "renderer/parts/useNow.ts": "the present, as it is shown",
  "renderer/shell/Banners.tsx": "how long ago something was, in words, and until when an alert is put off",
  "renderer/shell/Palette.tsx": "which matches lie ahead",
  "renderer/views/alerts/Alerts.tsx": "until when an alert is put off, which is stored",
  "renderer/views/checks/Checks.tsx": "how old results are that the window has stored",
  "renderer/views/checks/useChecks.ts": "when the checks were run, which is stored",
  "shared/text/format.ts": "which year is this one",
};

const root = import.meta.dirname;
const wallClock = /\bDate\.now\b|\bnew Date\(\)|\bclock\.now\b/;

const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((name) => name.split(sep).join("/"))
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|(^|\/)testing\//.test(name));

const reading = new Set(sources.filter((name) => wallClock.test(readFileSync(join(root, name), "utf8"))));

it("is read by these files alone", () => {
  expect([...reading].filter((name) => allowed[name] === undefined)).toEqual([]);
});

it("is allowed to none that does not read it", () => {
  expect(Object.keys(allowed).filter((name) => !reading.has(name))).toEqual([]);
});
