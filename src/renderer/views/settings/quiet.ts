/** Quiet hours as two times of day. */
export type Quiet = { readonly from: string; readonly to: string };

export const usualQuiet: Quiet = { from: "22:00", to: "07:00" };

/** null: none are set, or what is set is no pair of times. */
export const splitQuiet = (value: string): Quiet | null => {
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(value) ?? [];
  return from === undefined || to === undefined ? null : { from, to };
};

export const joinQuiet = ({ from, to }: Quiet): string => `${from}-${to}`;

/** Every half hour, and the given one where it lies between two. */
export const timesAround = (time: string): readonly string[] => {
  const halves = Array.from(
    { length: 48 },
    (_, half) => `${String(Math.floor(half / 2)).padStart(2, "0")}:${half % 2 === 0 ? "00" : "30"}`,
  );
  return halves.includes(time) ? halves : [...halves, time].toSorted();
};
