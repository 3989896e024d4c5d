/** The newest messages that are looked at; fewer than `enough` prove nothing. */
const remembered = 50;
const enough = 3;
/** What is said to be older than this is old, whatever the clocks. */
const mostMs = 12 * 3_600_000;

/**
 * How far the publisher's clock is behind ours. Pub/sub keeps nothing, so a message is published when it is received: the
 * youngest of some messages tells the difference of the clocks, while one that is old by itself tells nothing.
 */
export const createPublisherClock = () => {
  let ages: number[] = [];
  return {
    heard: (publishedAt: number, receivedAt: number): void => {
      const age = Math.max(0, receivedAt - publishedAt);
      if (age > mostMs) return;
      ages.push(age);
      if (ages.length === 2 * remembered) ages = ages.slice(-remembered);
    },
    /** In milliseconds; 0 while nothing is known. */
    behind: (): number => (ages.length < enough ? 0 : Math.min(...ages.slice(-remembered))),
  };
};
