import type { FeedSubject, FeedsListener } from "../../../shared/calendar-feed.ts";
import type { Handlers } from "../../../shared/contract.ts";
import type { CalendarFeeds } from "../../calendar-feeds/feeds.ts";
import type { Directory } from "../../people/directory.ts";

type FeedHandlers = Pick<Handlers, "feeds" | "makeFeed" | "renewFeed" | "revokeFeed">;

type FeedTools = {
  readonly feeds: Pick<CalendarFeeds, "list" | "make" | "renew" | "revoke">;
  readonly directory: () => Directory;
  readonly listener: () => FeedsListener;
};

export const feedHandlers = ({ feeds, directory, listener }: FeedTools): FeedHandlers => {
  const everybody = (): readonly FeedSubject[] =>
    [...directory().people().keys()].map((id) => ({ kind: "person", id }) as const);
  return {
    feeds: async ({ person }) => ({ feeds: feeds.list(person ?? null), listener: listener() }),
    makeFeed: async ({ for: subject }) => ({
      message: "Made",
      feeds: await feeds.make(subject.kind === "everybody" ? everybody() : [subject]),
    }),
    renewFeed: async ({ id }) => ({ message: "Renewed", feed: await feeds.renew(id) }),
    revokeFeed: async ({ id }) => {
      await feeds.revoke(id);
      return { message: "Revoked" };
    },
  };
};
