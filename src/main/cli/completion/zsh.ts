import type { ArgumentOutline, OptionOutline, Outline } from "../outline.ts";

const escaped = (text: string): string => text.replaceAll("'", "'\\''").replace(/[[\]:\\]/g, "\\$&");

export const zshCompletion = (program: Outline): string => `#compdef avspark
# zsh completion of avspark; made by: avspark completion zsh
_avspark() {
  local state
  local -a commands
  commands=(
${program.commands.map(({ name, summary }) => `    '${name}:${escaped(summary)}'`).join("\n")}
  )
  _arguments -C ${program.options.flatMap(specs).join(" ")} '1: :->command' '*:: :->rest'
  case $state in
    command) _describe -t commands 'avspark command' commands ;;
    rest)
      case $words[1] in
${program.commands.map(command).join("\n")}
      esac ;;
  esac
}
if [ "$funcstack[1]" = _avspark ]; then _avspark "$@"; else compdef _avspark avspark; fi
`;

const command = ({ name, options, arguments: given }: Outline): string =>
  `        ${name}) _arguments ${[...options.flatMap(specs), ...given.map(argument)].join(" ")} ;;`;

const specs = ({ short, long, description, takesValue, choices }: OptionOutline): readonly string[] => {
  const value = takesValue ? `: :${choices.length === 0 ? "" : `(${choices.join(" ")})`}` : "";
  return [short, long].flatMap((flag) => (flag === null ? [] : [`'${flag}[${escaped(description)}]${value}'`]));
};

const argument = ({ name, isFile, choices }: ArgumentOutline, index: number): string =>
  `'${index + 1}:${escaped(name)}:${isFile ? "_files" : `(${choices.join(" ")})`}'`;
