import { type Command, Option } from "commander";
import { z } from "zod";
import { type CheckPhase, type CheckResult, checkIdSchema, checkPhaseSchema } from "../../../shared/checks.ts";
import { checks as words } from "../../../shared/text/en/checks.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { Paint } from "../terminal.ts";

const options = z.object({ phase: checkPhaseSchema.optional(), only: checkIdSchema.optional() });

export const addCheck = (program: Command, tools: Tools): void => {
  asksService(program.command("check"))
    .summary("run the deployment checklist")
    .description("Runs the deployment checklist, each item for real, and says what to do about what failed.")
    .addOption(new Option("--phase <phase>", "only this part of the list").choices(checkPhaseSchema.options))
    .addOption(new Option("--only <check>", "only this item").choices(checkIdSchema.options))
    .action(async (_options, command: Command) => {
      const { phase, only } = options.parse(command.opts());
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("checks", {
        ...(phase === undefined ? {} : { phase }),
        ...(only === undefined ? {} : { id: only }),
      });
      const { say, paint } = tools.terminal.out;
      say(json ? asJson(body) : checklist(output.checks, paint).join("\n"));
      if (!output.passed) tools.end(exitCodes.failed);
    });
};

const checklist = (checks: readonly CheckResult[], paint: Paint): readonly string[] => {
  const width = Math.max(...checks.map(({ title }) => title.length));
  const failed = checks.filter(({ outcome }) => outcome === "failed").length;
  const summary =
    failed === 0
      ? paint("green", words.summary.passed(checks.length))
      : paint("red", words.summary.failed({ failed, all: String(checks.length) }));
  const phases = checkPhaseSchema.options.filter((phase) => checks.some((check) => check.phase === phase));
  return [...phases.flatMap((phase) => [...section(phase, { checks, width, paint }), ""]), `${summary}.`];
};

const section = (
  phase: CheckPhase,
  { checks, width, paint }: { readonly checks: readonly CheckResult[]; readonly width: number; readonly paint: Paint },
): readonly string[] => [
  paint("bold", words.phase[phase]),
  ...checks.filter((check) => check.phase === phase).flatMap((check) => lines(check, width, paint)),
];

const lines = ({ outcome, title, found, remedy }: CheckResult, width: number, paint: Paint): readonly string[] => [
  `  ${marks[outcome](paint)} ${title.padEnd(width)}  ${outcome === "skipped" ? paint("dim", found) : found}`,
  ...(remedy === null ? [] : [`    ${" ".repeat(width)}  ${paint("yellow", remedy)}`]),
];

const marks: { readonly [O in CheckResult["outcome"]]: (paint: Paint) => string } = {
  passed: (paint) => paint("green", "✓"),
  failed: (paint) => paint("red", "✗"),
  skipped: (paint) => paint("dim", "–"),
};
