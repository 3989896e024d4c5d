import type { Command } from "commander";

/** The command line as data: what completions and the man page are made of. */
export type Outline = {
  readonly name: string;
  /** A few words, and in full. */
  readonly summary: string;
  readonly description: string;
  readonly usage: string;
  readonly options: readonly OptionOutline[];
  readonly arguments: readonly ArgumentOutline[];
  readonly commands: readonly Outline[];
};

export type OptionOutline = {
  /** As in --help: `-n, --lines <count>`. */
  readonly flags: string;
  readonly short: string | null;
  readonly long: string | null;
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
};

export type ArgumentOutline = {
  readonly name: string;
  readonly description: string;
  readonly isFile: boolean;
  readonly choices: readonly string[];
};

export const outlineOf = (command: Command): Outline => {
  const help = command.createHelp();
  return {
    name: command.name(),
    summary: command.summary() || command.description(),
    description: command.description(),
    usage: help.commandUsage(command),
    options: help.visibleOptions(command).map((option) => ({
      flags: option.flags,
      short: option.short ?? null,
      long: option.long ?? null,
      description: help.optionDescription(option),
      takesValue: option.required || option.optional,
      choices: option.argChoices ?? [],
    })),
    arguments: command.registeredArguments.map((argument) => ({
      name: argument.name(),
      description: help.argumentDescription(argument),
      isFile: argument.name() === "file",
      choices: argument.argChoices ?? [],
    })),
    commands: command.commands.map(outlineOf),
  };
};
