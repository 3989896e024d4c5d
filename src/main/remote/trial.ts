import type { Trial } from "../../shared/checks.ts";
import { failed, type Problem, ProblemError } from "../../shared/problem.ts";
import { createFollow } from "./follow.ts";
import type { Way } from "./way.ts";

const answerMs = 10_000;

/** Follows a service until a snapshot of it has come. Every address must lead there: the next one is for a bad day. */
export const tryService = async (way: Way): Promise<Trial> => {
  const found = await Promise.all(way.addresses.map((address) => tryAddress(way, address)));
  const [first] = found;
  if (first === undefined || found.some(({ service }) => service !== first.service)) throw new ProblemError(others);
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
