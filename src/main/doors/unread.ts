import type { WindowEvent } from "../../shared/bridge.ts";

/** About two seconds of deltas. */
const mostUnread = 20;

/**
 * What goes to a window that may have stopped reading: one that hangs, is stopped, or gets no processor. What it has not read
 * takes memory and descriptors of this process, the service's own, so there is a bound to it. Beyond that only the latest delta
 * and the latest page that was asked for are kept; they go when all else is read. The delta's number does not follow, so
 * the window takes a new snapshot.
 */
export const createUnread = (send: (event: WindowEvent, number: number) => void) => {
  let sent = 0;
  let read = 0;
  const kept = new Map<WindowEvent["kind"], WindowEvent>();

  const give = (event: WindowEvent): void => {
    sent += 1;
    send(event, sent);
  };
  const giveKept = (): void => {
    const events = [...kept.values()];
    kept.clear();
    for (const event of events) give(event);
  };
  return {
    tell: (event: WindowEvent): void => {
      if (kept.size > 0 || sent - read >= mostUnread) kept.set(event.kind, event);
      else give(event);
    },
    /** The window has read this one, and so all before it. */
    hasRead: (number: number): void => {
      if (number > sent || number <= read) return;
      read = number;
      if (read === sent) giveKept();
    },
    /** It is another page now, which has nothing to read yet. */
    beginsAnew: (): void => {
      read = sent;
      giveKept();
    },
  };
};
