import type { Clock, Log } from "../../../core/ports.ts";
import { type Problem, ProblemError } from "../../../shared/problem.ts";
import { problemOf } from "../caught.ts";
import { type OpenHttpOptions, prepareHttp } from "./open.ts";

/** How the door stands; closed while another program has its port. */
export type DoorState =
  | { readonly open: true; readonly address: string; readonly calendarAddress: string }
  | { readonly open: false; readonly problem: Problem };

export type KeptDoor = { readonly state: () => DoorState; readonly close: () => Promise<void> };

type KeepHttpOptions = OpenHttpOptions & {
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
export const keepHttp = async ({ clock, log, onState, ...options }: KeepHttpOptions): Promise<KeptDoor> => {
  const door = await prepareHttp(options);
  const attempt = async (): Promise<DoorState> => {
    try {
      return { open: true, ...(await door.listen()) };
    } catch (error) {
      return { open: false, problem: problemOf(error).problem };
    }
  };

  let state = await attempt();
  if (!state.open && state.problem.kind !== "port-taken") {
    await door.close();
    throw new ProblemError(state.problem);
  }
  let closed = false;
  let cancel = (): void => undefined;
  let trying: Promise<void> = Promise.resolve();

  const tryAgain = async (): Promise<void> => {
    state = await attempt();
    if (closed) return;
    if (state.open) tell();
    else wait();
  };
  const wait = (): void => {
    cancel = clock.after(retryMs, () => {
      trying = tryAgain();
    });
  };
  const tell = (): void => {
    if (state.open) log.info("listening", { address: state.address });
    else log.error(`${state.problem.message} Until then Avspark runs without HTTP: no script is answered.`);
    onState(state);
  };

  tell();
  if (!state.open) wait();
  return {
    state: () => state,
    close: async () => {
      closed = true;
      cancel();
      await trying;
      await door.close();
    },
  };
};
