import type { ELDHistogram } from "node:perf_hooks";
import { Counter, Gauge, Registry } from "prom-client";
import { latencyBounds } from "../../../core/journal.ts";
import type { Readings } from "../../../core/service/service.ts";
import { connectionSchema, nodeStates } from "../../../shared/connection.ts";

type Row<L extends string> = { readonly labels: Readonly<Record<L, string>>; readonly value: number };
type Family<L extends string> = {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly L[];
  readonly rows: (now: Readings) => readonly Row<L>[];
};

/** GET /metrics for Prometheus. Everything is read when it is asked for: between two scrapes it costs nothing. */
export const createMetrics = (readings: () => Readings, eventLoop: ELDHistogram) => {
  const registry = new Registry();

  const counter = <L extends string>({ name, help, labels, rows }: Family<L>) =>
    new Counter({
      name: `avspark_${name}_total`,
      help,
      labelNames: [...labels],
      registers: [registry],
      collect() {
        // The counting is done elsewhere: this shows how far it has come.
        this.reset();
        for (const row of rows(readings())) this.inc(row.labels, row.value);
      },
    });
  const gauge = <L extends string>({ name, help, labels, rows }: Family<L>) =>
    new Gauge({
      name: `avspark_${name}`,
      help,
      labelNames: [...labels],
      registers: [registry],
      collect() {
        this.reset();
        for (const row of rows(readings())) this.set(row.labels, row.value);
      },
    });

  counter({
    name: "messages",
    help: "Messages received, by channel and what became of them.",
    labels: ["channel", "result"],
    rows: ({ totals }) =>
      Object.entries(totals.channels).flatMap(([channel, { valid, invalid, duplicates }]) => [
        { labels: { channel, result: "valid" }, value: valid },
        { labels: { channel, result: "invalid" }, value: invalid },
        { labels: { channel, result: "duplicate" }, value: duplicates },
      ]),
  });
  counter({
    name: "messages_let_go",
    help: "Messages let go, since neither memory nor the spill had room for them. They lie in a gap.",
    labels: [],
    rows: ({ letGo }) => [{ labels: {}, value: letGo }],
  });
  counter({
    name: "reconnects",
    help: "Subscriptions made anew.",
    labels: [],
    rows: ({ counters }) => [{ labels: {}, value: counters.reconnects }],
  });
  counter({
    name: "calendar_operations",
    help: "Writes to calendars, by result.",
    labels: ["result"],
    rows: ({ counters }) => [
      { labels: { result: "done" }, value: counters.calendarWrites },
      { labels: { result: "failed" }, value: counters.calendarFailures },
    ],
  });
  gauge({
    name: "connection_state",
    help: "1 for the state that the Redis subscription is in.",
    labels: ["state"],
    rows: ({ connection }) =>
      connectionStates.map((state) => ({ labels: { state }, value: state === connection.state ? 1 : 0 })),
  });
  gauge({
    name: "gaps",
    help: "Recent stretches of time in which messages may have been missed, by state.",
    labels: ["state"],
    rows: ({ gaps }) =>
      (["open", "unfilled", "closed"] as const).map((state) => ({
        labels: { state },
        value: gaps.filter((gap) => gap.state === state).length,
      })),
  });
  gauge({
    name: "outbox_depth",
    help: "Matches that wait to be written, by calendar.",
    labels: ["target"],
    rows: ({ targets }) => targets.map(({ name, waiting }) => ({ labels: { target: name }, value: waiting })),
  });
  gauge({
    name: "cluster_nodes",
    help: "Nodes of the desk, as this one knows them, by state.",
    labels: ["state"],
    rows: ({ cluster }) =>
      cluster === null
        ? []
        : nodeStates.map((state) => ({
            labels: { state },
            value: cluster.nodes.filter((node) => node.state === state).length,
          })),
  });
  gauge({
    name: "cluster_log_behind",
    help: "Entries of the desk's log that this node has yet to read.",
    labels: [],
    rows: ({ cluster }) =>
      cluster === null || cluster.log.behind === null ? [] : [{ labels: {}, value: cluster.log.behind }],
  });
  gauge({
    name: "cluster_unsaid",
    help: "Messages that this node has heard and that are not in the desk's log as far as it knows.",
    labels: [],
    rows: ({ cluster }) => (cluster === null ? [] : [{ labels: {}, value: cluster.unsaid }]),
  });
  gauge({
    name: "cluster_writes",
    help: "1 where it is this node's turn to write a calendar.",
    labels: ["target"],
    rows: ({ cluster }) =>
      (cluster?.turns ?? []).map(({ target, isOurs }) => ({ labels: { target }, value: isOurs ? 1 : 0 })),
  });
  gauge({
    name: "event_loop_delay_seconds",
    help: "How late the event loop was since the last scrape; watched from the first one on.",
    labels: ["quantile"],
    rows: () => {
      const rows = [
        { labels: { quantile: "0.5" }, value: eventLoop.percentile(50) / 1e9 },
        { labels: { quantile: "0.99" }, value: eventLoop.percentile(99) / 1e9 },
        { labels: { quantile: "1" }, value: eventLoop.max / 1e9 },
      ];
      eventLoop.reset();
      return rows;
    },
  });
  gauge({
    name: "memory_bytes",
    help: "Memory in use.",
    labels: ["kind"],
    rows: () => {
      const { rss, heapUsed, external } = process.memoryUsage();
      return [
        { labels: { kind: "resident" }, value: rss },
        { labels: { kind: "heap" }, value: heapUsed },
        { labels: { kind: "external" }, value: external },
      ];
    },
  });

  return {
    contentType: registry.contentType,
    text: async (): Promise<string> => `${await registry.metrics()}\n${latencyText(readings().totals.latency)}`,
  };
};

const connectionStates = connectionSchema.options.map((option) => option.unwrap().shape.state.value);

/** A histogram whose buckets were counted elsewhere; prom-client can only count for itself. */
const latencyText = (counts: Readings["totals"]["latency"]): string => {
  const name = "avspark_message_latency_seconds";
  let count = 0;
  let sum = 0;
  const buckets = [...latencyBounds, Number.POSITIVE_INFINITY].map((bound, index) => {
    const here = counts[index] ?? 0;
    const below = latencyBounds[index - 1] ?? 0;
    count += here;
    sum += here * (Number.isFinite(bound) ? (below + bound) / 2 : below);
    return `${name}_bucket{le="${Number.isFinite(bound) ? bound / 1000 : "+Inf"}"} ${count}`;
  });
  return [
    `# HELP ${name} From the publisher's timestamp to receipt; the sum is estimated from the buckets.`,
    `# TYPE ${name} histogram`,
    ...buckets,
    `${name}_sum ${sum / 1000}`,
    `${name}_count ${count}`,
    "",
  ].join("\n");
};
