import type { IncomingHttpHeaders } from "node:http";
import { isIPv6 } from "node:net";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Content } from "../../../core/calendar-feeds/content.ts";
import type { Clock } from "../../../core/ports.ts";
import { createRateLimit, type Rate } from "../rate.ts";
import { matchesEtag } from "./answer.ts";

export type FeedAnswer = {
  readonly status: 200 | 304 | 404 | 429;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string | Buffer | null;
};

type Options = {
  /** The calendar with this secret in its address, now; null: there is none. */
  readonly find: (token: string) => Content | null;
  /** Whether there is one. */
  readonly has: (token: string) => boolean;
  readonly clock: Pick<Clock, "elapsed">;
};

/**
 * A guess at an address has no hope, with 192 bits of it unknown; this keeps guessing cheap for us. Whoever has an address is
 * answered whatever others at the same place do: behind a proxy they all come from one.
 */
const missesOfOne: Rate = { burst: 30, perMinute: 30 };
const missesOfAll: Rate = { burst: 600, perMinute: 600 };
/** A program that has run wild. Usual ones ask every few minutes to hours. */
const hits: Rate = { burst: 60, perMinute: 60 };
/** So many clients and calendars are remembered at once; whoever was not heard of for longest is forgotten first. */
const mostNames = 20_000;

/** A household or company has a whole network of IPv6. */
const networkOf = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, "");
  return isIPv6(plain) ? plain.split(":").slice(0, 4).join(":") : plain;
};

const isSmall = 1024;
const pack = promisify(gzip);

/** What both doors answer to whoever asks for a calendar by its secret address. */
export const createFeedAnswers = ({ find, has, clock }: Options) => {
  const limit = (rate: Rate) => createRateLimit({ elapsed: clock.elapsed, rate: () => rate, mostNames });
  const [missOfOne, missOfAll, hit] = [limit(missesOfOne), limit(missesOfAll), limit(hits)];

  /** How many seconds whoever guessed wrong is to wait. `from`: the client's address. */
  const missed = (from: string): number => Math.max(missOfOne(networkOf(from)), missOfAll("all"));

  return {
    find,
    has,
    missed,
    answer: async (token: string, content: Content, headers: IncomingHttpHeaders): Promise<FeedAnswer> => {
      const wait = hit(token);
      if (wait > 0) return tooMany(wait);
      // Weak: packed and unpacked it is the same calendar.
      const etag = `W/"${content.etag}"`;
      const common = { etag, "cache-control": "private, no-cache", vary: "Accept-Encoding" };
      if (matchesEtag(headers["if-none-match"], etag)) return { status: 304, headers: common, body: null };
      const text = content.text();
      const isPacked = text.length > isSmall && takesGzip(headers["accept-encoding"]);
      const body = isPacked ? await pack(text) : Buffer.from(text);
      return {
        status: 200,
        headers: {
          ...common,
          "content-type": "text/calendar; charset=utf-8",
          "content-length": body.length,
          ...(isPacked && { "content-encoding": "gzip" }),
        },
        body,
      };
    },
  };
};
export type FeedAnswers = ReturnType<typeof createFeedAnswers>;

export const tooMany = (seconds: number): FeedAnswer => ({
  status: 429,
  headers: { "retry-after": seconds, "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  body: "This was asked for too often.\n",
});

/** The token in a path; null: no calendar has such a path. */
export const tokenIn = (url: string): string | null =>
  /^\/calendar\/([\w-]{1,128})\.ics(?:\?|$)/.exec(url)?.[1] ?? null;

/** RFC 9110, 12.5.3: gzip, or anything, unless it is weighed at nothing. */
const takesGzip = (accepted: string | readonly string[] | undefined): boolean => {
  const weights = new Map(
    [accepted ?? ""]
      .flat()
      .join(",")
      .toLowerCase()
      .split(",")
      .map((part): [string, number] => {
        const [coding = "", ...parameters] = part.split(";").map((one) => one.trim());
        const weight = parameters.find((one) => one.startsWith("q="))?.slice(2);
        return [coding, weight === undefined ? 1 : Number(weight)];
      }),
  );
  return (weights.get("gzip") ?? weights.get("*") ?? 0) > 0;
};
