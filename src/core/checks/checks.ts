import type { CheckPhase, CheckResult } from "../../shared/checks.ts";
import { ProblemError, raise } from "../../shared/problem.ts";
import type { ServiceContext } from "../service/context.ts";

type CheckContext = Omit<ServiceContext, "runChecks" | "desktop"> & {
  /** What to do about a problem, in plain words. */
  readonly remedyFor: (kind: ProblemError["problem"]["kind"]) => string;
};

type Check = {
  readonly id: string;
  readonly phase: CheckPhase;
  readonly title: string;
  /** Answers what was found; throws ProblemError when it fails; `skip` when it does not apply here. */
  readonly run: (service: CheckContext, skip: (why: string) => never) => Promise<string>;
};

class Skipped extends Error {}
const skip = (why: string): never => {
  throw new Skipped(why);
};

/** The guide's deployment checklist, in its order; each item tries the real thing. */
const checks: readonly Check[] = [
  {
    id: "configuration",
    phase: "before",
    title: "Environment variables configured",
    run: async ({ resolved }) => {
      const { problems, unknown, settings } = resolved();
      const [first] = problems;
      if (first !== undefined)
        raise("configuration-invalid", `${first.variable} should be ${first.expected}.`, first.variable);
      if (unknown.length > 0) raise("configuration-invalid", `These names do nothing: ${unknown.join(", ")}.`);
      const set = settings.filter(({ source }) => source !== "default").length;
      return `All ${settings.length} settings are valid; ${set} differ from their defaults.`;
    },
  },
  {
    id: "redis",
    phase: "before",
    title: "Redis infrastructure deployed",
    run: async (service) => {
      demandRedis(service);
      const results = await service.feed.test();
      if (!results.connection_test) raise("redis-unreachable", results.errors[0] ?? "Redis does not answer.");
      return `Redis answers at ${service.shownRedisUrl}.`;
    },
  },
  {
    id: "journal",
    phase: "before",
    title: "Journal can be written",
    run: async ({ journal, now }) => {
      journal.write({ meta: { "last-check": now() } });
      const { bytes, messages } = journal.size();
      return `The journal takes writes; it holds ${messages} messages in ${(bytes / 1_048_576).toFixed(1)} MB.`;
    },
  },
  {
    id: "calendar-target",
    phase: "before",
    title: "Calendar identified",
    run: async ({ calendars }) => {
      const targets = calendars.status().filter(({ state }) => state.name !== "off");
      if (targets.length === 0) raise("configuration-invalid", "No calendar is configured.", "AVSPARK_CALENDARS");
      return `Matches go to ${targets.map(({ label }) => label).join(", ")}.`;
    },
  },
  {
    id: "connection",
    phase: "after",
    title: "Redis connection status verified",
    run: async (service) => {
      demandRedis(service);
      const connection = service.feed.connection();
      if (connection.state === "live")
        return `Listening to ${connection.channels.length} channels, proven at ${connection.provenAt}.`;
      return raise("redis-closed", `The subscription is ${connection.state}, not live.`);
    },
  },
  {
    id: "messages",
    phase: "after",
    title: "Message handling tested",
    run: async (service) => {
      demandRedis(service);
      const results = await service.feed.test();
      if (!results.overall_success) raise("redis-closed", results.errors[0] ?? "The test message did not come back.");
      return "A message went through Redis and came back, and a sample was decoded.";
    },
  },
  {
    id: "statistics",
    phase: "after",
    title: "Subscription statistics monitored",
    run: async (service) => {
      const { received, invalid, lastMessageAt } = service.counters();
      if (received === 0 && service.feed.source().state !== "fetched")
        skip("Nothing has been received yet; check again after the next match update.");
      if (received > 0 && invalid * 2 > received)
        raise("input-invalid", `${invalid} of ${received} messages were invalid.`);
      return `${received} messages received, ${invalid} invalid, the last at ${lastMessageAt ?? "no time yet"}.`;
    },
  },
  {
    id: "calendar-sync",
    phase: "after",
    title: "Calendar sync validated",
    run: async ({ calendars }) => {
      const targets = calendars.status().filter(({ state }) => state.name !== "off");
      for (const { state, failed, label } of targets) {
        if (state.name === "needs-person" || state.name === "waiting") throw new ProblemError(state.problem);
        if (failed > 0) raise("partly-failed", `${failed} matches could not be put in ${label}.`);
      }
      const there = targets.map(({ label, there }) => `${there} in ${label}`);
      return `Events that are there: ${there.join(", ")}.`;
    },
  },
  {
    id: "monitoring",
    phase: "after",
    title: "Monitoring and alerting set up",
    run: async ({ config, health }) => {
      const { level } = health();
      if (config().AVSPARK_NOTIFY === "none")
        raise("configuration-invalid", "No alert notifies anybody.", "AVSPARK_NOTIFY");
      return `Health is ${level}; /health, /ready and /metrics answer, and alerts notify from ${config().AVSPARK_NOTIFY} up.`;
    },
  },
  {
    id: "fallback-configured",
    phase: "rollback",
    title: "REDIS_PUBSUB_ENABLED=false would leave a way in",
    run: async ({ config }) =>
      config().AVSPARK_MATCHES_URL === null
        ? raise("source-unconfigured", "Without Redis nothing would arrive: AVSPARK_MATCHES_URL is not set.")
        : "The match list over HTTP is configured and would carry the service.",
  },
  {
    id: "fallback-works",
    phase: "rollback",
    title: "HTTP fallback verified",
    run: async ({ config, feed }) => {
      if (config().AVSPARK_MATCHES_URL === null) skip("No match list over HTTP is configured.");
      const source = await feed.fetchNow();
      if (source.state === "failed") throw new ProblemError(source.problem);
      return source.state === "fetched"
        ? `The list was fetched and holds ${source.matches} matches.`
        : "The list is being fetched.";
    },
  },
  {
    id: "stability",
    phase: "rollback",
    title: "System stability monitored",
    run: async ({ feed }) => {
      const open = feed.gaps().filter(({ state }) => state !== "closed");
      if (open.length > 0)
        raise(
          "redis-closed",
          `${open.length} stretches of time are not accounted for; the oldest began at ${open.at(-1)?.from}.`,
        );
      return "Every stretch of time is accounted for.";
    },
  },
];

const demandRedis = (service: CheckContext): void => {
  if (!service.config().REDIS_PUBSUB_ENABLED) skip("Redis is switched off (REDIS_PUBSUB_ENABLED=false).");
};

/** One after the other: some try the same thing. */
export const runChecks = async (service: CheckContext, phase: CheckPhase | null): Promise<readonly CheckResult[]> => {
  const results: CheckResult[] = [];
  for (const check of checks) {
    if (phase === null || check.phase === phase) results.push(await runCheck(check, service));
  }
  return results;
};

const runCheck = async ({ id, phase, title, run }: Check, service: CheckContext): Promise<CheckResult> => {
  const begun = service.clock.now();
  const answer = (rest: Pick<CheckResult, "outcome" | "found" | "remedy" | "problem">): CheckResult => ({
    id,
    phase,
    title,
    ...rest,
    durationMs: service.clock.now() - begun,
  });
  try {
    return answer({ outcome: "passed", found: await run(service, skip), remedy: null, problem: null });
  } catch (error) {
    if (error instanceof Skipped)
      return answer({ outcome: "skipped", found: error.message, remedy: null, problem: null });
    if (!(error instanceof ProblemError)) throw error;
    const { problem } = error;
    return answer({ outcome: "failed", found: problem.message, remedy: service.remedyFor(problem.kind), problem });
  }
};
