/**
 * Waits for an end, though no longer than so many milliseconds: what hangs on a disk that answers no more, or fails, must not keep
 * the program, or the machine, from ending.
 */
export const endWithin = async (ended: Promise<unknown>, ms: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([ended.catch(() => undefined), tooLate]);
  } finally {
    clearTimeout(timer);
  }
};
