import { systemClock } from "../../src/main/adapters/clock.ts";
import type { Tokens } from "../../src/main/adapters/tokens.ts";
import { createAccess } from "../../src/main/doors/access.ts";
import { createFeedAnswers } from "../../src/main/doors/http/feed-answers.ts";
import { type HttpDoor, openHttp } from "../../src/main/doors/http/open.ts";
import type { HttpParts } from "../../src/main/doors/http/parts.ts";
import { instant } from "../../src/shared/testing/instant.ts";
import type { TestService } from "./service.ts";

type Wanted = {
  readonly host?: string;
  readonly port?: number;
  readonly socket?: string;
  readonly token?: string;
  readonly tokens?: Tokens;
  /** In the place of some of the service's own. */
  readonly handlers?: Partial<HttpParts["service"]["handlers"]>;
};

const noTokens: Tokens = {
  find: () => null,
  isOwn: () => false,
  wereMade: () => false,
  anyValid: () => false,
  problem: () => null,
  onChange: () => () => undefined,
  stop: () => undefined,
};

/** What a door to a running service needs; some of its handlers may be others. */
export const partsOf = (
  { service, log }: Pick<TestService, "service" | "log">,
  { host = "127.0.0.1", token, tokens = noTokens, handlers = {} }: Wanted,
): HttpParts => ({
  service: { ...service, handlers: { ...service.handlers, ...handlers } },
  clock: systemClock,
  log,
  version: "1.2.3",
  maxBodyBytes: 1024 * 1024,
  calendarText: () => ({ text: "", etag: "", modified: instant("2027-01-01T00:00:00.000Z") }),
  calendarToken: "a-secret-of-the-calendar",
  access: createAccess({ config: { AVSPARK_HTTP_TOKEN: token ?? null, AVSPARK_HTTP_HOST: host }, tokens }),
  isProxy: () => false,
  serviceId: "this-service",
  feeds: createFeedAnswers({ ...service.calendarFeeds, clock: systemClock }),
  journal: { messages: () => [], changesAfter: () => [] },
});

/** A second door to a running service; for what must fail, and for answers that the service does not give by itself. */
export const openDoor = (service: TestService, wanted: Wanted): Promise<HttpDoor> => {
  const { host = "127.0.0.1", port = 0, socket = null } = wanted;
  return openHttp({ place: { host, port, socket }, parts: partsOf(service, wanted) });
};
