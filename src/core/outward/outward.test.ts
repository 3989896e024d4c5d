import { describe, expect, test } from "vitest";
import type { AlertCause } from "../../shared/alert.ts";
import type { MatchItem, MatchWaiting } from "../../shared/desk.ts";
import { hourMs } from "../../shared/duration.ts";
import { instantOf } from "../../shared/instant.ts";
import type { PortProblem } from "../port-kinds.ts";
import { type Messenger, MessengerProblem, type OutwardMessage } from "./messenger.ts";
import { createWorld, noon } from "./testing/world.ts";

const texts = new Map<string, number>();
/** Equal texts alike, and no others. */
const digest = (text: string): string => {
  const number = texts.get(text) ?? texts.size;
  texts.set(text, number);
  return `${number}/`.padEnd(64, "0");
};

/** Takes everything, or fails as it is told. */
const createPost = (name: Messenger["name"] = "webhook") => {
  const sent: OutwardMessage[] = [];
  let failure: MessengerProblem | null = null;
  const messenger: Messenger = {
    name,
    server: "chat.example.com",
    send: async (message) => {
      if (failure !== null) throw failure;
      sent.push(message);
    },
  };
  return {
    messenger,
    sent,
    titles: () => sent.map(({ title }) => title),
    fails: (kind: PortProblem<"messenger">["kind"] | null, retryAfterMs: number | null = null): void => {
      failure = kind === null ? null : new MessengerProblem({ kind, message: "It fails." }, { retryAfterMs });
    },
  };
};

const feed: AlertCause = { kind: "feed", problem: { kind: "redis-unreachable", message: "It is away." } };
const door: AlertCause = { kind: "door", problem: { kind: "port-taken", message: "It is taken." } };
const said = (text: string): AlertCause => ({ kind: "system", alertType: "db", text });

const atNight = noon + 9 * hourMs;
const worldWith = (
  post: { readonly messenger: Messenger },
  rest: { readonly start?: number; readonly names?: boolean } = {},
) =>
  createWorld({
    messengers: [post.messenger],
    digest,
    ...(rest.start !== undefined && { start: rest.start }),
    rules: { names: rest.names ?? false },
  });

test("all messengers name a notice alike, however long each takes", async () => {
  const posts = [createPost("webhook"), createPost("mail")];
  const world = createWorld({ messengers: posts.map(({ messenger }) => messenger), digest, pacing: 1 });
  world.raise(feed, "critical");
  await world.pass(1);
  expect(posts.map(({ sent }) => sent.length)).toEqual([1, 1]);
  expect(new Set(posts.flatMap(({ sent }) => sent.map(({ id }) => id))).size).toBe(1);
});

describe("an alert", () => {
  test("is told once, and once that it is over, in one thread", async () => {
    const post = createPost();
    const world = worldWith(post);
    world.raise(feed, "critical");
    world.raise(feed, "critical");
    await world.pass(30);
    expect(post.titles()).toEqual(["Critical – Feed: Redis cannot be reached."]);
    world.resolve(feed);
    await world.pass(4);
    expect(post.sent).toHaveLength(1);
    await world.pass(2);
    expect(post.sent.map(({ state }) => state)).toEqual(["news", "over"]);
    expect(new Set(post.sent.map(({ id }) => id)).size).toBe(2);
    expect(new Set(post.sent.map(({ thread }) => thread)).size).toBe(1);
    await world.pass(60);
    expect(post.sent).toHaveLength(2);
  });

  test("that comes and goes is told once while it does not stay away", async () => {
    const post = createPost();
    const world = worldWith(post);
    for (let times = 0; times < 20; times += 1) {
      world.raise(feed, "critical");
      await world.pass(3);
      world.resolve(feed);
      await world.pass(3);
    }
    expect(post.sent).toHaveLength(1);
    await world.pass(6);
    expect(post.sent.map(({ state }) => state)).toEqual(["news", "over"]);
  });

  test("that comes back each time that it was said to be over has to stay away for longer each time", async () => {
    const post = createPost();
    const world = worldWith(post);
    for (let times = 0; times < 24; times += 1) {
      world.raise(feed, "critical");
      await world.pass(1);
      world.resolve(feed);
      await world.pass(9);
    }
    // Every ten minutes for four hours.
    expect(post.sent.length).toBeLessThan(5);
  });

  test("that becomes worse is told again", async () => {
    const post = createPost();
    const world = worldWith(post);
    world.raise(said("slow"), "warning");
    await world.pass(1);
    world.raise(said("slow"), "critical");
    await world.pass(1);
    expect(post.sent.map(({ level }) => level)).toEqual(["warning", "critical"]);
  });

  test("below the wished level is not told; nor what a person has dealt with before it could be", async () => {
    const post = createPost();
    const world = worldWith(post, { start: atNight });
    world.raise(said("fine"), "info");
    world.raise(door);
    await world.pass(1);
    world.acknowledge();
    await world.pass(9 * 60);
    expect(post.sent).toEqual([]);
  });

  test("repeats nothing of how to reach somebody", async () => {
    const post = createPost();
    const world = worldWith(post);
    world.raise(said("No answer from anna@example.com, 070-123 45 67"));
    await world.pass(1);
    expect(post.titles()).toEqual(["Warning – No answer from •••, •••"]);
  });
});

describe("quiet hours", () => {
  test("put off all but what is critical, over a restart too; one message tells of it when they end", async () => {
    const post = createPost();
    const world = worldWith(post, { start: atNight });
    world.raise(door);
    world.raise(feed, "critical");
    await world.pass(30);
    expect(post.titles()).toEqual(["Critical – Feed: Redis cannot be reached."]);
    world.resolve(feed);
    world.raise(said("slow"));
    await world.pass(60);
    world.restart();
    await world.pass(60);
    expect(post.sent).toHaveLength(1);
    expect(world.status()).toMatchObject([{ waiting: 3 }]);
    await world.pass(6 * 60);
    expect(post.titles()).toEqual(["Critical – Feed: Redis cannot be reached.", "Avspark – 3 notices"]);
    expect(post.sent[1]?.text).toMatch(/The address for other programs:.*\n.*slow.*\n.*Over – Feed/);
  });
});

describe("a messenger that fails", () => {
  test("is an alert which the other one tells; what waits goes out in order when it works", async () => {
    const [chat, mail] = [createPost("webhook"), createPost("mail")];
    const world = createWorld({ messengers: [chat.messenger, mail.messenger], digest });
    chat.fails("messenger-unreachable");
    world.raise(feed, "critical");
    await world.pass(2);
    expect(world.troubles.get("webhook")?.kind).toBe("messenger-unreachable");
    expect(mail.titles()).toEqual([
      "Critical – Feed: Redis cannot be reached.",
      "Warning – Notices by Webhook: The server that notices go to cannot be reached.",
    ]);
    expect(world.status()).toMatchObject([{ waiting: 1, failure: { problem: { kind: "messenger-unreachable" } } }, {}]);
    world.raise(door);
    world.restart();
    chat.fails(null);
    await world.pass(20);
    expect(chat.titles()).toEqual([
      "Critical – Feed: Redis cannot be reached.",
      "Warning – The address for other programs: The port is used by another program.",
    ]);
    expect(world.status()).toMatchObject([{ waiting: 0, failure: null }, { waiting: 0 }]);
    expect(mail.sent.at(-1)).toMatchObject({ state: "over", about: "messenger:webhook" });
  });

  test("is left alone for as long as it asks", async () => {
    const post = createPost();
    const world = worldWith(post);
    post.fails("messenger-busy", 10 * 60_000);
    world.raise(feed, "critical");
    await world.pass(1);
    post.fails(null);
    await world.pass(8);
    expect(post.sent).toEqual([]);
    await world.pass(3);
    expect(post.sent).toHaveLength(1);
  });

  test("lets go what it refuses three times, and says so with the next", async () => {
    const post = createPost();
    const world = worldWith(post);
    post.fails("messenger-rejected");
    world.raise(said("odd"));
    await world.pass(3);
    expect(world.status()).toMatchObject([{ waiting: 0 }]);
    post.fails(null);
    world.raise(said("plain"));
    await world.pass(2);
    expect(post.sent.map(({ text }) => text)).toEqual([expect.stringContaining("1 earlier notice could not be sent")]);
  });

  test("works again when a trial gets through", async () => {
    const post = createPost();
    const world = worldWith(post);
    post.fails("messenger-sign-in");
    world.raise(feed, "critical");
    await world.pass(1);
    expect(await world.test()).toMatchObject([{ problem: { kind: "messenger-sign-in" } }]);
    post.fails(null);
    expect(await world.test()).toMatchObject([{ problem: null }]);
    await world.pass(1);
    expect(post.titles()).toEqual(["Avspark – a trial", "Critical – Feed: Redis cannot be reached."]);
    expect(world.troubles.size).toBe(0);
  });
});

test("a flood is told in few messages", async () => {
  const post = createPost();
  const world = worldWith(post);
  for (let second = 0; second < 1200; second += 1) {
    world.raise(said(`${second}`));
    await world.time.advance(1000);
  }
  expect(post.sent.length).toBeLessThan(12);
});

describe("matches", () => {
  const head = (matchId: string, kickoff: number) => ({
    matchId,
    title: `Hemma ${matchId} – Borta`,
    kickoff: instantOf(kickoff),
    venue: null,
    urgency: "days" as const,
  });
  const people = [{ id: "1", name: "Anna Andersson", role: "AD1", phone: "070-1234567", email: null, told: null }];
  const withdrawn = (matchId: string, kickoff = noon + 24 * hourMs): MatchWaiting => {
    const since = instantOf(noon);
    const item: MatchItem = {
      kind: "withdrawn",
      ...head(matchId, kickoff),
      id: `withdrawn/${matchId}`,
      since,
      people,
      upTo: 1,
    };
    return { ...head(matchId, kickoff), items: [item] };
  };

  test("in which something newly waits are told once, without anybody's name and with a link", async () => {
    const post = createPost();
    const world = worldWith(post);
    world.waits();
    world.waits(withdrawn("1"));
    await world.pass(5);
    expect(post.sent).toMatchObject([{ title: "Hemma 1 – Borta", link: "avspark://match/1", about: "match/1" }]);
    expect(JSON.stringify(post.sent)).not.toMatch(/Anna|070/);
  });

  test("name people where that is wished, and never how to reach them", async () => {
    const post = createPost();
    const world = worldWith(post, { names: true });
    world.waits();
    world.waits(withdrawn("1"));
    await world.pass(5);
    expect(JSON.stringify(post.sent)).toMatch(/Anna Andersson/);
    expect(JSON.stringify(post.sent)).not.toMatch(/070/);
  });

  test("what is dealt with before it could be told is not", async () => {
    const post = createPost();
    const world = worldWith(post, { start: atNight });
    world.waits();
    world.waits(withdrawn("1"), withdrawn("2"));
    await world.pass(60);
    world.waits(withdrawn("2"));
    await world.pass(9 * 60);
    expect(post.titles()).toEqual(["Hemma 2 – Borta"]);
  });

  test("many at once are told in one message", async () => {
    const post = createPost();
    const world = worldWith(post);
    world.waits();
    world.waits(...["1", "2", "3", "4", "5"].map((id) => withdrawn(id)));
    await world.pass(5);
    expect(post.titles()).toEqual(["Avspark – 5 notices"]);
  });
});
