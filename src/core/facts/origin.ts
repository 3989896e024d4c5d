import type { Instant } from "../../shared/instant.ts";

/** Who told something, when, and whether it claims to be all there is. */
export type Telling = {
  /** Who: the Redis channel, `http` for the list of the source, `manual` for a person. */
  readonly channel: string;
  /** When it was said, by the publisher's clock; never later than our receipt of it. */
  readonly at: Instant;
  /** When it was first heard, by our clock. */
  readonly receivedAt: Instant;
  /** It was heard before, by us or by another node of the desk, and is read now. */
  readonly isReplay: boolean;
  /**
   * For a list that claims to have every match there is: when it was asked for, by our clock. What it does not name was
   * gone at that moment. null for whatever makes no such claim.
   */
  readonly completeAt: Instant | null;
  /**
   * For a list of this run: the matches that somebody told of since it was asked for. All else that is known was heard
   * before it was, whatever our clock showed then. null for whatever was not asked for.
   */
  readonly toldSince: ReadonlySet<string> | null;
};

/** The publisher's own time, which cannot be later than our receipt of it. */
export const clampedAt = (publishedAt: Instant | null, receivedAt: Instant): Instant =>
  publishedAt === null || publishedAt > receivedAt ? receivedAt : publishedAt;
