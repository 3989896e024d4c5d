import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { type Command, Option } from "commander";
import { z } from "zod";
import { errorCode } from "../../../core/error-name.ts";
import { type KeptName, keptNameSchema, type SyncResult, syncOutcomes } from "../../../shared/calendar.ts";
import { readJson } from "../../../shared/json/read.ts";
import { matchesIn } from "../../../shared/match-list.ts";
import type { RejectedMatch } from "../../../shared/message.ts";
import { decodeText } from "../../adapters/text.ts";
import { resultLines, resultsBeside } from "../calendars.ts";
import type { Client } from "../client.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { AnsweredFailure, CommandFailure, exitCodes } from "../exit.ts";
import { showProgress } from "../progress.ts";

const options = z.object({ confirm: z.union([z.literal(true), keptNameSchema]).optional() });

export const addSync = (program: Command, tools: Tools): void => {
  asksService(program.command("sync"))
    .summary("put matches in the calendars")
    .description(
      "Takes the matches of a JSON file in any dialect and puts them in the calendars, with a line for each. Without a file, fetches the full list where one is configured and brings the calendars up to date.",
    )
    .argument(
      "[file]",
      'a JSON file: a list of matches, {"matches": [...]}, one match, or a whole message; - reads standard input',
    )
    .addOption(
      new Option("--confirm [calendar]", "first let held removals, or the first sync, go ahead").choices([
        ...keptNameSchema.options,
      ]),
    )
    .action(async (file: unknown, _options, command: Command) => {
      const { confirm } = options.parse(command.opts());
      const matches = typeof file === "string" ? await readMatches(file) : null;
      const { client, json } = await connect(command, tools);
      if (confirm !== undefined) await letGo(client, confirm, tools);
      const { body, results, rejected, failure } = await syncing(client, matches, tools);
      const { out, err } = tools.terminal;
      if (json) out.say(asJson(body));
      else if (results.length > 0) out.say(resultLines(results, out.paint).join("\n"));
      if (failure !== null) throw failure;
      if (!json) err.say(summary(results));
      const [first] = rejected;
      if (first !== undefined) throw refusedInPart(first, rejected);
    });
};

/** A person's file may have been written in UTF-16, as Windows does. */
const readMatches = async (file: string): Promise<readonly unknown[]> => {
  const content = await (file === "-" ? buffer(process.stdin) : readFile(file)).catch((error: unknown) => {
    const code = errorCode(error) ?? "unreadable";
    throw new CommandFailure(exitCodes.misconfigured, `${file} cannot be read (${code}).`);
  });
  const name = file === "-" ? "Standard input" : file;
  const json = readJson(content, { text: decodeText, utf8Only: false });
  if (!json.ok) throw new CommandFailure(exitCodes.misconfigured, `${name} is ${json.reason}.`);
  const matches = matchesIn(json.value);
  if (matches !== null) return matches;
  throw new CommandFailure(exitCodes.misconfigured, `${name} has no list of matches.`, [
    'It should be [...], {"matches": [...]} or a whole match update.',
  ]);
};

/** Without a name: every calendar that waits for a person's word. */
const letGo = async (client: Client, confirm: true | KeptName, { terminal }: Tools): Promise<void> => {
  const waiting = async (): Promise<readonly KeptName[]> => {
    const { output } = await client.call("redisStatus", {});
    return output.redis_status.calendars.flatMap(({ name, state }) => {
      const waits = state.name === "needs-confirmation" || state.name === "needs-preview";
      const { data } = keptNameSchema.safeParse(name);
      return waits && data !== undefined ? [data] : [];
    });
  };
  const targets = confirm === true ? await waiting() : [confirm];
  if (targets.length === 0) terminal.err.say("No calendar waits for a confirmation.");
  for (const target of targets) {
    const { output } = await client.call("confirm", { target });
    terminal.err.say(`${output.message}: ${target}.`);
  }
};

/** The good matches were taken, so the answer is a success; a script learns from the exit code that it was not all. */
const refusedInPart = (first: RejectedMatch, rejected: readonly RejectedMatch[]): CommandFailure => {
  const line = ({ path, reason }: RejectedMatch): string => `${path}: ${reason}.`;
  if (rejected.length === 1) return new CommandFailure(exitCodes.failed, `1 match was refused. ${line(first)}`);
  const more = rejected.length - rejectedShown;
  return new CommandFailure(exitCodes.failed, `${rejected.length} matches were refused.`, [
    ...rejected.slice(0, rejectedShown).map(line),
    ...(more > 0 ? [`And ${more} more; --json names them.`] : []),
  ]);
};

const rejectedShown = 20;

type Outcome = {
  readonly body: object;
  readonly results: readonly SyncResult[];
  readonly rejected: readonly RejectedMatch[];
  readonly failure: AnsweredFailure | null;
};

const syncing = async (client: Client, matches: readonly unknown[] | null, { terminal }: Tools): Promise<Outcome> => {
  const stop = showProgress(client, terminal);
  try {
    if (matches === null) {
      const { output, body } = await client.call("syncNow", {});
      return { body, results: output.results, rejected: [], failure: null };
    }
    const { output, body } = await client.call("manualSync", { matches: [...matches] });
    return { body, results: output.results, rejected: output.rejected, failure: null };
  } catch (failure) {
    if (!(failure instanceof AnsweredFailure)) throw failure;
    return { body: failure.body, results: resultsBeside(failure), rejected: [], failure };
  } finally {
    stop();
  }
};

/** In the order in which a person asks: what was done, what was not, what went wrong. */
const summary = (results: readonly SyncResult[]): string => {
  const counts = syncOutcomes.flatMap((outcome) => {
    const count = results.filter((result) => result.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
  return counts.length === 0 ? "Nothing to do." : counts.join(", ");
};
