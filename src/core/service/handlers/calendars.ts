import type { SyncResult, TargetName } from "../../../shared/calendar.ts";
import type { Config } from "../../../shared/config.ts";
import type { Handlers, Output } from "../../../shared/contract.ts";
import { type Problem, ProblemError } from "../../../shared/problem.ts";
import type { Feed } from "../../feed/feed.ts";
import type { Decided } from "../../keeper/answers.ts";
import { isWrite } from "../../keeper/commands.ts";
import type { Targets } from "../../targets/targets.ts";

type CalendarHandlers = Pick<
  Handlers,
  "manualSync" | "syncNow" | "preview" | "held" | "keep" | "confirm" | "undo" | "audit"
>;

type CalendarTools = {
  readonly config: () => Pick<Config, "AVSPARK_MATCHES_URL">;
  readonly feed: Pick<Feed, "takeManual" | "fetchNow" | "tell">;
  readonly calendars: Pick<Targets, "sync" | "preview" | "held" | "keep" | "confirm" | "answerTo" | "undo" | "audit">;
};

export const calendarHandlers = ({ config, feed, calendars }: CalendarTools): CalendarHandlers => ({
  manualSync: async ({ matches }) => {
    const { ids, rejected } = await feed.takeManual(matches);
    const results = inOrder(await calendars.sync({ matchIds: ids }), ids);
    const answer: Output<"manualSync"> = {
      message: "Manual sync completed",
      matches_processed: ids.length,
      rejected,
      results,
    };
    demandSuccess(answer, "put in the calendar");
    return answer;
  },
  syncNow: async ({ matchId, target }) => {
    const hasSource = config().AVSPARK_MATCHES_URL !== null;
    const notFetched = matchId === undefined && hasSource ? await problemOf(feed.fetchNow()) : null;
    const results = await calendars.sync({
      ...(target === undefined ? {} : { target }),
      ...(matchId === undefined ? {} : { matchIds: [matchId] }),
    });
    const answer: Output<"syncNow"> = { message: "Sync completed", results };
    demandSuccess(answer, "put in the calendar");
    // What was known is in the calendars, but it may not be all there is.
    if (notFetched !== null) throw new ProblemError(notFetched, inPart(answer));
    return answer;
  },
  preview: async ({ target }) => ({ previews: await calendars.preview(target ?? null) }),
  held: async ({ target }) => ({ held: calendars.held(target ?? null) }),
  keep: async ({ target, token }) => {
    const { decided, held } = await answered({ feed, calendars }, { target, token: token ?? null, go: false });
    return { message: "Kept", kept: decided, held };
  },
  confirm: async ({ target, token }) => {
    const { decided, held } = await answered({ feed, calendars }, { target, token: token ?? null, go: true });
    return { message: "Confirmed", removals: decided, held };
  },
  undo: async ({ target }) => {
    const results = await calendars.undo(target);
    const answer: Output<"undo"> = { message: "Undone", restored: results.filter(isWrite).length, results };
    demandSuccess(answer, "taken back");
    return answer;
  },
  audit: async ({ target, repair }) => ({
    message: repair ? "Compared and repaired" : "Compared",
    ...(await calendars.audit(target, repair)),
  }),
});

/** Removals that waited go ahead, or what is there stays, on all nodes: whichever of them writes then goes by it. */
const answered = async (
  { feed, calendars }: Pick<CalendarTools, "feed" | "calendars">,
  { target, token, go }: { readonly target: TargetName; readonly token: string | null; readonly go: boolean },
): Promise<Decided> => {
  if (feed.tell === null) return go ? calendars.confirm(target, token) : calendars.keep(target, token);
  const answer = calendars.answerTo(target, token);
  await feed.tell({ kind: "removals", target, ...answer, go });
  const held = calendars.held(target).reduce((sum, { removals }) => sum + removals.length, 0);
  return { decided: answer.ids.length, held };
};

/** In the order of the list that was handed in. */
const inOrder = (results: readonly SyncResult[], ids: readonly string[]): readonly SyncResult[] => {
  const places = new Map(ids.map((id, place) => [id, place]));
  const placeOf = ({ matchId }: SyncResult): number => places.get(matchId) ?? ids.length;
  return results.toSorted((one, other) => placeOf(one) - placeOf(other));
};

const problemOf = async (work: Promise<unknown>): Promise<Problem | null> => {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
};

/** What a failure carries of what was done all the same: every match's result. */
const inPart = <T extends { readonly message: string }>(answer: T) => ({
  ...answer,
  message: `${answer.message} in part`,
});

/** Partial failure is not success. */
const demandSuccess = (answer: Output<"manualSync" | "syncNow" | "undo">, done: string): void => {
  const { results } = answer;
  const failed = results.filter(({ outcome }) => outcome === "failed" || outcome === "waiting");
  if (failed.length === 0) return;
  const [first] = failed;
  const because = first?.problem?.message ?? "The calendar did not take it.";
  throw new ProblemError(
    {
      kind: "partly-failed",
      message: `${failed.length} of ${results.length} could not be ${done} yet. ${because}`,
    },
    inPart(answer),
  );
};
