import { randomUUID } from "node:crypto";
import type { Clock } from "../../core/ports.ts";
import { type CommandName, contract } from "../../shared/contract.ts";
import { instantOf } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Kept } from "./taste.ts";

/** More than anybody decides while a service is away. What comes after these is refused, and not kept: whoever did it sees that. */
const most = 1000;

/** Whether a command did not reach the service, or nobody knows whether it did. */
export const isUnsent = ({ kind }: Problem): boolean =>
  kind === "service-unreachable" ||
  kind === "service-certificate" ||
  kind === "service-sign-in" ||
  kind === "service-strange" ||
  kind === "service-too-old" ||
  kind === "window-too-old";

/** It changes something: done twice it might be wrong, and not done at all it must not be forgotten. */
export const changes = (name: CommandName): boolean => contract[name].http?.method === "POST";

/**
 * Whether what did not arrive is offered again. What an administrator does to the service itself is looked at when the line is
 * back: settings have secrets in them, and an erasure has a name.
 */
export const isKept = (name: CommandName): boolean => changes(name) && contract[name].role !== "administer";

/** By this a service knows a command again that comes a second time. */
export const newKey = (): string => randomUUID();

type Given = { readonly name: CommandName; readonly input: object; readonly key: string; readonly problem: Problem };

/** What a person did that is yet to reach the service, beside what waits already. */
export const keepUnsent = (waiting: readonly Kept[], given: Given, clock: Pick<Clock, "now">): readonly Kept[] => {
  const { name, input, key, problem } = given;
  const said: Readonly<Record<string, unknown>> = { ...input };
  const shown = {
    ...{ id: key, at: instantOf(clock.now()), command: name, problem },
    matchId: textOf(said.matchId),
    text: textOf(said.text),
  };
  return waiting.length < most ? [...waiting, { shown, input: said, key }] : waiting;
};

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
