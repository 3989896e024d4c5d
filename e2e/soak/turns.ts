/** How a fault is done, and undone. */
export type Trouble = {
  readonly begin: (degree: number) => Promise<void> | void;
  readonly end: () => Promise<void> | void;
};

/** Troubles of which one waits until the other is over: an app that sleeps cannot quit. */
export const createTurns = () => {
  let free = Promise.resolve();
  return ({ begin, end }: Trouble): Trouble => {
    let release: () => void = () => undefined;
    return {
      begin: async (degree) => {
        const before = free;
        free = new Promise((resolve) => {
          release = resolve;
        });
        await before;
        try {
          await begin(degree);
        } catch (error) {
          release();
          throw error;
        }
      },
      end: async () => {
        try {
          await end();
        } finally {
          release();
        }
      },
    };
  };
};
