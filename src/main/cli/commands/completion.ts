import { Argument, type Command } from "commander";
import { z } from "zod";
import type { Tools } from "../command.ts";
import { bashCompletion } from "../completion/bash.ts";
import { fishCompletion } from "../completion/fish.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { outlineOf } from "../outline.ts";

const shellSchema = z.enum(["bash", "zsh", "fish"]);

const makers = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

export const addCompletion = (program: Command, { terminal }: Tools): void => {
  program
    .command("completion")
    .summary("print completions for a shell")
    .description(
      'Prints a script that completes avspark\'s commands and options. For bash, put eval "$(avspark completion bash)" in ~/.bashrc; for zsh, the same with zsh in ~/.zshrc after compinit; for fish, write it to ~/.config/fish/completions/avspark.fish.',
    )
    .addArgument(new Argument("<shell>", "which shell").choices(shellSchema.options))
    .action((name: unknown) => terminal.out.say(makers[shellSchema.parse(name)](outlineOf(program)).trimEnd()));
};
