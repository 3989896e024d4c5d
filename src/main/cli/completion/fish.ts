import type { OptionOutline, Outline } from "../outline.ts";

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

export const fishCompletion = (program: Outline): string =>
  [
    "# fish completion of avspark; made by: avspark completion fish",
    "complete -c avspark -f",
    ...program.options.map((option) => line("__fish_use_subcommand", flag(option))),
    ...program.commands.map(({ name, summary }) => line("__fish_use_subcommand", `-a ${name} -d ${quoted(summary)}`)),
    ...program.commands.flatMap(command),
    "",
  ].join("\n");

const line = (condition: string, rest: string): string => `complete -c avspark -n ${quoted(condition)} ${rest}`;

const command = ({ name, options, arguments: given }: Outline): readonly string[] => {
  const seen = `__fish_seen_subcommand_from ${name}`;
  return [
    ...options.map((option) => line(seen, flag(option))),
    ...given.flatMap(({ isFile, choices }) => [
      ...(isFile ? [line(seen, "-F")] : []),
      ...(choices.length > 0 ? [line(seen, `-a ${quoted(choices.join(" "))}`)] : []),
    ]),
  ];
};

const flag = ({ short, long, description, takesValue, choices }: OptionOutline): string =>
  [
    ...(short === null ? [] : [`-s ${short.slice(1)}`]),
    ...(long === null ? [] : [`-l ${long.slice(2)}`]),
    ...(takesValue ? ["-x"] : []),
    ...(choices.length > 0 ? [`-a ${quoted(choices.join(" "))}`] : []),
    `-d ${quoted(description)}`,
  ].join(" ");
