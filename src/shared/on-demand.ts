/** What takes long to make and is not always wanted: made when it is first asked for, once. */
export const onDemand = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
