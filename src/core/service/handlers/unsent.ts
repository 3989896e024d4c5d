import type { Handlers } from "../../../shared/contract.ts";
import { raise } from "../../../shared/problem.ts";

/** A window in the service's own process reaches it always. */
export const unsentHandlers: Pick<Handlers, "sendAgain" | "forgetUnsent"> = {
  sendAgain: async () => raise("not-found", "Nothing waits to be sent."),
  forgetUnsent: async () => raise("not-found", "Nothing waits to be sent."),
};
