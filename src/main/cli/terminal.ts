import { styleText } from "node:util";
import { printableText } from "../../shared/printable.ts";

type Colour = "red" | "green" | "yellow" | "cyan" | "dim" | "bold";
export type Paint = (colour: Colour, text: string) => string;

type Output = {
  /** One line, or several. */
  readonly say: (text: string) => void;
  readonly paint: Paint;
};

/** Where a command speaks: answers on `out`, all else on `err`. */
export type Terminal = {
  readonly out: Output;
  readonly err: Output & {
    /** How wide a line may be that is written over again; null where nobody looks on. */
    readonly columns: number | null;
    /** Writes the line over the one before; "" takes it away. */
    readonly overwrite: (line: string) => void;
  };
};

const painted: Paint = (colour, text) => styleText(colour, text, { validateStream: false });
const plain: Paint = (_colour, text) => text;

/** Colour only where a person looks on; Node itself honours NO_COLOR, FORCE_COLOR and TERM=dumb there. */
const paintFor = (stream: NodeJS.WriteStream): Paint => (stream.isTTY && stream.hasColors() ? painted : plain);

/** The codes with which we paint, and no others: what acts on a terminal in what others wrote is told, not done. */
const ownCodes = new RegExp(`(${"\u001b"}\\[(?:1|2|22|31|32|33|36|39)m)`);
export const harmless = (text: string): string =>
  text
    .split(ownCodes)
    .map((part, index) => (index % 2 === 1 ? part : printableText(part)))
    .join("");

export const openTerminal = (stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Terminal => ({
  out: { say: (text) => void stdout.write(`${harmless(text)}\n`), paint: paintFor(stdout) },
  err: {
    say: (text) => void stderr.write(`${harmless(text)}\n`),
    paint: paintFor(stderr),
    // A terminal that does not say how wide it is says 0.
    columns: stderr.isTTY ? stderr.columns || 80 : null,
    overwrite: (line) => void stderr.write(`\r\u001b[K${harmless(line)}`),
  },
});

/** Rows with their columns one under the other; the last column runs free. */
export const aligned = (rows: readonly (readonly string[])[], gap = "  "): readonly string[] => {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join(gap)
      .trimEnd(),
  );
};
