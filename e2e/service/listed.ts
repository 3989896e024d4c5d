import type { TestContext } from "vitest";
import { json, startMatchServer } from "../fixtures/match-server.ts";
import { type ServiceUnderTest, startService } from "../fixtures/service.ts";
import { eventually } from "./world.ts";

export type Listed = {
  readonly service: ServiceUnderTest;
  /** Lets the list say so from now on, and has it fetched. */
  readonly list: (matches: readonly object[]) => Promise<void>;
};

/** A service on the HTTP list alone, which has these matches at first; both end with the test. */
export const listedFor = async (
  { onTestFinished }: Pick<TestContext, "onTestFinished">,
  matches: readonly object[],
): Promise<Listed> => {
  const source = await startMatchServer(json({ matches }));
  onTestFinished(() => source.close());
  const service = await startService({
    REDIS_PUBSUB_ENABLED: "false",
    AVSPARK_MATCHES_URL: source.url,
    AVSPARK_POLL_INTERVAL: "0",
  });
  onTestFinished(async () => void (await service.close()));
  await eventually(async () => (await service.matches()).length === matches.length, { what: () => "the first list" });
  return {
    service,
    list: async (next) => {
      source.answerWith(json({ matches: next }));
      await service.call("fetchMatches");
    },
  };
};
