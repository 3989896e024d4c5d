import type { Outline } from "../outline.ts";

const names = ({ options }: Outline): readonly string[] =>
  options.flatMap(({ short, long }) => [short, long].filter((name) => name !== null));

/** Every word is a plain name, so that single quotes are all it takes. */
const quoted = (words: readonly string[]): string => `'${words.join(" ")}'`;

/** Written for bash 3.2 too, which macOS still has. */
export const bashCompletion = (
  program: Outline,
): string => `# bash completion of avspark; made by: avspark completion bash
_avspark() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= words= files= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${program.commands.map(({ name }) => name).join("|")}) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  COMPREPLY=()
  case $command,$prev in
${program.commands.flatMap(values).join("\n")}
  esac
  case $command in
    '') words=${quoted([...program.commands.map(({ name }) => name), ...names(program)])} ;;
${program.commands.map(words).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  [ -z "$files" ] || COMPREPLY+=($(compgen -f -- "$cur"))
}
complete -o filenames -F _avspark avspark
`;

/** What may follow an option; nothing where nobody can guess it. */
const values = ({ name, options }: Outline): readonly string[] =>
  options
    .filter(({ takesValue }) => takesValue)
    .map(({ short, long, choices }) => {
      const pattern = [short, long].flatMap((flag) => (flag === null ? [] : [`${name},${flag}`])).join("|");
      const reply = choices.length === 0 ? "" : ` COMPREPLY=($(compgen -W ${quoted(choices)} -- "$cur"));`;
      return `    ${pattern})${reply} return ;;`;
    });

const words = (command: Outline): string => {
  const choices = command.arguments.flatMap((argument) => argument.choices);
  const files = command.arguments.some(({ isFile }) => isFile) ? "; files=yes" : "";
  return `    ${command.name}) words=${quoted([...choices, ...names(command)])}${files} ;;`;
};
