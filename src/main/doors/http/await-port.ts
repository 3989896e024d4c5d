import type { Clock, Log } from "../../../core/ports.ts";
import { type Problem, ProblemError } from "../../../shared/problem.ts";
import { problemOf } from "../caught.ts";
import { type OpenHttpOptions, prepareHttp } from "./open.ts";

/** How the door stands; closed while another program has its port. */
export type DoorState =
  | { readonly open: true; readonly address: string; readonly calendarAddress: string }
  | { readonly open: false; readonly problem: Problem };

export type KeptDoor = { readonly state: () => DoorState; readonly close: () => Promise<void> };

/**
 * first try ──it listens──► open          waiting ──a second later──► trying ──it listens──► open
 *     ├──the port is taken──► waiting        ▲                           │
 *     └──anything else──► given up           └────────it does not────────┘          close, at any time ──► closed
 */
export type DoorPhase =
  | { readonly name: "first-try" | "closed" }
  | { readonly name: "given-up" | "waiting" | "trying"; readonly problem: Problem }
  | { readonly name: "open"; readonly at: Addresses };
type Addresses = Omit<Extract<DoorState, { readonly open: true }>, "open">;

export type DoorEvent =
  | { readonly name: "listens"; readonly at: Addresses }
  | { readonly name: "refused"; readonly problem: Problem }
  /** The pause before the next try is over. */
  | { readonly name: "due" }
  | { readonly name: "close" };

export const nextDoor = (phase: DoorPhase, event: DoorEvent): DoorPhase => {
  if (event.name === "close") return { name: "closed" };
  switch (phase.name) {
    case "first-try":
      if (event.name === "listens") return { name: "open", at: event.at };
      if (event.name !== "refused") return phase;
      return { name: event.problem.kind === "port-taken" ? "waiting" : "given-up", problem: event.problem };
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

type AwaitPortOptions = OpenHttpOptions & {
  readonly clock: Pick<Clock, "after">;
  readonly log: Log;
  /** At the start, and whenever the door opens. */
  readonly onState: (state: DoorState) => void;
};

/** So often, that the port of a program which ends does not stand empty for long. */
const retryMs = 1000;

/**
 * Opens the door, or stands before it until the port is free: matches arrive all the same, and whoever moves here from
 * another service may end that one later. Any other failure of the first attempt rejects.
 */
export const keepHttp = async ({ clock, log, onState, ...options }: AwaitPortOptions): Promise<KeptDoor> => {
  const door = await prepareHttp(options);
  let phase: DoorPhase = { name: "first-try" };
  let cancel = (): void => undefined;
  let trying: Promise<void> = Promise.resolve();

  const attempt = async (): Promise<void> => {
    try {
      take({ name: "listens", at: await door.listen() });
    } catch (error) {
      take({ name: "refused", problem: problemOf(error).problem });
    }
  };

  const take = (event: DoorEvent): DoorPhase => {
    const before = phase;
    phase = nextDoor(before, event);
    if (phase === before) return phase;
    cancel();
    if (phase.name === "trying") trying = attempt();
    if (phase.name === "waiting") cancel = clock.after(retryMs, () => void take({ name: "due" }));
    if (phase.name === "open" || (phase.name === "waiting" && before.name === "first-try")) tell(stateOf(phase));
    return phase;
  };

  const tell = (state: DoorState): void => {
    if (state.open) log.info("listening", { address: state.address });
    else log.error(`${state.problem.message} Until then Avspark runs without HTTP: no script is answered.`);
    onState(state);
  };

  const close = async (): Promise<void> => {
    take({ name: "close" });
    await trying;
    await door.close();
  };

  await attempt();
  const now = (): DoorPhase => phase;
  const first = now();
  if (first.name === "given-up") {
    await close();
    throw new ProblemError(first.problem);
  }
  return { state: () => stateOf(now()), close };
};

const noDoor: Problem = { kind: "service-stopped", message: "Avspark does not listen." };

const stateOf = (phase: DoorPhase): DoorState => {
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
