import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setImmediate } from "node:timers/promises";

/** Clients that pipeline send a handful; who sends more without an answer is not waiting for one. */
const mostWaiting = 32;

type Asked = readonly [IncomingMessage, ServerResponse];

/**
 * Answers the requests of one connection one after the other, as their answers must be sent (RFC 9112, section 9.3.2): a
 * client that never reads costs one answer. A connection on which too many requests wait is closed.
 */
export const oneByOne = (answer: (request: IncomingMessage, response: ServerResponse) => void): RequestListener => {
  const waitingOn = new WeakMap<Socket, Asked[]>();
  const begin = ([request, response]: Asked): void => {
    response.once("close", () => next(request.socket));
    answer(request, response);
  };
  const next = (socket: Socket): void => {
    const asked = socket.destroyed ? undefined : waitingOn.get(socket)?.shift();
    if (asked === undefined) waitingOn.delete(socket);
    else begin(asked);
  };
  return (request, response) => {
    const waiting = waitingOn.get(request.socket);
    if (waiting === undefined) {
      waitingOn.set(request.socket, []);
      begin([request, response]);
    } else if (waiting.length < mostWaiting) waiting.push([request, response]);
    else request.socket.destroy();
  };
};

/** After an answer that took so long there may be many who knocked meanwhile. */
const longMs = 5;
const roundsAfterLong = 50;

/**
 * Lets the requests begin one by one, with the event loop going round between them: however many clients ask for long
 * answers at once, a question that needs no turn, such as whether the service lives, is heard in between. The loop
 * accepts one new connection in each round, so that it goes round often after a long answer. `elapsed`: the monotonic
 * clock, in milliseconds.
 */
export const createTurns = (elapsed: () => number): (() => Promise<void>) => {
  let last: Promise<void> = Promise.resolve();
  const goRound = async (): Promise<void> => {
    const begun = elapsed();
    await setImmediate();
    if (elapsed() - begun < longMs) return;
    for (let round = 0; round < roundsAfterLong; round += 1) await setImmediate();
  };
  return () => {
    last = last.then(goRound);
    return last;
  };
};
