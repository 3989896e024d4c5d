import type { Command } from "commander";
import { addAnswer } from "../answer.ts";
import type { Tools } from "../command.ts";

export const addConfirm = (program: Command, tools: Tools): void =>
  addAnswer(program, tools, {
    name: "confirm",
    summary: "let held removals, or a first sync, go ahead",
    about: "Lets the removals that wait for a person's word, or the first sync to a newly chosen calendar, go ahead.",
  });
