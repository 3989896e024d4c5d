import type { Command } from "commander";
import { addAnswer } from "../answer.ts";
import type { Tools } from "../command.ts";

export const addKeep = (program: Command, tools: Tools): void =>
  addAnswer(program, tools, {
    name: "keep",
    summary: "let events stay that were to be removed",
    about: "Lets events stay that were to be removed, until their matches ask for something else.",
  });
