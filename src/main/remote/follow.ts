import { failed, type Problem, ProblemError, raise } from "../../shared/problem.ts";
import { behindSchema, type Hello, helloSchema, protocol } from "../../shared/protocol.ts";
import { type Delta, deltaSchema, type Snapshot } from "../../shared/snapshot.ts";
import { problemOf } from "../doors/caught.ts";
import { questionOf } from "../question.ts";
import { readEvents } from "../server-sent.ts";
import { outputOf, refusalOf } from "./answer.ts";
import { bear } from "./bear.ts";
import { ask, troubleOf, type Way } from "./way.ts";

/** What is heard of a service. `unread`: more than nothing was said that only a newer version can read. */
export type Hear = {
  /** It sent something, be it a heartbeat. */
  readonly alive: () => void;
  readonly hello: (hello: Hello) => void;
  /** How things stand; at first, and after every hole in the numbers. */
  readonly whole: (snapshot: Snapshot, unread: number) => void;
  /** What follows on that. */
  readonly delta: (delta: Delta, unread: number) => void;
  /** Once, when all is over; not when it was hung up. */
  readonly ended: (problem: Problem) => void;
};

export type Follow = (address: string, hear: Hear) => () => void;

/** Follows a service at one of its addresses: its deltas, and a snapshot wherever those do not follow on each other. */
export const createFollow =
  (way: Pick<Way, "token" | "caFile">): Follow =>
  (address, hear) => {
    const { host } = new URL(address);
    const hangUp = new AbortController();
    const asking = { way, address, signal: hangUp.signal };
    const end = (error: unknown): void => {
      if (hangUp.signal.aborted) return;
      hangUp.abort();
      hear.ended(problemOf(error).problem);
    };
    /** The newest number that was passed on. */
    let seq = 0;
    /** Deltas that came while a snapshot is on its way. */
    let waiting: Delta[] | null = [];

    const take = async (from: number): Promise<void> => {
      const buffer: Delta[] = [];
      waiting = buffer;
      const question = questionOf("snapshot", { from });
      if (question === null) return;
      const response = await ask(question, asking);
      response.on("data", hear.alive);
      const { output, unread } = await outputOf("snapshot", response, host);
      if (hangUp.signal.aborted) return;
      const { snapshot } = output;
      ({ seq } = snapshot);
      waiting = null;
      hear.whole(snapshot, unread);
      for (const delta of buffer) if (delta.seq > snapshot.seq) pass(delta, 0);
    };

    const pass = (delta: Delta, unread: number): void => {
      if (waiting !== null) waiting.push(delta);
      else if (delta.seq === seq + 1) {
        ({ seq } = delta);
        hear.delta(delta, unread);
      } else take(delta.seq - 1).catch(end);
    };

    const hearEvent = (name: string | null, text: string | null): void => {
      const data: unknown = JSON.parse(text ?? "null");
      if (name === "hello") {
        const hello = helloSchema.safeParse(data).data ?? raise("service-strange", `${host} does not say who it is.`);
        refuseStrangers(hello);
        hear.hello(hello);
        take(hello.seq).catch(end);
      } else if (name === "delta") {
        const borne =
          bear(deltaSchema, data) ?? raise("service-strange", `${host} tells of changes in an unknown form.`);
        pass(borne.value, borne.unread);
      } else if (name === "behind") take(behindSchema.parse(data).seq).catch(end);
    };

    const run = async (): Promise<void> => {
      const headers = { accept: "text/event-stream", "accept-encoding": "identity" };
      const response = await ask({ method: "GET", path: "/deltas", headers }, asking);
      if (response.statusCode !== 200) throw await withoutDeltas(response.statusCode ?? 0, refusalOf(response, host));
      if (!response.headers["content-type"]?.startsWith("text/event-stream"))
        raise("service-strange", `What answers at ${host} is no service of Avspark.`);
      response.on("data", hear.alive);
      await readEvents(response, ({ name, data }) => {
        try {
          if (!hangUp.signal.aborted) hearEvent(name, data);
        } catch (error) {
          end(error);
        }
      }).catch((error: unknown) => {
        throw new ProblemError(troubleOf(error, { host }), {}, { cause: error });
      });
      raise("service-unreachable", `${host} has ended the connection.`);
    };
    run().catch(end);
    return () => hangUp.abort();
  };

/** A service that has no deltas is one from before there were windows elsewhere. */
const withoutDeltas = async (status: number, refusal: Promise<ProblemError>): Promise<ProblemError> => {
  const error = await refusal;
  const { kind } = error.problem;
  return status === 404 && kind === "not-found" ? new ProblemError(tooOld) : error;
};

const tooOld = failed("service-too-old", "The service is of a version that has no windows elsewhere.").problem;

const refuseStrangers = ({ protocol: spoken, version }: Hello): void => {
  if (spoken.oldest > protocol.number)
    raise(
      "window-too-old",
      `The service (${version}) speaks protocol ${spoken.oldest} or later; this window ${protocol.number}.`,
    );
  if (spoken.number < protocol.oldest)
    raise(
      "service-too-old",
      `The service (${version}) speaks protocol ${spoken.number}; this window ${protocol.oldest} or later.`,
    );
};
