/** A private desktop's variables as a program's environment has them. */
export const environmentOf = (
  desktop: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(desktop).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
