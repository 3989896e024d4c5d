import type { Act } from "../../shared/act.ts";
import { type CommandName, contract, type Handlers, type Output, type Parsed } from "../../shared/contract.ts";
import { ProblemError } from "../../shared/problem.ts";

/** What takes more than looking, and yet does nothing: to look at what is the owner's. */
const looking: ReadonlySet<CommandName> = new Set<CommandName>([
  "feeds",
  "acts",
  "tokens",
  "exportSettings",
  "googleAccount",
  "googleCalendars",
  "lookForUpdates",
  "showLog",
]);

/** Whether it is asked later who did this. To see all that is kept of a person is something that one does. */
const isAct = (name: CommandName): boolean => contract[name].role !== "look" && !looking.has(name);

/**
 * The fields of commands that say what was meant, and hold no word that anybody wrote and nobody's name: the log of acts
 * stays when a person is erased.
 */
const telling: ReadonlySet<string> = new Set([
  "id",
  "matchId",
  "target",
  "told",
  "declined",
  "removed",
  "repair",
  "until",
  "messenger",
  "phase",
  "level",
  "role",
  "what",
  "part",
]);

const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

export const aboutOf = (input: object): Act["about"] => {
  const about: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(input)) {
    if (telling.has(name) && isPlain(value)) about[name] = value;
    // Of settings which they were, not what they are.
    if (name === "values" && typeof value === "object" && value !== null) about[name] = Object.keys(value).join(", ");
  }
  return about;
};

type Noted = Pick<Act, "by" | "command" | "about" | "problem">;

/** The same handlers, of whose acts it is noted who did them and what became of it, before they answer. */
export const withActs = (handlers: Handlers, note: (act: Noted) => Promise<void>): Handlers => {
  const noting =
    <N extends CommandName>(name: N) =>
    async (input: Parsed<N>, by: string | null = null): Promise<Output<N>> => {
      const act = { by, command: name, about: aboutOf(input) };
      try {
        const output = await handlers[name](input, by);
        await note({ ...act, problem: null });
        return output;
      } catch (error) {
        await note({ ...act, problem: error instanceof ProblemError ? error.problem.kind : "internal" });
        throw error;
      }
    };
  // Object.keys knows the names only as text.
  const acts = (Object.keys(contract) as CommandName[]).filter(isAct);
  // Each is of its own name; the compiler loses the names on the way through their list.
  return { ...handlers, ...(Object.fromEntries(acts.map((name) => [name, noting(name)])) as unknown as Handlers) };
};
