import { connect, type Socket } from "node:net";

/** A connection that sends its request a few bytes at a time and never comes to an end of it. */
export type Loris = { readonly answer: () => string; readonly closed: () => boolean; readonly end: () => void };

export const loris = (address: string, begin: string, everyMs: number): Promise<Loris> => {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(Number(port), hostname, () => {
      socket.write(begin);
      resolve({ answer: () => answer, closed: () => socket.closed, end: () => socket.destroy() });
    });
    let answer = "";
    const drip = setInterval(() => socket.write("x"), everyMs);
    socket.setEncoding("utf8").on("data", (text: string) => {
      answer += text;
    });
    socket.once("close", () => clearInterval(drip));
    // The service may hang up while we still send: that is what it should do.
    socket.on("error", () => undefined);
    socket.once("error", reject);
  });
};
