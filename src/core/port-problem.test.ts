import { expect, it } from "vitest";
import { ProblemError } from "../shared/problem.ts";
import { type Port, portKinds } from "./port-kinds.ts";
import { portError, problemFrom, raiseFor } from "./port-problem.ts";
import type { Log, LogFields } from "./ports.ts";

const createLog = () => {
  const lines: { readonly level: string; readonly fields: LogFields | undefined }[] = [];
  const at = (level: string) => (_message: string, fields?: LogFields) => void lines.push({ level, fields });
  const log: Log = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error"), part: () => log };
  return { log, lines };
};

const ports: readonly Port[] = ["subscription", "source", "journal", "target"];

it.for(ports)("what a %s may reject with comes through as it is", (port) => {
  const { log, lines } = createLog();
  for (const kind of portKinds[port]) {
    const problem = { kind, message: "A sentence." };
    expect(problemFrom([port], new ProblemError(problem), log)).toBe(problem);
  }
  expect(lines).toEqual([]);
});

it.for([
  [
    "the kind of another port",
    new ProblemError({ kind: "source-status", message: "asa@example.com" }),
    "source-status",
  ],
  ["an error of nobody's", new TypeError("asa@example.com"), null],
  ["no error at all", "asa@example.com", null],
] as const)("%s is a fault of ours, and the log has none of its words", ([, error, kind]) => {
  const { log, lines } = createLog();
  expect(problemFrom(["subscription", "journal"], error, log)).toBeNull();
  expect(lines).toMatchObject([{ level: "error", fields: { ports: ["subscription", "journal"], kind } }]);
  expect(JSON.stringify(lines)).not.toContain("asa");
});

it("keeps its cause inside the process: the log names it without its words, and the value has nothing of it", () => {
  const { log, lines } = createLog();
  const cause = Object.assign(new Error("/home/asa/.env"), { code: "EACCES" });
  const error = portError("journal", { kind: "journal-failed", message: "It could not be read." }, cause);
  expect(error.cause).toBe(cause);
  const problem = problemFrom(["journal"], error, log);
  expect(problem).toEqual({ kind: "journal-failed", message: "It could not be read." });
  expect(lines).toMatchObject([{ level: "debug", fields: { error: "ProblemError because of Error EACCES" } }]);
  expect(JSON.stringify(lines)).not.toContain("asa");
});

it("an adapter knows the kinds of its port alone", () => {
  const raise = raiseFor("source");
  expect(() => raise("source-timeout", "Late.")).toThrow(ProblemError);
  // @ts-expect-error: a source of lists has nothing to do with Redis.
  expect(() => raise("redis-closed", "Closed.")).toThrow(ProblemError);
  // @ts-expect-error: nor has a calendar.
  expect(portError("target", { kind: "redis-closed", message: "Closed." })).toBeInstanceOf(ProblemError);
});
