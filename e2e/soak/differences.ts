import type { MessageSummary } from "../../src/shared/message.ts";
import type { Look } from "../fixtures/look.ts";
import { readingOf } from "../fixtures/mail-server.ts";
import { brokenIn, timelines } from "../service/timeline.ts";
import { byId, factsIn } from "../service/truth.ts";
import { eventsAgainstTruth, namesAgainstTruth } from "./essence.ts";
import { foundContacts, foundEvents, wantedMarks } from "./found.ts";
import type { Differences } from "./judge.ts";
import type { SoakWorld } from "./world.ts";

const calendars = new Set(["ics", "google", "caldav"]);

/** What the app knows of matches, which it must find out by itself. */
export const knowledge = async (world: SoakWorld, look: Look): Promise<Differences> => {
  const truth = world.truth.matches().map(factsIn);
  const known = (await look.matches()).map(factsIn).sort(byId);
  const gaps = await look.gaps();
  const isKnown = new Map(known.map((match) => [match.id, JSON.stringify(match)]));
  return {
    matches: [
      ...truth.flatMap((match) =>
        isKnown.get(match.id) === JSON.stringify(match) ? [] : [`${match.id} is not right`],
      ),
      ...(known.length === truth.length ? [] : [`${known.length} matches for ${truth.length}`]),
    ],
    gaps: gaps.filter(({ state }) => state !== "closed").map(({ state, from }) => `${state} since ${from}`),
  };
};

/** What stands in calendars and address books, and what the app counts. */
export const outcome = async (world: SoakWorld, look: Look): Promise<Differences> => {
  const truth = world.truth.matches();
  const matches = await look.matches();
  const marks = wantedMarks(matches);
  const events = Object.entries(await foundEvents(world)).map(
    ([name, found]) => [`events: ${name}`, eventsAgainstTruth(found, truth)] as const,
  );
  const contacts = Object.entries(await foundContacts(world)).map(([name, found]) => {
    const there = new Set(found.map(({ mark }) => mark));
    const missing = marks.filter((mark) => !there.has(mark)).length;
    const counted = found.length === marks.length ? [] : [`${found.length} contacts for ${marks.length}`];
    const stale = missing === 0 ? [] : [`${missing} contacts are not right`];
    return [
      `contacts: ${name}`,
      [
        ...namesAgainstTruth(
          found.map((one) => one.name),
          truth,
        ),
        ...counted,
        ...stale,
      ],
    ] as const;
  });
  const { calendars: targets } = (await look.call("redisStatus")).redis_status;
  const counters = targets.flatMap(({ name, state, there, waiting, failed, differs }) => {
    const wanted = { there: calendars.has(name) ? truth.length : marks.length, waiting: 0, failed: 0, differs: 0 };
    const counted = { there, waiting, failed, differs };
    const same = JSON.stringify(counted) === JSON.stringify(wanted) && state.name === "idle";
    return same ? [] : [`${name}: ${state.name}, ${JSON.stringify(counted)} for ${JSON.stringify(wanted)}`];
  });
  const stats = await look.stats();
  return {
    ...Object.fromEntries([...events, ...contacts]),
    counters: [
      ...counters,
      ...(stats.matches === truth.length ? [] : [`matches: ${stats.matches} for ${truth.length}`]),
      ...(stats.open_gaps === 0 ? [] : [`${stats.open_gaps} open gaps`]),
    ],
  };
};

const allMessages = async (look: Look, after = 0): Promise<readonly MessageSummary[]> => {
  const { messages } = await look.call("messages", { after, limit: 10_000 });
  const last = messages.at(-1);
  return last === undefined ? [] : [...messages, ...(await allMessages(look, last.id))];
};

/** The messages in the journal: each of the publisher's once, each match's changes in one line, each alert told by mail. */
export const journaled = async (world: SoakWorld, look: Look): Promise<Differences> => {
  const messages = await allMessages(look);
  const heard = messages.filter(({ channel, messageId }) => channel.startsWith("fogis:") && messageId !== null);
  const times = new Map<string, number>();
  for (const { messageId } of heard) times.set(messageId ?? "", (times.get(messageId ?? "") ?? 0) + 1);
  const alerts = heard.flatMap(({ messageId }) => /^soak-alert-(\d+)$/.exec(messageId ?? "")?.[1] ?? []);
  const lines = await timelines({ service: look });
  const told = world.mail.mails.map(readingOf).join("\n");
  // Whoever has seen an alert before it left is sent no mail of it.
  const { alerts: all } = await look.call("alerts", { all: true });
  const seen = all.flatMap(({ cause, state }) =>
    cause.kind === "system" && state.name === "acknowledged" ? [cause.text] : [],
  );
  const isTold = (text: string): boolean => told.includes(text) || seen.includes(text);
  return {
    messages: [...times].filter(([, count]) => count > 1).map(([id, count]) => `${id} ${count} times`),
    timelines: [...lines].flatMap(([id, changes]) => brokenIn(changes).map((said) => `${id}: ${said}`)),
    // That a trouble is over is told when it has stayed away for long enough, which is no matter of minutes.
    mails: alerts
      .filter((number) => !isTold(`Soak alert number ${number}.`))
      .map((number) => `alert ${number}: no mail`),
  };
};
