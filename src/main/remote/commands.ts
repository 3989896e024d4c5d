import type { Clock } from "../../core/ports.ts";
import type { Unsent } from "../../shared/attachment.ts";
import { type CommandName, contract, type Handlers, type Output } from "../../shared/contract.ts";
import { ProblemError, raise } from "../../shared/problem.ts";
import { problemOf } from "../doors/caught.ts";
import { questionOf } from "../question.ts";
import { outputOf } from "./answer.ts";
import type { Line } from "./line.ts";
import type { Kept, TasteFile } from "./taste.ts";
import { changes, isKept, isUnsent, keepUnsent, newKey } from "./unsent.ts";
import { ask, type Way } from "./way.ts";

type CommandOptions = {
  readonly way: Pick<Way, "token" | "caFile">;
  readonly line: Pick<Line, "address" | "problem">;
  readonly taste: Pick<TasteFile, "get" | "set">;
  readonly clock: Pick<Clock, "now">;
  /** What waits to be sent is something else now. */
  readonly onUnsent: () => void;
};

// Object.keys knows the names only as text.
const commandNames = Object.keys(contract) as CommandName[];

/**
 * The contract's commands over the line, each made of its route and its schemas. What a person did that did not arrive, or of
 * which nobody knows, is kept with its key until they send it once more or let it go.
 */
export const createCommands = ({ way, line, taste, clock, onUnsent }: CommandOptions) => {
  /** Ends what is under way when the line is lost: nobody would hear the answer. */
  let underWay = new AbortController();

  const send = async <N extends CommandName>(name: N, input: object, key: string | null): Promise<Output<N>> => {
    const question =
      questionOf(name, input) ?? raise("service-elsewhere", "This can be done only where the service runs.");
    const address = line.address();
    if (address === null) throw new ProblemError(line.problem());
    const headers = key === null ? {} : { "idempotency-key": key };
    const response = await ask({ ...question, headers }, { way, address, signal: underWay.signal });
    const { output } = await outputOf(name, response, new URL(address).host);
    return output;
  };

  const setUnsent = (unsent: readonly Kept[]): void => {
    taste.set({ unsent });
    onUnsent();
  };
  const give = async <N extends CommandName>(name: N, input: object): Promise<Output<N>> => {
    const key = changes(name) ? newKey() : null;
    try {
      return await send(name, input, key);
    } catch (error) {
      const { problem } = problemOf(error);
      if (key !== null && isKept(name) && isUnsent(problem))
        setUnsent(keepUnsent(taste.get().unsent, { name, input, key, problem }, clock));
      throw error;
    }
  };

  const kept = (id: string): Kept =>
    taste.get().unsent.find(({ key }) => key === id) ?? raise("not-found", "This does not wait to be sent any more.");
  const forget = (id: string): void => setUnsent(taste.get().unsent.filter(({ key }) => key !== id));

  const own: Pick<Handlers, "sendAgain" | "forgetUnsent"> = {
    sendAgain: async ({ id }) => {
      const { shown, input, key } = kept(id);
      const name = commandNames.find((one) => one === shown.command);
      if (name === undefined) return raise("not-found", "This version knows no such command.");
      await send(name, input, key);
      forget(id);
      return { message: "Sent" };
    },
    forgetUnsent: async ({ id }) => {
      forget(kept(id).key);
      return { message: "Forgotten" };
    },
  };
  return {
    give,
    handlers: {
      // Each is its own command's; the compiler loses the names on the way through their list.
      ...(Object.fromEntries(
        commandNames.map((name) => [name, (input: object) => give(name, input)]),
      ) as unknown as Handlers),
      ...own,
    },
    unsent: (): readonly Unsent[] => taste.get().unsent.map(({ shown }) => shown),
    lost: (): void => {
      underWay.abort();
      underWay = new AbortController();
    },
  };
};
