import { type CheckChoice, type CheckId, type CheckResult, checkPhases, type Finding } from "../../shared/checks.ts";
import type { Config } from "../../shared/config.ts";
import type { ClusterStatus, Gap } from "../../shared/connection.ts";
import type { Instant } from "../../shared/instant.ts";
import { ProblemError, raise } from "../../shared/problem.ts";
import type { Health } from "../../shared/snapshot.ts";
import type { Counters } from "../../shared/stats.ts";
import { en } from "../../shared/text/en.ts";
import { formatFor } from "../../shared/text/format.ts";
import { findingSentence } from "../../shared/text/sentences.ts";
import { listensToRedis } from "../config/listens.ts";
import { blamed, type Resolved } from "../config/resolve.ts";
import type { Feed } from "../feed/feed.ts";
import type { Journal } from "../journal.ts";
import type { Clock } from "../ports.ts";
import type { Targets } from "../targets/targets.ts";

type CheckContext = {
  readonly resolved: () => Resolved;
  readonly config: () => Config;
  readonly shownRedisUrl: string;
  readonly clock: Pick<Clock, "elapsed">;
  readonly now: () => Instant;
  readonly journal: Pick<Journal, "append" | "size">;
  readonly feed: Pick<Feed, "test" | "connection" | "source" | "fetchNow">;
  readonly calendars: Pick<Targets, "status">;
  /** null: this machine is alone. */
  readonly cluster: () => ClusterStatus | null;
  readonly counters: () => Counters;
  readonly health: () => Health;
  /** Gaps that nothing has filled and nobody has seen. */
  readonly missed: () => readonly Gap[];
  /** Whether everybody on this machine may come in by HTTP. */
  readonly isDoorOpenToAll: () => boolean;
  /** What to do about a problem, in plain words. */
  readonly remedyFor: (kind: ProblemError["problem"]["kind"]) => string;
};

/** Why a check does not apply here. */
type Skip = Extract<Finding, { kind: "redis-off" | "nothing-received" | "no-list" }>;

class Skipped extends Error {
  readonly finding: Skip;
  constructor(finding: Skip) {
    super(finding.kind);
    this.finding = finding;
  }
}
const skip = (kind: Skip["kind"]): never => {
  throw new Skipped({ kind });
};

/** Answers what was found; throws ProblemError when it fails; skips when it does not apply here. */
type Check = (service: CheckContext) => Promise<Finding>;

/** The guide's deployment checklist; each item tries the real thing. */
const checks: Readonly<Record<CheckId, Check>> = {
  configuration: async ({ resolved, isDoorOpenToAll }) => {
    const { problems, missing, unknown, unreadable, settings } = resolved();
    const [first] = [...problems, ...missing];
    if (first !== undefined)
      raise("configuration-invalid", `${blamed(first)} should be ${first.expected}.`, first.variable);
    if (unknown.length > 0) raise("configuration-invalid", `These names do nothing: ${unknown.join(", ")}.`);
    if (unreadable.length > 0)
      raise("configuration-invalid", `These lines of .env say nothing: ${unreadable.join(", ")}.`, ".env");
    const changed = settings.filter(({ source }) => source !== "default").length;
    return {
      kind: "configuration",
      settings: settings.length,
      changed,
      doorOpen: isDoorOpenToAll(),
    };
  },
  redis: async (service) => {
    const shared = sharedServer(service.cluster());
    demandRedis(service);
    const results = await service.feed.test();
    if (!results.connection_test) raise("redis-unreachable", results.errors[0] ?? "Redis does not answer.");
    return { kind: "redis", url: service.shownRedisUrl, shared };
  },
  journal: async ({ journal, now }) => {
    await journal.append({ meta: { "last-check": now() } });
    const { messages, bytes } = journal.size();
    return { kind: "journal", messages, bytes };
  },
  "calendar-target": async ({ calendars, resolved }) => {
    const lacking = resolved().missing.find(({ variable }) => variable !== "REDIS_URL");
    if (lacking !== undefined)
      raise("configuration-invalid", `${lacking.variable} should be ${lacking.expected}.`, lacking.variable);
    const targets = calendars.status().filter(({ state }) => state.name !== "off");
    if (targets.length === 0) raise("configuration-invalid", "No calendar is configured.", "AVSPARK_CALENDARS");
    return { kind: "calendar-target", calendars: targets.map(({ label }) => label) };
  },
  connection: async (service) => {
    demandRedis(service);
    const connection = service.feed.connection();
    if (connection.state === "live")
      return { kind: "connection", channels: connection.channels.length, provenAt: connection.provenAt };
    return raise("redis-closed", `The subscription is ${connection.state}, not live.`);
  },
  messages: async (service) => {
    demandRedis(service);
    const results = await service.feed.test();
    if (!results.overall_success) raise("redis-closed", results.errors[0] ?? "The test message did not come back.");
    return { kind: "messages" };
  },
  statistics: async (service) => {
    const { received, invalid, lastMessageAt } = service.counters();
    if (received === 0 && service.feed.source().state !== "fetched") skip("nothing-received");
    if (received > 0 && invalid * 2 > received)
      raise("input-invalid", `${invalid} of ${received} messages were invalid.`);
    return { kind: "statistics", received, invalid, lastAt: lastMessageAt };
  },
  "calendar-sync": async ({ calendars }) => {
    const targets = calendars.status().filter(({ state }) => state.name !== "off");
    for (const { state, failed, label } of targets) {
      if (state.name === "needs-person" || state.name === "waiting") throw new ProblemError(state.problem);
      if (failed > 0) raise("partly-failed", `${failed} matches could not be put in ${label}.`);
    }
    return { kind: "calendar-sync", calendars: targets.map(({ label, there }) => ({ label, events: there })) };
  },
  monitoring: async ({ config, health }) => {
    const { AVSPARK_NOTIFY: notify } = config();
    if (notify === "none") return raise("configuration-invalid", "No alert notifies anybody.", "AVSPARK_NOTIFY");
    return { kind: "monitoring", level: health().level, notify };
  },
  "fallback-configured": async ({ config }) =>
    config().AVSPARK_MATCHES_URL === null
      ? raise(
          "source-unconfigured",
          "Without Redis nothing would arrive: AVSPARK_MATCHES_URL is not set.",
          "AVSPARK_MATCHES_URL",
        )
      : { kind: "fallback-configured" },
  "fallback-works": async ({ config, feed }) => {
    if (config().AVSPARK_MATCHES_URL === null) skip("no-list");
    const source = await feed.fetchNow();
    return { kind: "fallback-works", matches: source.state === "fetched" ? source.matches : null };
  },
  stability: async ({ missed }) => {
    const open = missed();
    if (open.length > 0)
      raise(
        "redis-closed",
        `${open.length} stretches of time are not accounted for; the oldest began at ${open.at(-1)?.from}.`,
      );
    return { kind: "stability" };
  },
};

/** How the server is set up that the machines of one desk share; what is wrong with it fails the check. */
const sharedServer = (cluster: ClusterStatus | null): "fit" | "unseen" | null => {
  if (cluster === null) return null;
  if (cluster.problem !== null) throw new ProblemError(cluster.problem);
  const { serverFaults } = cluster;
  if (serverFaults === null) return "unseen";
  if (serverFaults.length === 0) return "fit";
  return raise(
    "cluster-server",
    serverFaults.map((fault) => en.checks.serverFault[fault]).join(" "),
    "AVSPARK_CLUSTER_URL",
  );
};

const demandRedis = (service: CheckContext): void => {
  if (!listensToRedis(service.config())) skip("redis-off");
};

/** One after the other: some try the same thing. */
export const runChecks = async (service: CheckContext, { phase, id }: CheckChoice): Promise<readonly CheckResult[]> => {
  const results: CheckResult[] = [];
  // Object.keys knows the ids only as text.
  for (const each of Object.keys(checks) as CheckId[]) {
    if ((phase === null || checkPhases[each] === phase) && (id === null || each === id))
      results.push(await runCheck(each, service));
  }
  return results;
};

const english = { texts: en, format: formatFor("en") };

const runCheck = async (id: CheckId, service: CheckContext): Promise<CheckResult> => {
  const begun = service.clock.elapsed();
  const answer = (rest: Pick<CheckResult, "outcome" | "found" | "finding" | "remedy" | "problem">): CheckResult => ({
    id,
    phase: checkPhases[id],
    title: en.checks.title[id],
    ...rest,
    durationMs: Math.round(service.clock.elapsed() - begun),
  });
  const saw = (outcome: "passed" | "skipped", finding: Finding): CheckResult =>
    answer({ outcome, found: findingSentence(finding, english), finding, remedy: null, problem: null });
  try {
    return saw("passed", await checks[id](service));
  } catch (error) {
    if (error instanceof Skipped) return saw("skipped", error.finding);
    if (!(error instanceof ProblemError)) throw error;
    const { problem } = error;
    return answer({
      outcome: "failed",
      found: problem.message,
      finding: null,
      remedy: service.remedyFor(problem.kind),
      problem,
    });
  }
};
