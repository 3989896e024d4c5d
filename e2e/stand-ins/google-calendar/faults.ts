import { type Answer, errorAnswer, type RefusalName, refusals } from "./answers.ts";
import { asJson } from "./event.ts";

/** The API's methods by the names of the discovery document. */
export type MethodName =
  | "events.get"
  | "events.list"
  | "events.insert"
  | "events.patch"
  | "events.update"
  | "events.delete"
  | "calendars.get"
  | "calendars.insert"
  | "calendarList.list"
  | "people.get"
  | "people.connections.list"
  | "people.getBatchGet"
  | "people.batchCreateContacts"
  | "people.batchUpdateContacts"
  | "people.batchDeleteContacts"
  | "contactGroups.list"
  | "contactGroups.create"
  | "oauth.authorize"
  | "oauth.token";

/** A call as it came in, for the log and for faults to choose by. */
export type IncomingCall = {
  readonly number: number;
  readonly method: MethodName;
  readonly calendarId: string | null;
  /** Of an insert, the id that it brings. */
  readonly eventId: string | null;
};

export type FaultKind =
  /** One of the documented refusals; `retryAfter` is the header's value. */
  | { readonly kind: "refusal"; readonly name: RefusalName; readonly retryAfter?: string }
  /** A page such as a proxy or a captive portal puts in the way. */
  | { readonly kind: "html"; readonly status?: number }
  /** JSON that is not what the method answers. */
  | { readonly kind: "nonsense" }
  /** A list that says there is nothing. `when: "after"`, since it is a real answer otherwise. */
  | { readonly kind: "empty" }
  /** The connection is cut without an answer. */
  | { readonly kind: "drop" }
  /** No answer at all, until the caller gives up. */
  | { readonly kind: "hang" };

/** `after`: the call has had its effect when the answer goes wrong. */
export type Fault = FaultKind & { readonly when: "before" | "after" };

/** A fault for the next `times` calls that fit. */
export type PlannedFault = Fault & {
  readonly method?: MethodName;
  readonly eventId?: string;
  readonly times?: number;
};

export type Faults = {
  readonly plan: (fault: PlannedFault) => void;
  readonly clear: () => void;
  readonly next: (call: IncomingCall) => Fault | null;
};

export const createFaults = (): Faults => {
  let planned: { readonly fault: PlannedFault; left: number }[] = [];
  return {
    plan: (fault) => {
      planned.push({ fault, left: fault.times ?? 1 });
    },
    clear: () => {
      planned = [];
    },
    next: (call) => {
      const hit = planned.find(
        ({ fault }) =>
          (fault.method === undefined || fault.method === call.method) &&
          (fault.eventId === undefined || fault.eventId === call.eventId),
      );
      if (hit === undefined) return null;
      hit.left -= 1;
      if (hit.left === 0) planned = planned.filter((other) => other !== hit);
      return hit.fault;
    },
  };
};

/** What a fault answers in place of the real answer, where there is one; null: nothing. */
export const faultAnswer = (fault: FaultKind, real: Answer | null): Answer | null => {
  switch (fault.kind) {
    case "refusal": {
      const answer = errorAnswer(refusals[fault.name]);
      return fault.retryAfter === undefined ? answer : { ...answer, headers: { "retry-after": fault.retryAfter } };
    }
    case "html":
      return {
        status: fault.status ?? 200,
        body: "<!doctype html><title>Welcome</title><h1>Please accept the terms of this network</h1>",
        headers: { "content-type": "text/html; charset=utf-8" },
      };
    case "nonsense":
      return { status: 200, body: { hello: "world" } };
    case "empty":
      return { status: 200, ...real, body: { ...asJson(real?.body), items: [] } };
    case "drop":
    case "hang":
      return null;
  }
};
