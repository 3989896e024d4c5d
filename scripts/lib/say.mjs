// What the person in front of the terminal reads: one line a step, with its time.

const terminal = process.stdout.isTTY === true;

/** @param {string} line */
const passing = (line) => {
  if (terminal) process.stdout.write(`\r\x1b[2K${line}`);
};

/** @param {number} started */
const since = (started) => {
  const milliseconds = performance.now() - started;
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
};

/** @param {string} line */
export const say = (line) => {
  passing("");
  console.log(line);
};

/** A failure whose message is all a person needs: it is printed without a stack. */
export class Stop extends Error {}

/**
 * Does one step and says in one line what came of it. A step that finds nothing to do says that.
 * @template T
 * @param {string} title
 * @param {() => Promise<{ readonly said: string, readonly value: T }>} work
 * @returns {Promise<T>}
 */
export const step = async (title, work) => {
  const started = performance.now();
  passing(`${title} …`);
  try {
    const { said, value } = await work();
    say(`${title}: ${said} (${since(started)})`);
    return value;
  } catch (error) {
    say(`${title}: failed (${since(started)})`);
    throw error;
  }
};

/**
 * Reports on something long: a line that moves on a terminal, a line now and then in a log.
 * @param {string} title
 * @returns {(state: string) => void}
 */
export const progress = (title) => {
  const quietFor = 10_000;
  let last = performance.now();
  return (state) => {
    passing(`${title}: ${state}`);
    if (terminal || performance.now() - last < quietFor) return;
    last = performance.now();
    console.log(`${title}: ${state}`);
  };
};

/**
 * The outermost frame of every script: a Stop is a sentence, anything else is a fault of ours and shows its stack.
 * @param {() => Promise<void>} main
 */
export const runScript = async (main) => {
  try {
    await main();
  } catch (error) {
    if (error instanceof Stop) say(error.message);
    else console.error(error);
    process.exitCode = 1;
  }
};
