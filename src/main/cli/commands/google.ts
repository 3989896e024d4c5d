import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { Argument, type Command, Option } from "commander";
import { z } from "zod";
import { raise } from "../../../shared/problem.ts";
import { asJson, type Tools } from "../command.ts";
import { CommandFailure, exitCodes } from "../exit.ts";
import { words } from "../words.ts";

const acts = ["sign-in", "status", "sign-out"] as const;
const options = z.object({
  file: z.string().optional(),
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  json: z.boolean().default(false),
});
type Options = z.infer<typeof options>;

export const addGoogle = (program: Command, tools: Tools): void => {
  program
    .command("google")
    .summary("sign in to Google on a machine without a desktop")
    .description(
      "Signs in to Google and writes a token file that only you may read, says whose sign-in it is and how long it lasts, or takes it away. sign-in prints an address for a browser anywhere: forward the port to where the browser is (ssh -L), or paste the address at which the browser ends.",
    )
    .addArgument(new Argument("<act>", "what to do").choices(acts))
    .option(
      "--file <file>",
      "the token file (default: GOOGLE_CALENDAR_TOKEN_FILE, else google-token.json with the data)",
    )
    .addOption(new Option("--port <port>", "sign-in: where the answer is taken (default: any free port)"))
    .option("--json", "print the answer as JSON")
    .action(async (act: (typeof acts)[number], _options, command: Command) => {
      const given = options.safeParse(command.opts());
      if (!given.success) throw new CommandFailure(exitCodes.misconfigured, "--port is a number from 0 to 65535.");
      await does[act](given.data, tools);
    });
};

/** What each act needs; loaded here only, so that other commands start without Google's library. */
const setUp = async ({ file }: Options, { workingDirectory }: Tools) => {
  const { loadConfig, readEnvironment } = await import("../../adapters/settings.ts");
  const { dataFolder } = await import("../../adapters/folders.ts");
  const { config } = loadConfig({ workingDirectory });
  const named = file ?? config.GOOGLE_CALENDAR_TOKEN_FILE;
  const folder = (): string => dataFolder(config.AVSPARK_DATA_DIR, readEnvironment(workingDirectory).environment);
  return { config, path: named ?? join(folder(), "google-token.json") };
};

const signIn = async (given: Options, tools: Tools): Promise<void> => {
  const { config, path } = await setUp(given, tools);
  const { googleTimeoutMs, oauthClient } = await import("../../adapters/google/account.ts");
  const { googleTokenFile, tokenFileText } = await import("../../adapters/google/token-file.ts");
  const { signInToGoogle } = await import("../../adapters/google/sign-in.ts");
  const { systemClock } = await import("../../adapters/clock.ts");
  const { prepareFolder } = await import("../../adapters/folders.ts");
  const { writeWhole } = await import("../../adapters/whole-file.ts");
  const client = await oauthClient(config, googleTokenFile(path)).catch(() =>
    raise(
      "configuration-invalid",
      "GOOGLE_OAUTH_CLIENT_ID and GOOGLE_OAUTH_CLIENT_SECRET say with which OAuth client to sign in; neither is set.",
    ),
  );
  prepareFolder(dirname(path));
  const { err, out } = tools.terminal;
  const lines = createInterface({ input: process.stdin });
  try {
    const made = await signInToGoogle({
      ...client,
      apiRoot: config.GOOGLE_API_ROOT,
      withContacts: config.AVSPARK_CONTACTS.includes("google"),
      clock: systemClock,
      timeoutMs: googleTimeoutMs,
      port: given.port,
      signal: new AbortController().signal,
      open: (address) => err.say(invitation(address)),
      pasted: { lines, onStray: () => err.say("That is not the address this sign-in ends at. Paste all of it:") },
    });
    await writeWhole(path, tokenFileText(made, client.clientSecret));
    const sentence = `Signed in. The token file is ${path}.`;
    const hint = `Set GOOGLE_CALENDAR_TOKEN_FILE=${path}`;
    const isSet = config.GOOGLE_CALENDAR_TOKEN_FILE === path;
    out.say(
      given.json
        ? asJson({ file: path, expiresAt: made.signInExpiresAt })
        : [sentence, ...(isSet ? [] : [hint]), ...lastingOf(made.signInExpiresAt)].join("\n"),
    );
  } finally {
    lines.close();
  }
};

const invitation = (address: string): string => {
  const port = new URL(new URL(address).searchParams.get("redirect_uri") ?? address).port;
  return [
    "Open this address in a browser and say yes there, within five minutes:",
    "",
    address,
    "",
    `A browser on another machine reaches this one through: ssh -L ${port}:127.0.0.1:${port} THIS-MACHINE`,
    "Without that its last page does not open: then paste the address of that page here and press Enter.",
  ].join("\n");
};

/** Google ends the sign-ins of projects in testing mode after a week. */
const lastingOf = (expiresAt: Parameters<typeof words.format.kickoff>[0] | null): readonly string[] =>
  expiresAt === null ? [] : [`It holds until ${words.format.kickoff(expiresAt)}; then sign in once more.`];

const status = async (given: Options, tools: Tools): Promise<void> => {
  const { config, path } = await setUp(given, tools);
  const { googleTokenFile } = await import("../../adapters/google/token-file.ts");
  const { createGoogleCalendars } = await import("../../adapters/google/calendars.ts");
  const { googleTimeoutMs } = await import("../../adapters/google/account.ts");
  const { systemClock } = await import("../../adapters/clock.ts");
  const auth = googleTokenFile(path);
  const { signInExpiresAt: expiresAt } = await auth.read();
  const api = createGoogleCalendars({
    auth,
    apiRoot: config.GOOGLE_API_ROOT,
    clock: systemClock,
    timeoutMs: googleTimeoutMs,
  });
  try {
    const calendars = await api.list();
    const sentence = `The sign-in in ${path} holds. Calendars it may write to:`;
    const rows = calendars.map(({ id, name }) => `  ${name}  ${id}`);
    tools.terminal.out.say(
      given.json
        ? asJson({ file: path, expiresAt, calendars })
        : [sentence, ...rows, ...lastingOf(expiresAt)].join("\n"),
    );
  } finally {
    api.close();
  }
};

const signOut = async (given: Options, tools: Tools): Promise<void> => {
  const { path } = await setUp(given, tools);
  const { isOwnTokenFile } = await import("../../adapters/google/token-file.ts");
  if (!(await isOwnTokenFile(path)))
    throw new CommandFailure(
      exitCodes.failed,
      `${path} was not made by avspark google sign-in, so it is left as it is.`,
    );
  await rm(path);
  const sentence = `${path} is gone. Google keeps the permission until you take it away under https://myaccount.google.com/connections.`;
  tools.terminal.out.say(given.json ? asJson({ file: path }) : sentence);
};

const does = { "sign-in": signIn, status, "sign-out": signOut } as const;
