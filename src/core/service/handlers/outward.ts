import type { Handlers } from "../../../shared/contract.ts";
import { raise } from "../../../shared/problem.ts";
import type { Outward } from "../../outward/outward.ts";

type OutwardHandlers = Pick<Handlers, "notifyTest" | "notifyStatus">;

export const outwardHandlers = ({
  outward,
}: {
  readonly outward: Pick<Outward, "status" | "test">;
}): OutwardHandlers => ({
  notifyTest: async ({ messenger = null }) => {
    const results = await outward.test(messenger);
    if (results.length === 0) {
      const name = messenger === "mail" ? "AVSPARK_SMTP_URL" : "AVSPARK_NOTIFY_WEBHOOK";
      return raise("configuration-invalid", `Nothing is set by which notices could leave: ${name} is empty.`, name);
    }
    return { passed: results.every(({ problem }) => problem === null), results };
  },
  notifyStatus: async () => ({ messengers: outward.status() }),
});
