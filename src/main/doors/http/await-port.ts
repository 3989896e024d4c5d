import type { Clock, Log } from "../../../core/ports.ts";
import { type Problem, ProblemError } from "../../../shared/problem.ts";
import { problemOf } from "../caught.ts";
import { type OpenHttpOptions, prepareHttp } from "./open.ts";

/** How a door stands; closed while it cannot listen. `At`: where it listens. */
export type Standing<At> = ({ readonly open: true } & At) | { readonly open: false; readonly problem: Problem };

type HttpAddresses = { readonly address: string; readonly calendarAddress: string };
/** How the HTTP door stands; closed while another program has its port. */
export type DoorState = Standing<HttpAddresses>;

export type KeptDoor<At> = { readonly state: () => Standing<At>; readonly close: () => Promise<void> };

/**
 * first try ──it listens──► open          waiting ──a second later──► trying ──it listens──► open
 *     ├──refused for now───► waiting         ▲                           │
 *     └──refused for good──► given up        └────────it does not────────┘          close, at any time ──► closed
 */
export type DoorPhase<At> =
  | { readonly name: "first-try" | "closed" }
  | { readonly name: "given-up" | "waiting" | "trying"; readonly problem: Problem }
  | { readonly name: "open"; readonly at: At };

export type DoorEvent<At> =
  | { readonly name: "listens"; readonly at: At }
  /** `forNow`: it may be otherwise later. */
  | { readonly name: "refused"; readonly problem: Problem; readonly forNow: boolean }
  /** The pause before the next try is over. */
  | { readonly name: "due" }
  | { readonly name: "close" };

export const nextDoor = <At>(phase: DoorPhase<At>, event: DoorEvent<At>): DoorPhase<At> => {
  if (event.name === "close") return { name: "closed" };
  switch (phase.name) {
    case "first-try":
      if (event.name === "listens") return { name: "open", at: event.at };
      if (event.name !== "refused") return phase;
      return { name: event.forNow ? "waiting" : "given-up", problem: event.problem };
    case "waiting":
      return event.name === "due" ? { name: "trying", problem: phase.problem } : phase;
    case "trying":
      if (event.name === "listens") return { name: "open", at: event.at };
      return event.name === "refused" ? { name: "waiting", problem: event.problem } : phase;
    case "given-up":
    case "open":
    case "closed":
      return phase;
  }
};

type KeepDoorOptions<At> = {
  /** May be called again after a failure. */
  readonly listen: () => Promise<At>;
  readonly shut: () => Promise<void>;
  /** Whether the door is worth waiting for, though it could not be opened at first. */
  readonly waitsFor: (problem: Problem) => boolean;
  readonly clock: Pick<Clock, "after">;
  /** At the start, and whenever the door opens. */
  readonly onState: (state: Standing<At>) => void;
};

/** So often, that the port of a program which ends does not stand empty for long. */
const retryMs = 1000;

/** Opens a door, or stands before it until it can be opened. What is not worth waiting for rejects. */
export const keepDoor = async <At>(options: KeepDoorOptions<At>): Promise<KeptDoor<At>> => {
  const { listen, shut, waitsFor, clock, onState } = options;
  let phase: DoorPhase<At> = { name: "first-try" };
  let cancel = (): void => undefined;
  let trying: Promise<void> = Promise.resolve();

  const attempt = async (): Promise<void> => {
    try {
      take({ name: "listens", at: await listen() });
    } catch (error) {
      const { problem } = problemOf(error);
      take({ name: "refused", problem, forNow: waitsFor(problem) });
    }
  };

  const take = (event: DoorEvent<At>): DoorPhase<At> => {
    const before = phase;
    phase = nextDoor(before, event);
    if (phase === before) return phase;
    cancel();
    if (phase.name === "trying") trying = attempt();
    if (phase.name === "waiting") cancel = clock.after(retryMs, () => void take({ name: "due" }));
    if (phase.name === "open" || (phase.name === "waiting" && before.name === "first-try")) onState(stateOf(phase));
    return phase;
  };

  const close = async (): Promise<void> => {
    take({ name: "close" });
    await trying;
    await shut();
  };

  await attempt();
  const now = (): DoorPhase<At> => phase;
  const first = now();
  if (first.name === "given-up") {
    await close();
    throw new ProblemError(first.problem);
  }
  return { state: () => stateOf(now()), close };
};

type AwaitPortOptions = OpenHttpOptions & {
  readonly clock: Pick<Clock, "after">;
  readonly log: Log;
  readonly onState: (state: DoorState) => void;
};

/**
 * Opens the HTTP door, or waits until its port is free and its certificate can be used: matches arrive all the same, and whoever moves here from another
 * service may end that one later. Any other failure of the first attempt rejects.
 */
export const keepHttp = async ({
  clock,
  log,
  onState,
  ...options
}: AwaitPortOptions): Promise<KeptDoor<HttpAddresses>> => {
  const door = await prepareHttp(options);
  return keepDoor({
    listen: door.listen,
    shut: door.close,
    // Another program may leave the port, and files may be put in order: all else goes on meanwhile.
    waitsFor: ({ kind }) => kind === "port-taken" || kind === "http-certificate",
    clock,
    onState: (state) => {
      if (state.open) log.info("listening", { address: state.address });
      else log.error(`${state.problem.message} Until then Avspark runs without HTTP: no script is answered.`);
      onState(state);
    },
  });
};

const noDoor: Problem = { kind: "service-stopped", message: "Avspark does not listen." };

const stateOf = <At>(phase: DoorPhase<At>): Standing<At> => {
  switch (phase.name) {
    case "open":
      return { open: true, ...phase.at };
    case "waiting":
    case "trying":
    case "given-up":
      return { open: false, problem: phase.problem };
    case "first-try":
    case "closed":
      return { open: false, problem: noDoor };
  }
};
