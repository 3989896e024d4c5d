import { type Command, Option } from "commander";
import { z } from "zod";
import { type CalendarFeed, type FeedSubject, feedSubjectKinds } from "../../../shared/calendar-feed.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { CommandFailure, exitCodes } from "../exit.ts";
import { aligned } from "../terminal.ts";
import { words } from "../words.ts";

const { texts, format } = words;
const say = texts.calendarFeeds;

const row = ({ id, subject, label, matches, lastFetchedAt, address }: CalendarFeed, now: number): readonly string[] => [
  id,
  say.kind[subject.kind],
  label ?? say.nobody,
  say.matches(matches),
  lastFetchedAt === null ? say.never : format.dateTime(lastFetchedAt, now),
  address ?? say.noDoor,
];

const listed = (feeds: readonly CalendarFeed[]): readonly string[] => {
  const now = Date.now();
  return aligned(feeds.map((feed) => row(feed, now)));
};

const makeOptions = z.object({ everybody: z.boolean().default(false), id: z.string().optional() });
const kindSchema = z.enum(feedSubjectKinds).exclude(["filter"]);

/** As a person on a command line names it. */
const subjectOf = (kind: unknown, name: unknown, id: string | null): FeedSubject | { readonly kind: "everybody" } => {
  const known = kindSchema.safeParse(kind);
  const named = z.string().trim().min(1).safeParse(name);
  if (!known.success || (!named.success && !(known.data === "person" && id !== null)))
    throw new CommandFailure(
      exitCodes.misconfigured,
      `Say for what: ${kindSchema.options.join(", ")}, and its name; or --everybody.`,
    );
  if (known.data === "person") return { kind: "person", id: id ?? named.data ?? "" };
  return { kind: known.data, name: named.data ?? "", id };
};

/** By the words of a name, where the id is not given. */
const personId = async (
  client: Awaited<ReturnType<typeof connect>>["client"],
  subject: FeedSubject | { readonly kind: "everybody" },
  isId: boolean,
) => {
  if (subject.kind !== "person" || isId) return subject;
  const { people } = (await client.call("people", { search: subject.id })).output;
  const [person, ...others] = people;
  if (person === undefined || others.length > 0)
    throw new CommandFailure(
      exitCodes.misconfigured,
      `These words find ${people.length} people; a calendar is one person's.`,
    );
  return { ...subject, id: person.id };
};

export const addFeeds = (program: Command, tools: Tools): void => {
  const { out } = tools.terminal;
  const feeds = asksService(program.command("feeds"))
    .summary("calendars that are followed by secret addresses")
    .description(
      "Lists the calendars that referees and others follow by secret addresses, with when each was last fetched. Whoever has an address can read the calendar.",
    )
    .action(async (_options, command: Command) => {
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("feeds", {});
      if (json) return out.say(asJson(body));
      for (const line of listed(output.feeds)) out.say(line);
    });
  feeds
    .command("make")
    .summary("make one, or show the one there is")
    .description(
      "Makes a calendar with a secret address, of a person, team, venue or competition; or shows the one there is.",
    )
    .argument("[kind]", `whose: ${kindSchema.options.join(", ")}`)
    .argument("[name]", "its name as matches tell it; of a person, words that find them")
    .addOption(
      new Option(
        "--id <id>",
        "FOGIS's id of it where several are called so; of a person, the id that avspark people --json tells",
      ),
    )
    .option("--everybody", "one for everybody who referees; whoever has one keeps it")
    .action(async (kind: unknown, name: unknown, _options, command: Command) => {
      const { everybody, id } = makeOptions.parse(command.opts());
      const asked = everybody ? ({ kind: "everybody" } as const) : subjectOf(kind, name, id ?? null);
      const { client, json } = await connect(command, tools);
      const subject = await personId(client, asked, id !== undefined);
      const { output, body } = await client.call("makeFeed", { for: subject });
      if (json) return out.say(asJson(body));
      for (const line of listed(output.feeds)) out.say(line);
    });
  feeds
    .command("renew")
    .summary("give one another address")
    .description("Gives a calendar another secret address; the one before answers nobody from then on.")
    .argument("<id>", "its id, as avspark feeds tells it")
    .action(async (given: unknown, _options, command: Command) => {
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("renewFeed", { id: z.string().parse(given) });
      if (json) return out.say(asJson(body));
      for (const line of listed([output.feed])) out.say(line);
    });
  feeds
    .command("revoke")
    .summary("take one away")
    .description("Takes a calendar away, with its secret address.")
    .argument("<id>", "its id, as avspark feeds tells it")
    .action(async (given: unknown, _options, command: Command) => {
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("revokeFeed", { id: z.string().parse(given) });
      out.say(json ? asJson(body) : `${output.message}.`);
    });
};
