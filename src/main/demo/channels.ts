import type { LinkEvents, Subscription } from "../../core/ports.ts";

/** Pub/sub within this process: what is published reaches every link that is subscribed at that moment, as in Redis. */
export type Channels = {
  readonly subscription: Subscription;
  readonly publish: (channel: string, message: string) => void;
};

type Listener = Pick<LinkEvents, "onMessage"> & { readonly channels: Set<string> };

/** Messages arrive in a turn of their own, as from a socket, and in the order in which they were published. */
export const createChannels = (): Channels => {
  const listeners = new Set<Listener>();

  const publish = (channel: string, message: string): void => {
    const payload = Buffer.from(message);
    setImmediate(() => {
      for (const { channels, onMessage } of listeners) if (channels.has(channel)) onMessage(channel, payload);
    });
  };

  const subscription: Subscription = {
    open: async ({ onMessage }) => {
      const listener: Listener = { channels: new Set(), onMessage };
      listeners.add(listener);
      return {
        subscribe: async ({ required, extra }) => {
          for (const channel of [...required, ...extra]) listener.channels.add(channel);
          return [...listener.channels];
        },
        stream: null,
        // The way from publisher to listener is the event loop: its next turn proves it.
        probe: () => new Promise((resolve) => setImmediate(() => resolve({ proof: "publish", trouble: null }))),
        close: () => void listeners.delete(listener),
      };
    },
  };
  return { subscription, publish };
};
