import {
  type ClusterStatus,
  type NodeReport,
  type NodeStanding,
  nodeReportSchema,
  type ServerFault,
} from "../../shared/connection.ts";
import { parseJson } from "../../shared/json/read.ts";
import { createAbort } from "../abort.ts";
import { errorTrail } from "../error-name.ts";
import { createRepeater } from "../every.ts";
import type { Clock, Log, RollCall, ServerSurvey } from "../ports.ts";

const callEveryMs = 5000;
const answerWithinMs = 4000;
/** Who has missed so many calls is lost. */
const lostAfterMs = 4 * callEveryMs;
/** Beyond these the times of two machines say little, and the log is soon without room. */
const mostClockOffMs = 5000;
const mostUsedShare = 0.8;
/** Who has so much to read, or to say, lags behind. */
const mostBehind = 1000;

type NodesOptions = {
  readonly rollCall: RollCall;
  readonly clock: Clock;
  readonly log: Log;
  /** How this node does. */
  readonly report: () => NodeReport;
  readonly onCalled: (nodes: readonly NodeStanding[]) => void;
};

/** Who the nodes of this desk are, and how each does, by what each says of itself every few seconds. */
export const createNodes = ({ rollCall, clock, log, report, onCalled }: NodesOptions) => {
  const repeater = createRepeater(clock);
  let nodes: readonly NodeStanding[] = [];
  let clockOffMs: number | null = null;
  let survey: ServerSurvey | null = null;

  const call = async (): Promise<void> => {
    const { signal, abort } = createAbort();
    const cancel = clock.after(answerWithinMs, abort);
    try {
      const askedAt = clock.now();
      const { serverTime, nodes: all } = await rollCall.call(JSON.stringify(report()), signal);
      clockOffMs = offBy(serverTime, askedAt, clock.now());
      nodes = all
        .map(({ name, said, agoMs }) => standingOf({ name, said: readReport(said), agoMs }))
        .toSorted((a, b) => a.name.localeCompare(b.name));
      onCalled(nodes);
      // It may let us do all that we must, and not that.
      survey = await rollCall.survey(signal).catch(() => null);
    } catch (error) {
      log.debug("The roll of the desk cannot be called.", { error: errorTrail(error) });
    } finally {
      cancel();
    }
  };
  const standingOf = (one: {
    readonly name: string;
    readonly said: NodeReport | null;
    readonly agoMs: number;
  }): NodeStanding => ({ ...one, isUs: one.name === rollCall.member, state: stateOf(one) });

  return {
    start: (): void => {
      void call();
      repeater.every(callEveryMs, () => void call());
    },
    stop: async (): Promise<void> => {
      repeater.stop();
      await rollCall.leave().catch(() => undefined);
    },
    standing: (): Pick<ClusterStatus, "nodes" | "clockOffMs" | "serverFaults"> => ({
      nodes,
      clockOffMs,
      serverFaults: survey === null ? null : faultsIn(survey, clockOffMs),
    }),
  };
};

const faultsIn = (
  { keeps, evicts, usedBytes, mostBytes }: ServerSurvey,
  clockOffMs: number | null,
): readonly ServerFault[] => [
  ...(keeps ? [] : (["forgets"] as const)),
  ...(evicts ? (["evicts"] as const) : []),
  ...(mostBytes !== null && usedBytes > mostBytes * mostUsedShare ? (["full"] as const) : []),
  ...(Math.abs(clockOffMs ?? 0) > mostClockOffMs ? (["clock"] as const) : []),
];

/** How far a clock is from the server's, which told its time at some moment in between; within that it is right. */
const offBy = (serverTime: number, askedAt: number, answeredAt: number): number =>
  serverTime < askedAt ? askedAt - serverTime : serverTime > answeredAt ? answeredAt - serverTime : 0;

const stateOf = ({ said, agoMs }: { readonly said: NodeReport | null; readonly agoMs: number }) => {
  if (agoMs > lostAfterMs) return "lost";
  if (said === null || said.problem !== null) return "troubled";
  return Math.max(said.behind ?? 0, said.unsaid) > mostBehind ? "behind" : "well";
};

/** null: another version says it in other words. */
const readReport = (text: string): NodeReport | null => {
  const json = parseJson(text);
  return json.ok ? (nodeReportSchema.safeParse(json.value).data ?? null) : null;
};
