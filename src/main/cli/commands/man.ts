import type { Command } from "commander";
import { version } from "../../version.ts";
import type { Tools } from "../command.ts";
import { manualOf } from "../manual.ts";
import { outlineOf } from "../outline.ts";

export const addMan = (program: Command, { terminal }: Tools): void => {
  program
    .command("man")
    .summary("print the manual")
    .description("Prints the manual page; to read it: avspark man | man -l -")
    .action(() => terminal.out.say(manualOf(outlineOf(program), version).trimEnd()));
};
