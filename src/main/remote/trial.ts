import type { Trial } from "../../shared/checks.ts";
import { failed, type Problem, ProblemError } from "../../shared/problem.ts";
import { createFollow } from "./follow.ts";
import type { Way } from "./way.ts";

const answerMs = 10_000;

/** Follows a service until a snapshot of it has come. One address may be for a bad day; those that answer must lead to one service. */
export const tryService = async (way: Way): Promise<Trial> => {
  const tries = await Promise.allSettled(way.addresses.map((address) => tryAddress(way, address)));
  const found = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failure = tries.find((one) => one.status === "rejected");
  const [first] = found;
  if (first === undefined) throw failure?.reason;
  if (found.some(({ service }) => service !== first.service)) throw new ProblemError(others);
  return { what: "service", version: first.version, matches: first.matches };
};

type Found = { readonly service: string; readonly version: string; readonly matches: number };

const tryAddress = (way: Way, address: string): Promise<Found> =>
  new Promise((resolve, reject) => {
    let found: Omit<Found, "matches"> | null = null;
    const fail = (problem: Problem): void => reject(new ProblemError(problem));
    const hangUp = createFollow(way)(address, {
      alive: () => undefined,
      hello: ({ service, version }) => {
        found = { service, version };
      },
      whole: ({ matches }) => {
        if (found !== null) resolve({ ...found, matches: matches.length });
        end();
      },
      delta: () => undefined,
      ended: (problem) => {
        fail(problem);
        end();
      },
    });
    const late = setTimeout(() => {
      fail(failed("service-unreachable", `${new URL(address).host} does not answer in time.`).problem);
      hangUp();
    }, answerMs);
    const end = (): void => {
      clearTimeout(late);
      hangUp();
    };
  });

const others = failed(
  "configuration-invalid",
  "The addresses in AVSPARK_SERVICE_URL lead to different services.",
  "AVSPARK_SERVICE_URL",
).problem;
