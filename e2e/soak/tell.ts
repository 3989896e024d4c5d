const begun = performance.now();

/** Since the beginning of the program, in milliseconds. */
export const elapsed = (): number => performance.now() - begun;

/** A line for whoever watches, with its time. */
export const say = (line: string): void =>
  void process.stdout.write(`${(elapsed() / 1000).toFixed(0).padStart(5)} s  ${line}\n`);

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
