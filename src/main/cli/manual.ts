import { configFields, settingNameSchema } from "../../shared/config.ts";
import { exitMeanings } from "./exit.ts";
import type { Outline } from "./outline.ts";

/** The manual as man(7) text: `man` on Linux and macOS reads it. */
export const manualOf = (program: Outline, version: string): string =>
  [
    `.TH AVSPARK 1 "" "Avspark ${version}" "Avspark"`,
    ...section("NAME", [`avspark \\- ${escaped("the referee coordinator's match desk, without its window")}`]),
    ...section("SYNOPSIS", [`.B avspark`, escaped("<command> [option ...] [argument ...]")]),
    ...section("DESCRIPTION", [
      escaped(
        "Avspark hears every match change from FOGIS over Redis, shows it, and puts it in the calendar once. This command runs it as a service without a window, and asks a service, or the app, that runs.",
      ),
    ]),
    ...section(
      "OPTIONS",
      program.options.flatMap(({ flags, description }) => tagged(flags, description)),
    ),
    ...section("COMMANDS", program.commands.flatMap(command)),
    ...section(
      "EXIT STATUS",
      exitMeanings.flatMap(({ code, meaning }) => tagged(String(code), meaning)),
    ),
    ...section("ENVIRONMENT", [
      escaped(
        "Every setting is an environment variable. What is not set there is read from .env in the working directory; what is set nowhere has its default. NO_COLOR takes the colours away.",
      ),
      ...settingNameSchema.options.flatMap((name) => setting(name)),
    ]),
    ...section(
      "EXAMPLES",
      examples.flatMap(({ line, about }) => tagged(line, about)),
    ),
    "",
  ].join("\n");

const examples = [
  { line: "avspark serve", about: "Run the service here, until Ctrl-C." },
  { line: "avspark check || echo 'not ready'", about: "Run the deployment checklist in a script." },
  { line: "avspark tail --verdict invalid --json", about: "Follow what is refused, as JSON lines." },
  {
    line: "curl -s https://example.com/matches | avspark sync -",
    about: "Put a list from elsewhere in the calendars.",
  },
] as const;

const section = (title: string, lines: readonly string[]): readonly string[] => [`.SH ${title}`, ...lines];

const command = ({ usage, description, options, arguments: given }: Outline): readonly string[] => [
  `.SS ${request(usage)}`,
  escaped(description),
  ...given.flatMap((argument) => tagged(argument.name, argument.description)),
  ...options.filter(({ long }) => long !== "--help").flatMap((option) => tagged(option.flags, option.description)),
];

const setting = (name: keyof typeof configFields): readonly string[] => {
  const { en, default: fallback, expected } = configFields[name];
  const value = fallback === "" ? "" : ` Default: ${fallback}.`;
  return tagged(name, `${en} Expects ${expected.en}.${value}`);
};

const tagged = (tag: string, text: string): readonly string[] => [".TP", `.B ${request(tag)}`, escaped(text)];

/** What stands behind a request must not fall apart at its quotes. */
const request = (text: string): string => escaped(text).replaceAll('"', "\\(dq");

/** Typed characters: a hyphen that can be copied, no full stop or quote that begins a request. */
const escaped = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("'", "\\(aq")
    .replaceAll("`", "\\(ga")
    .replaceAll("~", "\\(ti")
    .replaceAll("^", "\\(ha")
    .replace(/^\./, "\\&.");
