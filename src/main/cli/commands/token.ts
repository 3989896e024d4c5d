import { type Command, Option } from "commander";
import { z } from "zod";
import { roles } from "../../../shared/role.ts";
import { type ListedToken, tokenNameSchema } from "../../../shared/token.ts";
import { asJson, type Tools } from "../command.ts";
import { CommandFailure, exitCodes } from "../exit.ts";
import { aligned } from "../terminal.ts";
import { words } from "../words.ts";

const jsonOption = z.object({ json: z.boolean().default(false) });
const addOptions = jsonOption.extend({ role: z.enum(roles) });

/** The data folder of the service that runs here, and what is done there; loaded for this alone. */
const setUp = async ({ workingDirectory }: Tools) => {
  const { loadConfig, readEnvironment } = await import("../../adapters/settings.ts");
  const { dataFolder, prepareFolder } = await import("../../adapters/folders.ts");
  const tokens = await import("../../adapters/tokens.ts");
  const { config } = loadConfig({ workingDirectory });
  const folder = dataFolder(config.AVSPARK_DATA_DIR, readEnvironment(workingDirectory).environment);
  prepareFolder(folder);
  return { folder, ...tokens };
};

const nameOf = (given: unknown): string => {
  const { data } = tokenNameSchema.safeParse(given);
  if (data !== undefined) return data;
  throw new CommandFailure(exitCodes.misconfigured, "A token's name has 1 to 60 characters, on one line.");
};

const row = ({ name, role, createdAt, lastUsedAt, revokedAt }: ListedToken, now: number): readonly string[] => {
  const at = (instant: ListedToken["createdAt"]): string => words.format.dateTime(instant, now);
  return [
    name,
    role,
    `made ${at(createdAt)}`,
    lastUsedAt === null ? "never used" : `last used ${at(lastUsedAt)}`,
    revokedAt === null ? "" : `revoked ${at(revokedAt)}`,
  ];
};

export const addToken = (program: Command, tools: Tools): void => {
  const { out } = tools.terminal;
  const token = program
    .command("token")
    .summary("tokens with a name and a role, for people and scripts")
    .description(
      "Makes, lists and revokes the tokens with which people and scripts come in by HTTP, in the data folder of the service on this machine. One that runs goes by it within a second.",
    );
  token
    .command("add")
    .summary("make one, and print it once")
    .description(
      "Makes a token and prints it. It is shown this once: only its hash is kept. Its name stands beside all that is done with it.",
    )
    .argument("<name>", "whom or what it is for")
    .addOption(new Option("--role <role>", "what it may do").choices(roles).makeOptionMandatory())
    .option("--json", "print the answer as JSON")
    .action(async (given: unknown, _options, command: Command) => {
      const { role, json } = addOptions.parse(command.opts());
      const name = nameOf(given);
      const { folder, addToken: add } = await setUp(tools);
      const made = add(folder, { name, role, now: Date.now() });
      out.say(json ? asJson({ name, role, token: made }) : made);
    });
  token
    .command("list")
    .summary("which there are")
    .description(
      "Lists the tokens by name, with what each may do and when it was last used; those that were revoked too.",
    )
    .option("--json", "print the answer as JSON")
    .action(async (_options, command: Command) => {
      const { json } = jsonOption.parse(command.opts());
      const { folder, listTokens } = await setUp(tools);
      const tokens = listTokens(folder);
      if (json) return out.say(asJson({ tokens }));
      for (const line of aligned(tokens.map((one) => row(one, Date.now())))) out.say(line);
    });
  token
    .command("revoke")
    .summary("take one back")
    .description("Takes a token back: whoever has it is refused from then on, and what they follow ends.")
    .argument("<name>", "its name")
    .option("--json", "print the answer as JSON")
    .action(async (given: unknown, _options, command: Command) => {
      const { json } = jsonOption.parse(command.opts());
      const name = nameOf(given);
      const { folder, revokeToken } = await setUp(tools);
      revokeToken(folder, { name, now: Date.now() });
      out.say(json ? asJson({ name }) : "Revoked.");
    });
};
