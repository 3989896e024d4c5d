/** The page that opens: what needs a person, and what is coming. */
export const today = {
  heard: "heard",
};
