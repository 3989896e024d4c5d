import {
  authorizationOf,
  beginDigest,
  type Credentials,
  chosenDigest,
  type DigestSession,
  isStale,
  nextNonce,
  readChallenges,
} from "./digest.ts";

/** What was sent with a call, for when it is refused. */
export type Sent = { readonly header: string | null; readonly nonce: string | null };

/** Over these nobody overhears the password. */
const isPrivate = ({ protocol, hostname }: URL): boolean =>
  protocol === "https:" || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

/**
 * How we sign in to one server. Basic goes along from the first call on where nobody can overhear it; elsewhere the server
 * is asked first, since one that knows Digest needs no password. What it asks for is done from then on.
 */
export const createSignIn = (credentials: Credentials) => {
  const { username, password } = credentials;
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  let scheme: "unknown" | "basic" | "digest" = "unknown";
  let session: DigestSession | null = null;
  let count = 0;
  /** A call with this nonce has been let in, so the password is right. */
  let proven: string | null = null;

  const begin = (next: DigestSession): void => {
    session = next;
    count = 0;
  };

  return {
    /** What a call carries. `uri`: as it stands in the call's first line. */
    sent: (method: string, url: URL): Sent => {
      if (scheme === "digest" && session !== null) {
        count += 1;
        const uri = `${url.pathname}${url.search}`;
        return { header: authorizationOf({ session, username, method, uri, count }), nonce: session.nonce };
      }
      return { header: scheme === "basic" || isPrivate(url) ? basic : null, nonce: null };
    },
    /** A call was let in. */
    accepted: ({ nonce }: Sent, info: string | null): void => {
      if (nonce === null || session === null) return;
      proven = nonce;
      const next = info === null ? null : nextNonce(info);
      if (next === null || next === session.nonce || nonce !== session.nonce) return;
      begin({ ...session, nonce: next });
      proven = next;
    },
    /** A call was refused with 401. Answers whether it is worth another try. */
    refused: ({ header, nonce }: Sent, challenge: string | null): boolean => {
      const challenges = readChallenges(challenge ?? "");
      const digest = chosenDigest(challenges);
      if (digest !== null) {
        // Another call that was under way has begun a new session meanwhile.
        if (nonce !== null && session !== null && session.nonce !== nonce) return true;
        const isNew = nonce === null || isStale(digest) || proven === nonce;
        if (!isNew) return false;
        scheme = "digest";
        begin(beginDigest(digest, credentials));
        return true;
      }
      // Where Digest was asked for once, the password itself is never sent again, whoever asks for it now.
      if (header !== null || scheme === "digest" || !challenges.some((one) => one.scheme === "basic")) return false;
      scheme = "basic";
      return true;
    },
  };
};
